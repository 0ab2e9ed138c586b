/**
 * A capacitor with a conductance to the return conductor, fed by a constant current during each step. The solution is exact
 * for steps of any length: volts at the end, and the integrals of v and v² over the step.
 */
export class Node {
  volts = 0;
  /** ∫ v dt and ∫ v² dt of the last step, and dv/dt at its end. */
  integral = 0;
  square = 0;
  slope = 0;
  private farads = 1;
  private siemens = 1;
  // Of the step length in use; steps mostly have the same.
  private seconds = Number.NaN;
  private rise = 0;
  private first = 0;
  private second = 0;

  set(farads: number, siemens: number): void {
    if (farads === this.farads && siemens === this.siemens) return;
    this.farads = farads;
    this.siemens = siemens;
    this.seconds = Number.NaN;
  }

  /** Current that brings the node to `target` at the end of a step. */
  needed(target: number, seconds: number): number {
    if (seconds !== this.seconds) this.prepare(seconds);
    return this.siemens * (this.volts + (target - this.volts) / this.rise);
  }

  step(amperes: number, seconds: number): void {
    if (seconds !== this.seconds) this.prepare(seconds);
    const from = this.volts;
    const way = amperes / this.siemens - from;
    this.volts = from + way * this.rise;
    this.integral = from * seconds + way * this.first;
    this.square = from * from * seconds + 2 * from * way * this.first + way * way * this.second;
    this.observe(amperes);
  }

  observe(amperes: number): void {
    this.slope = (amperes - this.siemens * this.volts) / this.farads;
  }

  /** With v(t) = from + way (1 − e^(−t/τ)): the values of 1 − e^(−t/τ), its integral and the integral of its square. */
  private prepare(seconds: number): void {
    this.seconds = seconds;
    const tau = this.farads / this.siemens;
    const x = seconds / tau;
    this.rise = -Math.expm1(-x);
    // For small x the closed forms are differences of nearly equal numbers.
    this.first = x < 1e-3 ? seconds * x * (1 / 2 - x / 6 + (x * x) / 24) : seconds - tau * this.rise;
    this.second =
      x < 1e-3
        ? seconds * x * x * (1 / 3 - x / 4 + (7 * x * x) / 60)
        : seconds - 2 * tau * this.rise - (tau * Math.expm1(-2 * x)) / 2;
  }
}
