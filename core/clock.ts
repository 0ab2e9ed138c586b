/** Milliseconds, fractions allowed. */
export type Millis = number;

export type Cancel = () => void;

/** The only source of time. Virtual on the `virtual` bench, the monotonic clock elsewhere. */
export interface Clock {
  /** Monotonic time since the clock was made. */
  now(): Millis;
  /** Calls `fire` once, `delay` from now; never before the caller has returned. */
  after(delay: Millis, fire: () => void): Cancel;
}
