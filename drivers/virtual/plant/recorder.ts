import type { Millis } from "../../../core/clock";
import type { RecordConfig } from "./config";

/** Decides when the power path is written into the trace: finely where it moves, rarely where it stands. */
export class Recorder {
  private at: Millis = Number.NEGATIVE_INFINITY;
  private volts = 0;
  private amperes = 0;
  private ramping = 0;
  private jumped = false;
  private shutdownUntil: Millis = Number.NEGATIVE_INFINITY;
  private readonly config: RecordConfig;

  constructor(config: RecordConfig) {
    this.config = config;
  }

  /** The supply was switched off or the pilot lost. */
  shutdown(now: Millis): void {
    this.shutdownUntil = now + this.config.shutdownWindowMs;
  }

  /** There was a step: what it settles to is written as soon as possible. */
  jump(): void {
    this.jumped = true;
  }

  recorded(now: Millis, volts: number, amperes: number): void {
    this.at = now;
    this.volts = volts;
    this.amperes = amperes;
    if (volts < 20 && Math.abs(amperes) < 1) this.shutdownUntil = now;
  }

  /** @param ramping what the supply's references are doing; a change is a corner of the curve */
  due(now: Millis, volts: number, amperes: number, ramping: number): boolean {
    const { shutdownMs, fastMs, slowMs, steadyMs, voltShare } = this.config;
    const age = now - this.at;
    const corner = ramping !== this.ramping || this.jumped;
    this.ramping = ramping;
    this.jumped = false;
    if (corner) return true;
    if (age < fastMs && now > this.shutdownUntil) return false;
    if (now <= this.shutdownUntil) return age >= shutdownMs - 1e-6;
    const volt = Math.abs(volts - this.volts);
    const ampere = Math.abs(amperes - this.amperes);
    if (volt > Math.max(1, voltShare * this.volts) || ampere > this.config.amperes) return true;
    const moving = volt > 0.001 * this.volts + 0.1 || ampere > 0.5;
    return age >= (moving ? slowMs : steadyMs) - 1e-6;
  }
}
