import type { Millis } from "../../core/clock";
import type { Entropy } from "../../core/entropy";
import { fraction } from "./entropy";

/** What is wrong with the line. Probabilities are from 0 to 1, times in ms. */
export interface LineFaults {
  readonly loss: number;
  readonly duplication: number;
  /** Share of frames that are held back until later ones have passed. */
  readonly reordering: number;
  /** Added to the latency of every frame, and at most this much more, by chance. */
  readonly delay: Millis;
  readonly jitter: Millis;
}

export const soundLine: LineFaults = { loss: 0, duplication: 0, reordering: 0, delay: 0, jitter: 0 };

/** By how much more than a sound line would, a frame that is held back lags. */
const HELD_BACK: Millis = 60;

/** When the copies of one frame arrive, in ms from now; none if it is lost. Draws only what its faults need. */
export function arrivals(faults: LineFaults, latency: Millis, entropy: Entropy): Millis[] {
  const chance = (share: number) => share > 0 && fraction(entropy) < share;
  if (chance(faults.loss)) return [];
  const copies = chance(faults.duplication) ? 2 : 1;
  return Array.from({ length: copies }, () => {
    const jitter = faults.jitter > 0 ? faults.jitter * fraction(entropy) : 0;
    return latency + faults.delay + jitter + (chance(faults.reordering) ? HELD_BACK : 0);
  });
}
