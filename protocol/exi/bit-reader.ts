import { Refusal } from "./errors";
import { StringTable } from "./string-table";

/** Integers longer than this are refused, unless the schema sets no bound (64 bits fill 10 octets). */
const BOUNDED_OCTETS = 10;
/** A serial number has 20 octets; this leaves room and bounds the work. */
const UNBOUNDED_OCTETS = 512;

/** The stream being read lies in one buffer that grows and is reused, with zeros behind it: a word may be loaded at any position. */
let shared = new Uint8Array(4096);
/** Octets taken from between octet boundaries are put here. */
let aligned = Buffer.alloc(4096);

/** Values of the objects being read, those of the inner above those of the outer. */
const slots: unknown[] = [];

/** Reads an EXI stream, most significant bit first. Positions and sizes are in bits. */
export class BitReader {
  position = 0;
  readonly end: number;
  private readonly octets: Uint8Array;
  readonly slots = slots;
  private top = 0;
  private table: StringTable | undefined = undefined;

  constructor(stream: Uint8Array) {
    const { length } = stream;
    if (shared.length < length + 8) shared = new Uint8Array(length * 2 + 8);
    shared.set(stream);
    for (let i = length; i < length + 4; i++) shared[i] = 0;
    this.octets = shared;
    this.end = length * 8;
  }

  /** Gives an object `count` empty slots, from the returned one on, until it releases them. */
  claim(count: number): number {
    const from = this.top;
    this.top = from + count;
    for (let i = from; i < this.top; i++) this.slots[i] = undefined;
    return from;
  }

  release(from: number): void {
    this.top = from;
  }

  /** Strings of this stream so far. */
  get strings(): StringTable {
    this.table ??= new StringTable();
    return this.table;
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
    return ((word << (position & 7)) >>> 1) >>> (31 - width);
  }

  /**
   * An Unsigned Integer of EXI: groups of 7 bits, least significant first, each behind a bit that says whether more follow.
   * @param first its first octet
   * @param bounded refuse more than 10 octets
   */
  unsigned(first = this.bits(8), bounded = true): number | bigint {
    let value = first & 0x7f;
    if (first < 0x80) return value;
    for (let shift = 7; shift < 28; shift += 7) {
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

  /** How many octets or characters follow; at least an octet of the stream for each, so nothing is believed that cannot be there. */
  size(offset = 0): number {
    const size = Number(this.unsigned()) - offset;
    if (size > (this.end - this.position) / 8) this.refuse(`${size} octets are announced, but the stream ends`);
    return size;
  }

  /** `count` octets from any bit position, as a view that is valid until the next call. The caller has asked `size`. */
  take(count: number): Buffer {
    const view = this.look(count);
    this.position += count * 8;
    return view;
  }

  /** As `take`, but the position stays. */
  look(count: number): Buffer {
    const { octets, position } = this;
    if (aligned.length < count) aligned = Buffer.alloc(count * 2);
    const from = position >>> 3;
    const shift = position & 7;
    const back = 8 - shift;
    let high = octets[from]!;
    for (let i = 0; i < count; i++) {
      const low = octets[from + i + 1]!;
      aligned[i] = (high << shift) | (low >>> back);
      high = low;
    }
    return aligned;
  }
}
