import type { Cancel, Millis } from "../../../core/clock";
import { SystemClock } from "../../../drivers/linux/clock";

/** The clock of one scenario in real time: nothing that it was asked for outlives it and disturbs the next. */
export class BenchClock extends SystemClock {
  private readonly running = new Set<Cancel>();
  private ended = false;

  override after(delay: Millis, fire: () => void): Cancel {
    if (this.ended) return () => undefined;
    const stop = super.after(delay, () => {
      this.running.delete(cancel);
      fire();
    });
    const cancel = (): void => {
      this.running.delete(cancel);
      stop();
    };
    this.running.add(cancel);
    return cancel;
  }

  end(): void {
    this.ended = true;
    for (const cancel of this.running) cancel();
  }
}
