import type { Millis } from "../core/clock";

export interface Taken {
  readonly pass: boolean;
  /** Kinds whose time is over and that were held back, and how often. */
  readonly held: readonly (readonly [kind: string, times: number])[];
}

/** Of one kind so many lines pass in so long. A flood on the cable must not become a flood on the disk. */
const burst = 100;
const span: Millis = 10_000;
/** Kinds remembered at a time; beyond them lines pass uncounted. */
const mostKinds = 256;

/** Holds lines back that say the same again and again, and says later how many there were. */
export class Repetitions {
  private readonly now: () => Millis;
  private readonly kinds = new Map<string, { until: Millis; times: number }>();

  /** @param now milliseconds since any time */
  constructor(now: () => Millis) {
    this.now = now;
  }

  /** @param kind what lines of the same sort share; undefined: never held back */
  take(kind: string | undefined): Taken {
    const held = this.expired();
    if (kind === undefined) return { pass: true, held };
    const known = this.kinds.get(kind) ?? { until: this.now() + span, times: 0 };
    known.times++;
    if (this.kinds.size < mostKinds) this.kinds.set(kind, known);
    return { pass: known.times <= burst, held };
  }

  private expired(): Taken["held"] {
    const over: (readonly [string, number])[] = [];
    const now = this.now();
    for (const [kind, { until, times }] of this.kinds) {
      // Kinds stand in the order in which they began, and all last equally long.
      if (until > now) break;
      this.kinds.delete(kind);
      if (times > burst) over.push([kind, times - burst]);
    }
    return over;
  }
}
