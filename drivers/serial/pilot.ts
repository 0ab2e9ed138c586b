import type { Cancel, Clock, Millis } from "../../core/clock";
import { Listeners, type Unsubscribe } from "../../core/listeners";
import type { EvsePilot, PilotDrive, PilotReading, PilotState } from "../../core/pilot";
import type { SerialLine } from "../../core/serial-line";
import { EnvironmentError } from "../linux/environment";
import { HelperLink, type HelperLinkOptions } from "./helper-link";
import { type HelperEvent, type HelperStatus, isPilotState, voltsOf } from "./messages";
import { type PilotFault, Plausibility } from "./plausibility";
import { SerialPortLine } from "./serial-line";

export interface SerialPilotOptions {
  /** Device of the line, such as `/dev/serial0`. */
  readonly path: string;
  readonly clock: Clock;
  readonly baudRate?: number;
  /** The helper must have been heard within this time. */
  readonly patienceMs?: Millis;
  readonly debug?: HelperLinkOptions["debug"];
  /** Makes of the line one that errs on purpose. */
  readonly wrap?: (line: SerialLine, clock: Clock) => SerialLine;
}

/** Volts that protocol 1 does not report, from the nominal front end: 0 mV is −12 V, 2500 mV is +12 V. */
const nominalVolts = (millivolts: number): number => (millivolts / 2500 - 0.5) * 24;

/** Nobody knows what stands on the wire: F, never a state with power, and no volts. */
const unknown: PilotReading = { state: "F", high: Number.NaN, low: Number.NaN };

/**
 * The station's end of the pilot, behind the helper on a serial line. While the helper is not heard, or not believed, the pilot
 * reads F: power goes off as it does for a pilot at −12 V. `onFault` tells the two apart.
 */
export class SerialPilot implements EvsePilot {
  private readonly clock: Clock;
  private readonly plausibility = new Plausibility();
  private readonly listeners = new Listeners<[PilotReading]>();
  private readonly faultListeners: ((fault: PilotFault | undefined) => void)[] = [];
  private reading = unknown;
  private present: PilotFault | undefined = "Lost";
  private driven: PilotDrive | undefined;
  private reported: PilotState = "A";
  readonly link: HelperLink;

  constructor(link: HelperLink, clock: Clock) {
    this.link = link;
    this.clock = clock;
    link.onAlive((alive) => this.alive(alive));
    link.onStatus((status) => this.status(status));
    link.onEvent((event) => this.event(event));
    link.onUnreadable((status) => {
      if (status) this.distrust("Unreadable");
    });
  }

  /** Opens the line and waits for the helper. @throws EnvironmentError when there is no package, no line or no helper on it */
  static async open(options: SerialPilotOptions): Promise<SerialPilot> {
    const { path, clock, baudRate, patienceMs = 3000, debug, wrap = (it) => it } = options;
    const line = new SerialPortLine({ path, clock, ...(baudRate !== undefined && { baudRate }) });
    const link = new HelperLink({ line: wrap(line, clock), clock, ...(debug && { debug }) });
    const pilot = new SerialPilot(link, clock);
    const heard = await new Promise<boolean>((resolve) => {
      const patience: Cancel = clock.after(patienceMs, () => resolve(false));
      link.onAlive((alive) => {
        if (!alive) return;
        patience();
        resolve(true);
      });
    });
    if (heard) return pilot;
    const { problem } = line;
    pilot.close();
    throw new EnvironmentError(
      problem === undefined ? { kind: "NoHelper", path, ms: patienceMs } : { kind: "NoSerialPort", path, why: problem },
    );
  }

  /** @throws RangeError for a duty cycle that does not exist */
  drive(drive: PilotDrive): void {
    if (drive.out === "x2" && !(drive.dutyPercent >= 0 && drive.dutyPercent <= 100)) {
      throw new RangeError(`pilot: a duty cycle of ${drive.dutyPercent} % does not exist`);
    }
    this.driven = drive;
    this.send();
  }

  read(): PilotReading {
    return this.reading;
  }

  onChange(listener: (reading: PilotReading) => void): Unsubscribe {
    return this.listeners.add(listener);
  }

  /** Why the pilot is not believed; undefined when it is. */
  get fault(): PilotFault | undefined {
    return this.present;
  }

  /** Called when a fault comes, changes or goes (undefined). */
  onFault(listener: (fault: PilotFault | undefined) => void): void {
    this.faultListeners.push(listener);
  }

  /** Asks the car to match again: off the oscillation for `ms`, 50 to 2000. */
  restartHint(ms = 400): void {
    this.hinted(ms);
    this.link.command("restart_slac_hint", { ms });
  }

  /** Puts on the line again what was told last: somebody else has had it in hand. */
  resume(): void {
    this.send();
  }

  /** It will be told by hand to leave the oscillation for a while. */
  hinted(ms: Millis): void {
    this.plausibility.hinted(ms, this.clock.now());
  }

  /** The helper goes to X1 by itself once it hears no more of us. */
  close(): void {
    this.link.close();
  }

  private send(): void {
    if (!this.driven) return;
    this.plausibility.commanded(this.driven, this.clock.now());
    this.say();
  }

  private say(): void {
    if (!this.driven) return;
    const { out } = this.driven;
    const duty = this.driven.out === "x2" ? { duty: Math.round(this.driven.dutyPercent * 100) / 100 } : {};
    this.link.command("cp.drive", { out, ...duty }, true);
  }

  private alive(alive: boolean): void {
    if (!alive) {
      this.plausibility.restart();
      return this.distrust("Lost");
    }
    this.send();
  }

  private event({ method, ts, result }: HelperEvent): void {
    if (method === "evt:boot") {
      this.plausibility.restart();
      // It has started anew, with a line that nobody drives.
      return this.send();
    }
    if (method === "evt:failsafe.host") {
      // We were silent for too long and the line was at X1 meanwhile: whatever session there was has to end.
      this.distrust("OutputDiffers");
      return this.send();
    }
    if (method !== "evt:cp.state" || !this.link.alive || !isPilotState(result.state)) return;
    const { state } = result;
    const fault = this.plausibility.time(ts) ?? this.plausibility.state(state);
    if (fault) return this.distrust(fault);
    // A fault that a status has found is only taken back by a status.
    if (!this.present) this.believe(state, voltsOf(result.cp_v) ?? this.reading);
  }

  private status(status: HelperStatus): void {
    const { plausibility } = this;
    const fault =
      plausibility.time(status.ts) ?? plausibility.state(status.state) ?? plausibility.output(status, this.clock.now());
    // A command that was lost is given again; until it is obeyed nothing is believed.
    if (fault === "OutputDiffers" && status.mode === "dc") this.say();
    if (fault) return this.distrust(fault);
    const high = nominalVolts(status.millivolts);
    const steady = status.out <= 0 || status.out >= 100;
    this.believe(status.state, status.volts ?? { high, low: steady ? high : -12 });
  }

  private believe(state: PilotState, { high, low }: { high: number; low: number }): void {
    this.reading = { state, high, low };
    this.tell();
    this.setFault(undefined);
  }

  private distrust(fault: PilotFault): void {
    this.reading = unknown;
    this.tell();
    this.setFault(fault);
  }

  private tell(): void {
    if (this.reading.state === this.reported) return;
    this.reported = this.reading.state;
    this.listeners.tell(this.reading);
  }

  private setFault(fault: PilotFault | undefined): void {
    if (fault === this.present) return;
    this.present = fault;
    for (const listener of this.faultListeners) listener(fault);
  }
}
