import type { Segment } from "./packet";

/** Bytes that may wait for a missing segment; more, and the gap is given up. */
const mostWaiting = 256 * 1024;

/** One direction of a TCP connection, put in order as an onlooker can: repeated bytes once, late ones where they belong. */
export class Reassembly {
  private expected: number | undefined;
  private readonly waiting = new Map<number, Uint8Array>();
  private held = 0;

  /** @returns the bytes that are next in order now; `gap` where some before them never came */
  push({ seq, syn, payload }: Segment): { readonly bytes: readonly Uint8Array[]; readonly gap: boolean } {
    if (syn) {
      this.expected = (seq + 1) >>> 0;
      this.forget();
    }
    if (payload.length === 0) return { bytes: [], gap: false };
    const start = syn ? (seq + 1) >>> 0 : seq;
    this.expected ??= start;
    if (atOrBefore(start + payload.length, this.expected)) return { bytes: [], gap: false };
    this.held += payload.length - (this.waiting.get(start)?.length ?? 0);
    this.waiting.set(start, payload);
    const bytes = this.inOrder();
    if (this.held <= mostWaiting) return { bytes, gap: false };
    this.expected = [...this.waiting.keys()].reduce((least, each) => (atOrBefore(each, least) ? each : least));
    return { bytes: this.inOrder(), gap: true };
  }

  private inOrder(): Uint8Array[] {
    const bytes: Uint8Array[] = [];
    for (let found = this.next(); found; found = this.next()) {
      bytes.push(found);
      this.expected = ((this.expected ?? 0) + found.length) >>> 0;
    }
    return bytes;
  }

  private next(): Uint8Array | undefined {
    for (const [start, payload] of this.waiting) {
      const known = ((this.expected ?? 0) - start) | 0;
      if (known < 0) continue;
      this.waiting.delete(start);
      this.held -= payload.length;
      if (known < payload.length) return payload.subarray(known);
    }
    return undefined;
  }

  private forget(): void {
    this.waiting.clear();
    this.held = 0;
  }
}

/** Sequence numbers go round. */
const atOrBefore = (a: number, b: number): boolean => ((a - b) | 0) <= 0;
