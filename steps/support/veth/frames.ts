import { hex } from "../../../core/bytes";
import type { Direction, Happening } from "../../../core/trace";
import { reportMme } from "../../../protocol/homeplug";
import type { Captured, PortFrame } from "../../../reports/port-capture";

const homePlug = 0x88e1;

/** An Ethernet frame at the modem of the side under test as an event; undefined for what is not HomePlug. */
export const frameEvent = (dir: Direction, frame: Uint8Array): Happening | undefined =>
  ((frame[12] ?? 0) << 8) + (frame[13] ?? 0) === homePlug
    ? { type: "mme", dir, ...reportMme(frame), hex: hex(frame) }
    : undefined;

/** Octets of frames that one scenario may leave behind; a flood leaves its beginning. */
const mostKept = 16 * 1024 * 1024;

/** What a scenario's modems have seen at their ports. */
export class PortFrames implements Captured {
  readonly frames: PortFrame[] = [];
  omitted = 0;
  private octets = 0;

  take(frame: PortFrame): void {
    this.octets += frame.frame.length;
    if (this.octets <= mostKept) this.frames.push(frame);
    else this.omitted++;
  }
}
