/** Writes an EXI stream, most significant bit first. */
export class BitWriter {
  private octets = new Uint8Array(4096);
  private length = 0;
  /** Bits not yet written out, at the low end; fewer than 8 between calls. */
  private pending = 0;
  private count = 0;

  reset(): void {
    this.length = 0;
    this.pending = 0;
    this.count = 0;
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
    let pending = (this.pending << width) | value;
    let count = this.count + width;
    if (count >= 8) {
      this.room(4);
      while (count >= 8) {
        count -= 8;
        this.octets[this.length++] = pending >>> count;
      }
      pending &= (1 << count) - 1;
    }
    this.pending = pending;
    this.count = count;
  }

  /** @param value a whole number, not negative, exact */
  unsigned(value: number | bigint): void {
    let rest = value;
    if (typeof rest === "bigint") {
      for (; rest > 0x7fffffffn; rest >>= 7n) this.bits(Number(rest & 0x7fn) | 0x80, 8);
      rest = Number(rest);
    }
    for (; rest > 0x7fffffff; rest = Math.floor(rest / 128)) this.bits((rest % 128) | 0x80, 8);
    for (; rest > 0x7f; rest >>>= 7) this.bits((rest & 0x7f) | 0x80, 8);
    this.bits(rest, 8);
  }

  octetsOf(data: Uint8Array): void {
    const { length } = data;
    this.room(length + 1);
    const { octets, count } = this;
    let { pending, length: to } = this;
    for (let i = 0; i < length; i++) {
      const octet = data[i]!;
      octets[to++] = (pending << (8 - count)) | (octet >>> count);
      pending = octet & ((1 << count) - 1);
    }
    this.length = to;
    this.pending = pending;
  }
}
