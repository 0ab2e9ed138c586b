import type { Cancel, Clock } from "../../../core/clock";
import type { Entropy } from "../../../core/entropy";
import { Listeners } from "../../../core/listeners";
import type {
  DutyReading,
  EvPilot,
  EvsePilot,
  PilotDrive,
  PilotLoad,
  PilotReading,
  PilotState,
} from "../../../core/pilot";
import type { Happening } from "../../../core/trace";
import { fraction } from "../entropy";
import type { PilotConfig } from "./config";
import type { ActiveFaults } from "./faults";
import type { Later } from "./later";
import { classify, oscillation, type Plateaus, plateaus } from "./pilot-circuit";

export interface PilotLinePorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly later: Later;
  readonly faults: ActiveFaults;
  readonly record: (happening: Extract<Happening, { type: "pilot" }>) => void;
  /** The wire has left C or D. */
  readonly left: () => void;
}

/** The pilot wire with both of its ends. What stands on it follows from the circuit at every instant; only the receiver is slow. */
export class PilotLine {
  readonly evse: EvsePilot;
  readonly ev: EvPilot;
  private driven: PilotDrive = { out: "x1" };
  private load: PilotLoad = "B";
  private plugged = false;
  private disturbance = 0;
  /** State of the wire, and the state that the station's receiver reports. */
  private wire: PilotState = "A";
  private reported: PilotState = "A";
  private levels: Plateaus = { high: 0, low: 0 };
  private told = "";
  private pending: { state: PilotState; cancel: Cancel } | undefined;
  private burst: Cancel | undefined;
  private readonly evseListeners = new Listeners<[PilotReading]>();
  private readonly evListeners = new Listeners<[DutyReading]>();
  private readonly config: PilotConfig;
  private readonly ports: PilotLinePorts;

  constructor(config: PilotConfig, ports: PilotLinePorts) {
    this.config = config;
    this.ports = ports;
    this.evse = {
      drive: (drive) => this.drive(drive),
      read: () => ({ state: this.reported, ...this.levels }),
      onChange: (listener) => this.evseListeners.add(listener),
    };
    this.ev = {
      present: (load) => this.present(load),
      read: () => this.duty(),
      onChange: (listener) => this.evListeners.add(listener),
    };
    this.settle();
  }

  setPlugged(plugged: boolean): void {
    this.plugged = plugged;
    this.settle();
  }

  /** A pilot fault came or went. */
  refresh(): void {
    const { noise } = this.ports.faults;
    if (noise && !this.burst) this.awaitBurst();
    if (!noise) {
      this.burst?.();
      this.burst = undefined;
      this.disturbance = 0;
    }
    this.settle();
  }

  private drive(drive: PilotDrive): void {
    if (drive.out === "x2" && !(drive.dutyPercent >= 0 && drive.dutyPercent <= 100)) {
      throw new RangeError(`pilot: a duty cycle of ${drive.dutyPercent} % does not exist`);
    }
    this.driven = drive;
    this.settle();
  }

  private present(load: PilotLoad): void {
    if (!Object.hasOwn(this.config.loadOhms, load)) throw new RangeError(`pilot: there is no load "${load}"`);
    this.load = load;
    this.settle();
  }

  /** Works out the wire, writes a change into the trace and starts what follows from it. */
  private settle(): void {
    const { faults, record, left } = this.ports;
    const circuit = {
      drive: this.driven,
      load: this.load,
      plugged: this.plugged,
      broken: !!(faults.peLost || faults.cpOpen),
      diodeShort: !!faults.diodeShort,
      shorted: !!faults.cpPeShort,
      noise: this.disturbance,
      ...(faults.cpForced && { forced: faults.cpForced.volts }),
    };
    const before = `${this.levels.high} ${this.levels.low} ${this.dutyOnWire}`;
    this.levels = plateaus(circuit, this.config);
    this.dutyOnWire = faults.cpForced || faults.cpPeShort ? undefined : oscillation(this.driven);
    if (before === `${this.levels.high} ${this.levels.low} ${this.dutyOnWire}`) return;
    const was = this.wire;
    this.wire = classify(this.levels.high, this.wire);
    const duty = this.dutyOnWire;
    record({
      type: "pilot",
      state: this.wire,
      ...(duty !== undefined && { dutyPercent: duty }),
      ...rounded(this.levels),
    });
    if (charging(was) && !charging(this.wire)) left();
    this.filter();
    this.tellCar();
  }

  private dutyOnWire: number | undefined;

  /** The station's receiver: A, E and F at once, any other state after it has lasted. */
  private filter(): void {
    if (this.pending?.state === this.wire) return;
    this.pending?.cancel();
    this.pending = undefined;
    if (this.wire === this.reported) return;
    const state = this.wire;
    if (atOnce.includes(state)) {
      this.report(state);
      return;
    }
    const cancel = this.ports.clock.after(this.config.debounceMs, () => {
      this.pending = undefined;
      this.report(state);
    });
    this.pending = { state, cancel };
  }

  private report(state: PilotState): void {
    this.reported = state;
    this.ports.later.call(() => this.evseListeners.tell({ state, ...this.levels }));
  }

  private duty(): DutyReading {
    const { faults } = this.ports;
    if (!this.plugged || faults.peLost || faults.cpOpen) return { plugged: this.plugged, high: 0 };
    const duty = this.dutyOnWire;
    return { plugged: true, ...(duty !== undefined && { dutyPercent: duty }), high: this.levels.high };
  }

  /** The car is told of what it can tell apart: plugged or not, another duty, another band. */
  private tellCar(): void {
    const reading = this.duty();
    const essence = `${reading.plugged} ${reading.dutyPercent} ${classify(reading.high, this.wire)}`;
    if (essence === this.told) return;
    this.told = essence;
    this.ports.later.call(() => this.evListeners.tell(this.duty()));
  }

  private awaitBurst(): void {
    const { noise } = this.ports.faults;
    if (!noise) return;
    const { entropy } = this.ports;
    this.burst = this.ports.clock.after(noise.gapMs * fraction(entropy), () => {
      this.disturbance = noise.volts * (2 * fraction(entropy) - 1);
      this.settle();
      this.burst = this.ports.clock.after(noise.burstMs * fraction(entropy), () => {
        this.disturbance = 0;
        this.settle();
        this.awaitBurst();
      });
    });
  }
}

const atOnce: readonly PilotState[] = ["A", "E", "F"];
const charging = (state: PilotState): boolean => state === "C" || state === "D";
const milli = (volts: number): number => Math.round(volts * 1000) / 1000;
const rounded = ({ high, low }: Plateaus): Plateaus => ({ high: milli(high), low: milli(low) });
