import type { Clock, Millis } from "../../../core/clock";
import type { Entropy } from "../../../core/entropy";
import type { EvPilot, EvsePilot } from "../../../core/pilot";
import type { Inlet, PowerPath } from "../../../core/power";
import type { PowerSample, Trace } from "../../../core/trace";
import { type BatteryConfig, configure, type PlantConfig, type PlantOptions } from "./config";
import { type ActiveFaults, type FaultFigures, type FaultName, faults, figuresOf, isFault } from "./faults";
import { Later } from "./later";
import { PilotLine } from "./pilot-line";
import { PowerSide } from "./power-side";

export interface PlantPorts {
  readonly clock: Clock;
  readonly trace: Trace;
  /** Only a fault with chance in it asks for randomness. */
  readonly entropy: Entropy;
  readonly config?: PlantOptions;
}

/**
 * The physics between the station's and the car's connectors. Register it with the virtual clock (`clock.process(plant)`), or
 * call `advance` periodically elsewhere. Commands act at the instant of the clock; listeners are called from the clock.
 */
export class Plant {
  readonly evsePilot: EvsePilot;
  readonly evPilot: EvPilot;
  readonly powerPath: PowerPath;
  readonly inlet: Inlet;
  readonly config: PlantConfig;
  private isPlugged = false;
  private readonly active: ActiveFaults = {};
  private readonly pilot: PilotLine;
  private readonly power: PowerSide;

  /** @throws RangeError for a configuration that no plant can have */
  constructor({ clock, trace, entropy, config }: PlantPorts) {
    this.config = configure(config);
    const later = new Later(clock);
    this.power = new PowerSide(this.config, {
      clock,
      later,
      faults: this.active,
      record: (sample) => trace.record("plant", { type: "power", ...sample }),
    });
    this.pilot = new PilotLine(this.config.pilot, {
      clock,
      entropy,
      later,
      faults: this.active,
      record: (happening) => trace.record("plant", happening),
      left: () => this.power.shutdown(),
    });
    this.evsePilot = this.pilot.evse;
    this.evPilot = this.pilot.ev;
    this.powerPath = this.power.powerPath;
    this.inlet = this.power.inlet;
  }

  get plugged(): boolean {
    return this.isPlugged;
  }

  /** Puts the connector into the inlet; the meter starts at zero. */
  plug(): void {
    if (this.isPlugged) return;
    this.isPlugged = true;
    this.power.setPlugged(true);
    this.pilot.setPlugged(true);
  }

  /**
   * The car has another battery: what is different from the default one.
   * @throws RangeError for figures that no battery can have, and while the car's contactor is closed
   */
  replaceBattery(battery: Partial<BatteryConfig>): void {
    if (this.sample().evContactor) throw new RangeError("the car's contactor is closed");
    this.power.setBattery(configure({ battery }).battery);
  }

  /**
   * Pulls the connector out.
   * @param how a locked connector comes out only by force, which breaks the lock open
   * @throws RangeError when it is locked
   */
  unplug(how?: "by force"): void {
    if (!this.isPlugged) return;
    if (this.power.locked && how !== "by force")
      throw new RangeError("the connector is locked: it comes out only by force");
    this.isPlugged = false;
    this.pilot.setPlugged(false);
    this.power.setPlugged(false);
  }

  /**
   * Brings a fault about, with figures other than the table's where given; `false` ends it.
   * @throws RangeError for an unknown fault or figure
   */
  fault<Name extends FaultName>(name: Name, how: boolean | Partial<FaultFigures<Name>> = true): void {
    const figures = figuresOf(name, typeof how === "object" ? how : {});
    if (how === false) delete this.active[name];
    else Object.assign(this.active, { [name]: figures });
    this.refresh(name);
  }

  /** Ends a fault, or all. @throws RangeError for an unknown fault */
  clear(name?: FaultName): void {
    const names = name === undefined ? Object.keys(this.active).filter(isFault) : [name];
    for (const each of names) this.fault(each, false);
  }

  /** Faults that are there now, with their figures. */
  get present(): Readonly<ActiveFaults> {
    return this.active;
  }

  sample(): PowerSample {
    return this.power.sample();
  }

  /** Volts of DC+ and DC− against PE, as seen from the station. */
  poles(): readonly [number, number] {
    return this.power.poles();
  }

  /** Nothing moves until something is commanded or happens: time may pass in one step. */
  get quiet(): boolean {
    return this.power.path.quiet;
  }

  /** Lets time pass from `from` to at most `to`; answers how far it came. */
  advance(from: Millis, to: Millis): Millis {
    return this.power.advance(from, to);
  }

  private refresh(name: FaultName): void {
    if (faults[name].part === "pilot") this.pilot.refresh();
    else this.power.refresh();
  }
}
