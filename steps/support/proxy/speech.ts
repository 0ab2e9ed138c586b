import { concat } from "../../../core/bytes";
import type { Millis } from "../../../core/clock";
import { decodeMessage, encodeMessage, type Grammar, type V2gMessage } from "../../../protocol/v2g";
import { frame, headerLength, payloadTypes } from "../../../protocol/v2gtp";
import { type Mutation, mutated } from "./mutation";

/** Octets to be sent so long after the ones before them. */
export interface Piece {
  readonly after: Millis;
  readonly bytes: Uint8Array;
}

type FrameChange = (bytes: Uint8Array, last: Uint8Array | undefined) => readonly Piece[];

const now = (...all: readonly Uint8Array[]): Piece[] => all.map((bytes) => ({ after: 0, bytes }));
const payloadOf = (bytes: Uint8Array): Uint8Array => bytes.subarray(headerLength);
const withHeader = (bytes: Uint8Array, header: Parameters<typeof frame>[2]): Piece[] =>
  now(frame(payloadTypes.exi, payloadOf(bytes), header));

const frameChanges: Readonly<Record<string, FrameChange>> = {
  dropped: () => [],
  doubled: (bytes) => now(bytes, bytes),
  "after the last one again": (bytes, last) => (last ? now(last, bytes) : now(bytes)),
  "cut for 20 ms": (bytes) => {
    const half = bytes.length >> 1;
    return [...now(bytes.subarray(0, half)), { after: 20, bytes: bytes.subarray(half) }];
  },
  "and an octet more in its payload": (bytes) => now(frame(payloadTypes.exi, concat(payloadOf(bytes), octet))),
  "and two octets more behind it": (bytes) => now(concat(bytes, octet, octet)),
  "with version FF": (bytes) => withHeader(bytes, { version: 0xff, inverse: 0xfe }),
  "with inverse FF": (bytes) => withHeader(bytes, { inverse: 0xff }),
  "with payload type 8002": (bytes) => withHeader(bytes, { payloadType: 0x8002 }),
  "with a length of one more": (bytes) => withHeader(bytes, { payloadLength: payloadOf(bytes).length + 1 }),
  "with a length of one less": (bytes) => withHeader(bytes, { payloadLength: payloadOf(bytes).length - 1 }),
};
const octet = Uint8Array.of(0);
const late = /^(\d+) ms late$/;

/** What one side says, with one mutation: remembers what has been said before, so one of these for each side and scenario. */
export class Speech {
  private readonly mutation: Mutation;
  private times = 0;
  private last: Uint8Array | undefined;

  constructor(mutation: Mutation) {
    this.mutation = mutation;
  }

  /** A whole frame as it is to be said; `grammar` is that of its payload. */
  change(bytes: Uint8Array, grammar: Grammar): readonly Piece[] {
    const message = decodeMessage(grammar, payloadOf(bytes));
    const { last } = this;
    this.last = bytes;
    const { message: name, occurrence, path, change } = this.mutation;
    if (message.name !== name || (++this.times !== occurrence && occurrence !== undefined)) return now(bytes);
    if (path !== undefined) return now(withField(message, bytes, path, change));
    const ms = late.exec(change)?.[1];
    return ms === undefined ? (frameChanges[change]?.(bytes, last) ?? now(bytes)) : [{ after: Number(ms), bytes }];
  }

  /** An SDP datagram as it is to be said. */
  datagram(bytes: Uint8Array, name: string): readonly Uint8Array[] {
    const { message, path, change } = this.mutation;
    if (message !== name) return [bytes];
    const at = path === undefined ? undefined : octets[path]?.(bytes.length);
    if (at !== undefined) return [bytes.map((byte, index) => (index === at ? byte ^ 0x01 : byte))];
    return datagramChanges[change]?.(bytes) ?? [bytes];
  }
}

/** Where an octet of a field stands in a datagram of that length, the last one of each. */
const octets: Readonly<Record<string, (length: number) => number>> = {
  version: () => 0,
  inverse: () => 1,
  "payload-type": () => 3,
  length: () => 7,
  address: () => headerLength + 15,
  port: () => headerLength + 17,
  security: (length) => length - 2,
  transport: (length) => length - 1,
};

const datagramChanges: Readonly<Record<string, (bytes: Uint8Array) => readonly Uint8Array[]>> = {
  dropped: () => [],
  doubled: (bytes) => [bytes, bytes],
  cut: (bytes) => [bytes.subarray(0, -1)],
  "and an octet more": (bytes) => [concat(bytes, octet)],
};

function withField(message: V2gMessage, bytes: Uint8Array, path: string, change: string): Uint8Array {
  const other = mutated(message, path, change);
  return other && writable(other) ? frame(payloadTypes.exi, encodeMessage(other)) : bytes;
}

/** Whether there are octets for it. */
export function writable(message: V2gMessage): boolean {
  try {
    encodeMessage(message);
    return true;
  } catch {
    return false;
  }
}
