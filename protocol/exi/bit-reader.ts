import { Refusal } from "./errors";

/** Integers longer than this are refused, unless the schema sets no bound (64 bits fill 10 octets). */
const BOUNDED_OCTETS = 10;
/** A serial number has 20 octets; this leaves room and bounds the work. */
const UNBOUNDED_OCTETS = 512;

/** The octets being read lie in one buffer that grows and is reused, with zeros behind them: a word may be loaded at every position. */
let shared = new Uint8Array(4096);

/** Reads an EXI stream, most significant bit first. Positions and sizes are in bits. */
export class BitReader {
  readonly octets: Uint8Array;
  readonly end: number;
  position = 0;
  /** Strings seen so far with the name they stood under, as the string tables of EXI would hold them. */
  readonly strings: string[] = [];

  constructor(stream: Uint8Array) {
    if (shared.length < stream.length + 8) shared = new Uint8Array(stream.length * 2 + 8);
    shared.set(stream);
    shared.fill(0, stream.length, stream.length + 8);
    this.octets = shared;
    this.end = stream.length * 8;
  }

  refuse(reason: string): never {
    throw new Refusal(reason, Math.min(this.position, this.end));
  }

  /** @param width at most 24 */
  bits(width: number): number {
    const { octets, position } = this;
    const next = position + width;
    if (next > this.end) this.refuse("the stream ends too early");
    this.position = next;
    const i = position >>> 3;
    const word = (octets[i]! << 24) | (octets[i + 1]! << 16) | (octets[i + 2]! << 8) | octets[i + 3]!;
    return width === 0 ? 0 : (word << (position & 7)) >>> (32 - width);
  }

  /** An Unsigned Integer of EXI: groups of 7 bits, least significant first, each behind a bit that says whether more follow. */
  unsigned(bounded = true): number | bigint {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const octet = this.bits(8);
      value |= (octet & 0x7f) << shift;
      if (octet < 0x80) return value;
    }
    return this.long(BigInt(value), bounded ? BOUNDED_OCTETS : UNBOUNDED_OCTETS);
  }

  private long(low: bigint, octets: number): number | bigint {
    let value = low;
    for (let n = 4; n < octets; n++) {
      const octet = this.bits(8);
      value |= BigInt(octet & 0x7f) << BigInt(7 * n);
      if (octet < 0x80) return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
    }
    return this.refuse(`an integer is longer than ${octets} octets`);
  }

  /** A length or a character: anything beyond 2^28 is refused by its user. */
  size(): number {
    return Number(this.unsigned());
  }

  /** `count` octets at any bit position, as a view that the next `take` or reader may overwrite. */
  take(count: number): Buffer {
    if (count > (this.end - this.position) / 8) this.refuse(`${count} octets are announced, but the stream ends`);
    const { octets, position } = this;
    this.position = position + count * 8;
    const from = position >>> 3;
    const shift = position & 7;
    if (shift === 0) return Buffer.from(octets.buffer, octets.byteOffset + from, count);
    const out = Buffer.allocUnsafe(count);
    let high = octets[from]!;
    for (let i = 0; i < count; i++) {
      const low = octets[from + i + 1]!;
      out[i] = (high << shift) | (low >>> (8 - shift));
      high = low;
    }
    return out;
  }
}
