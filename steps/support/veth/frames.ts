import { hex } from "../../../core/bytes";
import type { Direction, Happening } from "../../../core/trace";
import { reportMme } from "../../../protocol/homeplug";

const homePlug = 0x88e1;

/** An Ethernet frame at the modem of the side under test as an event; undefined for what is not HomePlug. */
export const frameEvent = (dir: Direction, frame: Uint8Array): Happening | undefined =>
  ((frame[12] ?? 0) << 8) + (frame[13] ?? 0) === homePlug
    ? { type: "mme", dir, ...reportMme(frame), hex: hex(frame) }
    : undefined;
