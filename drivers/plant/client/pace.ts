import type { Millis } from "../../../core/clock";
import type { PlantLink } from "./link";

/** Periods of a stream while power is on, and while it is not. */
const poweredMs: Millis = 20;
const idleMs: Millis = 100;

/** A stream of the plant that is finer while there is power. */
export class Pace {
  private period: Millis = 0;
  private readonly link: PlantLink;
  private readonly method: string;

  /** @param method what starts the stream */
  constructor(link: PlantLink, method: string) {
    this.link = link;
    this.method = method;
    link.onGreeting(() => {
      this.period = 0;
      this.set(false);
    });
  }

  set(powered: boolean): void {
    const period = powered ? poweredMs : idleMs;
    if (period === this.period) return;
    this.period = period;
    this.link.post(this.method, { period_ms: period });
  }
}
