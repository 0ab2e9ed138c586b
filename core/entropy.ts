/** The only source of randomness: session ids, RunIDs, keys. Seeded on the `virtual` bench, `node:crypto` elsewhere. */
export interface Entropy {
  /** `length` fresh bytes. */
  bytes(length: number): Uint8Array;
}
