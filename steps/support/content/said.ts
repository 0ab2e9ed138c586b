import { unhex } from "../../../core/bytes";
import type { Millis } from "../../../core/clock";
import type { EventOf } from "../../../core/trace";
import type { PhysicalValue } from "../../../protocol/iso15118-2";
import { amount, decodePayload, grammarOf, type MessageName } from "../../../protocol/v2g";
import { headerLength } from "../../../protocol/v2gtp";
import { isPhysical, lookup } from "../fields";
import { contentOf } from "../observations";
import type { HarnessWorld } from "../world";

/** A message as its octets have it. */
export interface Said {
  readonly name: string;
  readonly t: Millis;
  readonly seq: number;
  readonly fields: object;
  /** What is wrong with its frame or its values by themselves. */
  readonly fault?: string;
}

/** What is wrong with what was said, in words; nothing where it is right. */
export type Look = (said: readonly Said[], world: HarnessWorld) => readonly string[];

const read = (frame: EventOf<"v2g">): Said => {
  const { fields = {}, fault = trailing(frame) } = contentOf(frame);
  return { name: frame.name, t: frame.t, seq: frame.seq, fields, ...(fault !== undefined && { fault }) };
};

/** Octets of the frame behind the end of its document (HIL-EX11). */
function trailing({ name, hex }: EventOf<"v2g">): string | undefined {
  const { trailingBytes } = decodePayload(grammarOf(name as MessageName), unhex(hex).subarray(headerLength));
  return trailingBytes > 0 ? `${trailingBytes} octets behind its end` : undefined;
}

/** What the side under test has said since the stimulus. */
export const saidBy = (world: HarnessWorld): Said[] => world.sent(world.mark).map(read);

/** What the tester has said since the stimulus, as its own end has it. */
export const toldTo = ({ bench, sut, mark }: HarnessWorld): Said[] =>
  bench.trace
    .of("v2g", sut)
    .filter(({ dir, seq }) => dir === "rx" && seq >= mark)
    .map(({ name, t, seq, fields = {} }) => ({ name, t, seq, fields }));

export const named = (said: readonly Said[], ...names: readonly string[]): Said[] =>
  said.filter(({ name }) => names.includes(name));

/** Number in a physical value; undefined where there is none. */
export function quantity({ fields }: Said, path: string): number | undefined {
  const value = lookup(fields, path);
  return isPhysical(value) ? amount(value as PhysicalValue) : undefined;
}

export const at = ({ fields }: Said, path: string): unknown => lookup(fields, path);

/** `CurrentDemandRes.EVSEID: X, not Y`. */
export const offence = ({ name }: Said, path: string, value: unknown, required: string): string =>
  `${name}.${path}: ${String(value)}, not ${required}`;
