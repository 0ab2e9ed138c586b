import type { Cancel, Clock, Millis } from "../../core/clock";

/** The longest delay that one timer of the platform takes; it turns longer ones into 1 ms. */
const LONGEST: Millis = 2 ** 31 - 1;

/**
 * The monotonic clock. A timer that is running keeps the process alive: a peer that waits for its timeout is at work, and has
 * no socket that would hold it. Whoever stops a peer cancels its timers.
 */
export class SystemClock implements Clock {
  /** Reading of `process.hrtime.bigint()` at time 0. */
  readonly origin: bigint;

  /** @param origin reading of `process.hrtime.bigint()` at time 0; the processes of one machine share its time base */
  constructor(origin: bigint = process.hrtime.bigint()) {
    this.origin = origin;
  }

  now(): Millis {
    return Number(process.hrtime.bigint() - this.origin) / 1e6;
  }

  /** Never early: timers of the platform count whole milliseconds, and may fire a fraction before their time. */
  after(delay: Millis, fire: () => void): Cancel {
    const due = this.now() + Math.max(0, delay);
    const wait = (left: Millis): NodeJS.Timeout =>
      setTimeout(
        () => {
          const rest = due - this.now();
          if (rest > 0) timer = wait(rest);
          else fire();
        },
        Math.min(Math.ceil(left), LONGEST),
      );
    let timer = wait(delay);
    return () => clearTimeout(timer);
  }
}
