import { createHash } from "node:crypto";
import type { Entropy } from "../../core/entropy";

/** The same bytes for the same seed, for ever and on every machine: SHA-256 over seed and counter. */
export class SeededEntropy implements Entropy {
  private readonly seed: string;
  private counter = 0;
  private pool: Uint8Array = new Uint8Array(0);

  constructor(seed: number | string) {
    this.seed = String(seed);
  }

  bytes(length: number): Uint8Array {
    const out = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      if (this.pool.length === 0)
        this.pool = createHash("sha256")
          .update(`${this.seed}:${this.counter++}`)
          .digest();
      const taken = this.pool.subarray(0, length - filled);
      out.set(taken, filled);
      filled += taken.length;
      this.pool = this.pool.subarray(taken.length);
    }
    return out;
  }

  /** A source of its own for one part of a bench: what one part draws does not shift what another gets. */
  fork(name: string): SeededEntropy {
    return new SeededEntropy(`${this.seed}/${name}`);
  }
}

/** A fraction from 0 up to 1. */
export const fraction = (entropy: Entropy): number => Buffer.from(entropy.bytes(4)).readUInt32BE() / 2 ** 32;
