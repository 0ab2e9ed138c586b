import type { SupplyConfig } from "./config";

/**
 * The converter: a voltage and a current reference that ramp towards their targets. It gives the current that brings the node
 * to the voltage reference, between nothing and the current reference; it cannot take current back.
 */
export class Supply {
  on = false;
  /** What it gives, amperes. */
  amperes = 0;
  /** References of a healthy converter, volts and amperes. */
  volts = 0;
  limit = 0;
  /** Defects: no output, deaf to `off`, and errors of the two references. */
  dead = false;
  private deaf = false;
  private toldOff = true;
  voltsOffset = 0;
  amperesOffset = 0;
  private targetVolts = 0;
  private targetAmperes = 0;
  private phase = 0;
  private readonly config: SupplyConfig;

  constructor(config: SupplyConfig) {
    this.config = config;
  }

  /** @param present volts at the output, where the voltage reference starts. @throws RangeError */
  start(volts: number, amperes: number, present: number): void {
    if (!(volts >= 0) || !(amperes >= 0)) throw new RangeError(`the supply cannot give ${volts} V, ${amperes} A`);
    if (!this.on) {
      this.volts = present;
      this.limit = this.amperes;
    }
    this.on = true;
    this.toldOff = false;
    this.targetVolts = Math.min(volts, this.config.maxVolts);
    this.targetAmperes = Math.min(amperes, this.config.maxAmperes);
  }

  stop(): void {
    this.toldOff = true;
    if (this.deaf) return;
    this.on = false;
    this.targetAmperes = 0;
  }

  /** Which references are still on their way: a plot has its corners where this changes. */
  get ramping(): number {
    return (this.volts === this.targetVolts ? 0 : 1) + (this.limit === this.targetAmperes ? 0 : 2);
  }

  /** Deaf to `off`; when it hears again it does what it was told. */
  setDeaf(deaf: boolean): void {
    this.deaf = deaf;
    if (!deaf && this.toldOff) this.stop();
  }

  /** Volts that it really regulates to. */
  get reference(): number {
    return this.volts + this.voltsOffset;
  }

  /** It regulates, or its current is still falling. */
  get active(): boolean {
    return this.on || this.amperes > 0;
  }

  /** Its output is pulled down to the reference, or to nothing when it is off. */
  discharges(present: number): boolean {
    return !this.on || present > this.reference + 0.5;
  }

  ramp(seconds: number): void {
    const { voltsPerSecond, amperesPerSecond, offAmperesPerSecond, rippleHertz } = this.config;
    if (this.on) {
      this.volts = approach(this.volts, this.targetVolts, voltsPerSecond * seconds);
      this.limit = approach(this.limit, this.targetAmperes, amperesPerSecond * seconds);
    } else {
      this.limit = approach(this.limit, 0, offAmperesPerSecond * seconds);
    }
    this.phase = (this.phase + rippleHertz * seconds) % 1;
  }

  /** @param needed current that would bring the output at `present` volts to the voltage reference */
  regulate(needed: number, present: number): number {
    const { maxWatts, ripple } = this.config;
    const limit = Math.max(0, this.on ? this.limit + this.amperesOffset : this.limit);
    const most = Math.min(limit, present > 1 ? maxWatts / present : limit);
    const given = this.dead ? 0 : Math.max(0, Math.min(needed, most));
    this.amperes = given < 1e-9 ? 0 : given * (1 + ripple * Math.sin(2 * Math.PI * this.phase));
    return this.amperes;
  }
}

const approach = (from: number, to: number, most: number): number =>
  from < to ? Math.min(to, from + most) : Math.max(to, from - most);
