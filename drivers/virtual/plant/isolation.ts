import type { Cancel, Clock } from "../../../core/clock";
import type { IsolationStatus } from "../../../core/power";
import type { IsolationConfig } from "./config";

/** What the monitor finds at its terminals: resistance of both poles to PE in parallel, and volts between the poles. */
export interface Measurand {
  readonly ohms: number;
  readonly volts: number;
}

export type MonitorDefect = "imdAbsent" | "imdSelfTest" | "imdSilent";

/** An isolation monitor: self-test, then a result every measuring time while there is voltage. */
export class IsolationMonitor {
  private result: IsolationStatus = "Invalid";
  private defects = new Set<MonitorDefect>();
  private running: Cancel | undefined;
  private stale: Cancel | undefined;
  private readonly clock: Clock;
  private readonly config: IsolationConfig;
  private readonly ports: { readonly measure: () => Measurand; readonly changed: () => void };

  constructor(clock: Clock, config: IsolationConfig, ports: { measure: () => Measurand; changed: () => void }) {
    this.clock = clock;
    this.config = config;
    this.ports = ports;
  }

  get status(): IsolationStatus {
    return this.defects.has("imdAbsent") ? "No_IMD" : this.result;
  }

  run(on: boolean): void {
    this.running?.();
    this.stale?.();
    this.running = this.stale = undefined;
    if (!on) return;
    this.conclude("Invalid");
    this.awaitSample();
    this.running = this.clock.after(this.config.selfTestMs, () => {
      if (this.defects.has("imdSelfTest")) this.failSelfTest();
      else this.running = this.clock.after(this.config.measureMs, () => this.sample());
    });
  }

  defect(which: MonitorDefect, present: boolean): void {
    const before = this.status;
    if (present) this.defects.add(which);
    else this.defects.delete(which);
    if (this.status !== before) this.ports.changed();
  }

  private failSelfTest(): void {
    this.stale?.();
    this.conclude("Fault");
  }

  private sample(): void {
    this.running = this.clock.after(this.config.measureMs, () => this.sample());
    const { ohms, volts } = this.ports.measure();
    if (this.defects.has("imdSilent") || !(volts >= this.config.minVolts)) return;
    this.awaitSample();
    this.conclude(ohms >= this.config.validOhms ? "Valid" : ohms >= this.config.warningOhms ? "Warning" : "Fault");
  }

  private awaitSample(): void {
    this.stale?.();
    this.stale = this.clock.after(this.config.staleMs, () => this.conclude("Invalid"));
  }

  private conclude(result: IsolationStatus): void {
    const before = this.status;
    this.result = result;
    if (this.status !== before) this.ports.changed();
  }
}
