/** Writes an EXI stream, most significant bit first, into a buffer that it keeps for the next stream. */
export class BitWriter {
  private octets = new Uint8Array(4096);
  private length = 0;
  /** Bits not yet written out, at the low end; fewer than 8 between calls. */
  private pending = 0;
  private count = 0;

  /** Where the stream stands, for `rewind`. */
  get mark(): number {
    return this.length * 8 + this.count;
  }

  /** Takes back what was written since `mark`. */
  rewind(mark: number): void {
    const octet = mark >>> 3;
    if (octet < this.length) this.pending = this.octets[octet]! >>> (8 - (mark & 7));
    else this.pending >>>= this.count - (mark & 7);
    this.length = octet;
    this.count = mark & 7;
  }

  /** The octets written so far, the last one filled up with zero bits. */
  finish(): Uint8Array {
    if (this.count > 0) this.bits(0, 8 - this.count);
    return this.octets.slice(0, this.length);
  }

  private room(octets: number): void {
    if (this.length + octets <= this.octets.length) return;
    const grown = new Uint8Array(Math.max(this.octets.length * 2, this.length + octets));
    grown.set(this.octets.subarray(0, this.length));
    this.octets = grown;
  }

  /** @param width at most 24 */
  bits(value: number, width: number): void {
    const pending = (this.pending << width) | value;
    let count = this.count + width;
    if (count >= 8) {
      this.room(4);
      const { octets } = this;
      let { length } = this;
      do {
        count -= 8;
        octets[length++] = pending >>> count;
      } while (count >= 8);
      this.length = length;
    }
    this.pending = pending & ((1 << count) - 1);
    this.count = count;
  }

  /**
   * An Unsigned Integer of EXI.
   * @param value a whole number, not negative, exact
   * @param frame zero bits to write behind it
   */
  unsigned(value: number | bigint, frame = 0): void {
    let rest = typeof value === "number" ? value : this.low(value);
    for (; rest > 0x7fffffff; rest = Math.floor(rest / 128)) this.bits((rest % 128) | 0x80, 8);
    for (; rest > 0x3fff; rest >>>= 7) this.bits((rest & 0x7f) | 0x80, 8);
    if (rest > 0x7f) this.bits(((((rest & 0x7f) | 0x80) << 8) | (rest >>> 7)) << frame, 16 + frame);
    else this.bits(rest << frame, 8 + frame);
  }

  /** Writes groups of 7 bits until a number holds what is left. */
  private low(value: bigint): number {
    let rest = value;
    for (; rest > 0x7fffffffn; rest >>= 7n) this.bits(Number(rest & 0x7fn) | 0x80, 8);
    return Number(rest);
  }

  octetsOf(data: Uint8Array): void {
    const { length } = data;
    this.room(length + 1);
    const { octets, count } = this;
    const mask = (1 << count) - 1;
    let { pending, length: to } = this;
    for (let i = 0; i < length; i++) {
      const octet = data[i]!;
      octets[to++] = (pending << (8 - count)) | (octet >>> count);
      pending = octet & mask;
    }
    this.length = to;
    this.pending = pending;
  }

  /** Characters below U+0080, one octet each; false at the first other one, and then only the characters before it are written. */
  ascii(text: string): boolean {
    const { length } = text;
    this.room(length + 1);
    const { octets, count } = this;
    const mask = (1 << count) - 1;
    let { pending, length: to } = this;
    let i = 0;
    for (; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) break;
      octets[to++] = (pending << (8 - count)) | (code >>> count);
      pending = code & mask;
    }
    this.length = to;
    this.pending = pending;
    return i === length;
  }
}
