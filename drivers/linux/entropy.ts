import { randomBytes } from "node:crypto";
import type { Entropy } from "../../core/entropy";

/** The cryptographic random source of the system (V2G2-826, V2G20-835 ask for no less). */
export class SystemEntropy implements Entropy {
  bytes(length: number): Uint8Array {
    return Uint8Array.from(randomBytes(length));
  }
}
