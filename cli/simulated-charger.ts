import type { Cancel, Clock, Millis } from "../core/clock";
import type { Entropy } from "../core/entropy";
import type { PilotReading } from "../core/pilot";
import type { PowerPath } from "../core/power";
import type { Trace } from "../core/trace";
import { wrapping } from "../core/wrapping";
import { type FaultName, faults, isFault, type Plant } from "../drivers/virtual/plant";
import { VirtualPowerline } from "../drivers/virtual/powerline";
import type { Car, CarEffect, CarInput, CarSeen } from "../evcc/car";
import { defaultConfig as defaultCar, type EvccConfig } from "../evcc/config";
import { type CarMachine, CarNode } from "../evcc/node";
import { physical } from "../protocol/v2g";
import { type Helper, type Operator, type Outcome, type Params, type Simulation, watched } from "../secc/api";
import { defaultConfig, type SeccConfig } from "../secc/config";
import { StationNode } from "../secc/node";
import { blended, type RealPilot } from "./real-pilot";
import { simulatedHelper } from "./simulated-helper";
import { runningPlant } from "./simulated-plant";

interface Ports {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly entropy: Entropy;
}

/** A vehicle that is only stood there, not told what to charge. */
const atHand: Params = { target_voltage: 400, initial_current: 50, duration_s: 60 };

/** After these seconds of charging a simulated vehicle asks for no more than so many amperes. */
const taper = { after: 5_000, amperes: 30 } as const;
/** The plug is out for a moment before it is put in again: longer than the receiver of the pilot filters. */
const pause: Millis = 300;
const afterwards: Millis = 1_500;
const cellVolts = 3.63;
const ohms = 0.05;

/** Cars of any voltage down to 20 V are served, and nobody is authorised but by the operator. */
export const simulatedStation: Partial<SeccConfig> = {
  authorisation: "external",
  limits: { ...defaultConfig.limits, minimumVoltage: 0, minimumCurrent: 0 },
};

/**
 * A station with a car at hand, the line between their modems and the plant between their connectors, in one process and in real
 * time. The station is the product's own, driven through its inputs only; what happens at the car's end is for the operator to say, or
 * for a real pilot to show.
 */
export class SimulatedCharger implements Operator {
  readonly plant: Plant;
  readonly pilot: ReturnType<typeof watched>;
  readonly station: StationNode;
  readonly power: PowerPath;
  readonly config: SeccConfig;
  readonly simulation?: Simulation;
  readonly helper: Helper;
  private readonly line: VirtualPowerline;
  private readonly car: CarNode;
  private params: Params = atHand;
  private chargingSince: Millis | undefined;
  private readonly halt: () => void;
  private readonly ports: Ports;
  private readonly real: RealPilot | undefined;
  /** Calls off a car that is to be plugged in. */
  private coming: Cancel | undefined;
  /** An operator has let the next vehicle charge that the real pilot shows. */
  private awaited = false;

  /** @param real a pilot that is not simulated */
  constructor(ports: Ports, config: Partial<SeccConfig>, real?: RealPilot) {
    const { clock, trace, entropy } = ports;
    this.ports = ports;
    this.real = real;
    const { plant, stop } = runningPlant(clock, trace, entropy);
    this.plant = plant;
    this.halt = stop;
    this.pilot = watched(real ? blended(real.pilot, plant.evsePilot) : plant.evsePilot);
    this.power = real ? real.power(plant.powerPath) : plant.powerPath;
    this.line = new VirtualPowerline({ clock, entropy, attenuationDb });
    const outlet = this.line.modem({ name: "station", role: "evse", hostMac: mac("5E"), mac: modemMac("5E") });
    const inlet = this.line.modem({ name: "car", role: "ev", hostMac: mac("EE"), mac: modemMac("EE") });
    this.config = { ...defaultConfig, ...simulatedStation, address: outlet.network.address, ...config };
    this.station = new StationNode({ ...ports, ...outlet, pilot: this.pilot, power: this.power }, this.config);
    this.car = new CarNode({ ...ports, ...inlet, pilot: plant.evPilot, inlet: plant.inlet }, this.carConfig(), (it) =>
      this.asTold(it),
    );
    if (!real) this.simulation = this.simulated();
    const drive = (duty: number): Outcome => this.pwm(duty);
    this.helper = real?.helper ?? simulatedHelper(this.pilot, drive, (ms) => this.replug(ms));
    real?.pilot.onChange((reading) => this.follow(reading));
    if (real) this.follow(real.pilot.read());
    trace.onEvent((event) => {
      if (event.node === "secc" && event.type === "v2g" && event.name === "CurrentDemandReq") this.charging();
      if (event.node === "evcc" && event.type === "state" && event.machine === "car" && event.to === "AwaitUnplug")
        clock.after(afterwards, () => this.leave());
    });
  }

  start(params: Params): Outcome {
    const over = this.car.state.at === "AwaitUnplug";
    if (this.plant.sample().locked && (this.real || !over)) return { refused: "the plug is locked" };
    const waiting = this.plant.plugged && !over;
    if (this.real && this.plant.plugged && !waiting) return { refused: "the last vehicle is still plugged in" };
    this.params = params;
    if (waiting) this.furnish();
    if (this.real) {
      this.awaited = true;
      this.follow(this.real.pilot.read());
      return undefined;
    }
    const authorise = (): void => this.station.stimulus("authorise");
    if (this.plant.plugged && !waiting) this.whenFree(() => this.replug(pause, authorise));
    else if (!waiting) this.plug(authorise);
    // The session is seen to begin now; what is said while the last plug is still in does not last.
    authorise();
    return undefined;
  }

  stop(): void {
    this.awaited = false;
    this.coming?.();
    this.station.stimulus("stop");
    if (this.car.state.at !== "InSession") this.car.stimulus("stop");
  }

  emergency(reason: string): void {
    this.coming?.();
    this.station.emergency(reason);
  }

  pwm(duty: number): Outcome {
    this.station.drive(duty);
    return undefined;
  }

  match(): Outcome {
    if (!this.plant.plugged) return { refused: "no vehicle is plugged in" };
    if (this.real) void this.real.helper.restartSlac(pause).catch(() => undefined);
    else this.replug(pause);
    return undefined;
  }

  open(): Outcome {
    if (!this.plant.plugged && !this.real) this.plug();
    return undefined;
  }

  /** A simulated car is where the real pilot has one. */
  private follow({ state }: PilotReading): void {
    if (state === "A") return this.unplug();
    if (state === "E" || state === "F") return;
    if (!this.plant.plugged) {
      this.furnish();
      this.plant.plug();
      this.line.setPlugged(true);
    }
    if (this.awaited) this.station.stimulus("authorise");
    this.awaited = false;
  }

  private simulated(): Simulation {
    const { plant } = this;
    return {
      faults: Object.fromEntries(Object.entries(faults).map(([name, { gist }]) => [name, gist])),
      present: () => Object.keys(plant.present),
      fault: (name) => isFault(name) && plant.fault(name),
      clear: (name) => plant.clear(name as FaultName | undefined),
      pilot: (state) => this.present(state),
    };
  }

  /** C and D are the car's own doing while its computer talks; A pulls the plug out, by force where it is locked. */
  private present(state: "A" | "B" | "C" | "D" | "E"): Outcome {
    this.plant.fault("cpPeShort", state === "E");
    if (state === "A") this.unplug();
    if (state === "A" || state === "E") return undefined;
    this.plug();
    this.plant.evPilot.present(state);
    return undefined;
  }

  /** No timers, no connections: the process may end. */
  close(): void {
    this.car.kill();
    this.station.kill();
    this.real?.close();
    this.halt();
  }

  private charging(): void {
    if (this.chargingSince !== undefined) return;
    const since = this.ports.clock.now();
    this.chargingSince = since;
    const enough = (): void => {
      if (this.chargingSince === since) this.car.stimulus("stop");
    };
    this.ports.clock.after(this.params.duration_s * 1000, enough);
  }

  /** The plug of a session that is over may be held until its outlet has discharged. */
  private whenFree(then: () => void): void {
    this.coming?.();
    if (!this.plant.sample().locked) return then();
    this.coming = this.ports.clock.after(afterwards, () => this.whenFree(then));
  }

  private replug(ms: Millis, then: () => void = () => undefined): void {
    this.unplug();
    this.coming?.();
    this.coming = this.ports.clock.after(ms, () => this.plug(then));
  }

  private unplug(): void {
    this.plant.unplug("by force");
    this.line.setPlugged(false);
  }

  /** The session is over: the plug comes out as soon as it is let go. */
  private leave(): void {
    if (this.real || this.car.state.at !== "AwaitUnplug") return;
    if (this.plant.sample().locked) this.ports.clock.after(afterwards, () => this.leave());
    else this.unplug();
  }

  /** A station that has not seen the plug out yet, as while it shows F (S04), would not see it come: it is put in when it has. */
  private plug(then: () => void = () => undefined): void {
    if (this.plant.plugged) return;
    if (this.pilot.read().state !== "A") return this.whenVacant(() => this.plug(then));
    this.furnish();
    this.plant.plug();
    this.line.setPlugged(true);
    then();
  }

  private whenVacant(then: () => void): void {
    const unsubscribe = this.pilot.onChange(({ state }) => {
      if (state !== "A") return;
      unsubscribe();
      then();
    });
    this.coming = unsubscribe;
  }

  /** The car gets the battery that what was asked for needs. */
  private furnish(): void {
    const { target_voltage: volts, initial_current: amperes } = this.params;
    this.chargingSince = undefined;
    const open = Math.max(1, volts - amperes * ohms);
    this.plant.replaceBattery({
      cellsInSeries: open / cellVolts,
      wattHours: Math.max(500, volts * 150),
      soc: 35,
      ohms,
    });
  }

  private carConfig(): EvccConfig {
    const { target_voltage: volts, initial_current: amperes } = this.params;
    return {
      ...defaultCar,
      maximumVoltage: Math.max(60, Math.ceil(volts * 1.1)),
      maximumCurrent: Math.max(1, amperes),
      maximumPower: Math.max(1_000, Math.ceil(volts * 1.1 * amperes)),
      targetCurrent: amperes,
      contactorTolerance: Math.min(20, Math.max(2, volts / 20)),
      stopAt: {},
    };
  }

  /** The car that is described by what was asked for last, with less current after a while, as batteries want it. */
  private asTold(machine: CarMachine): CarMachine {
    const wrap = wrapping<Car, CarInput, CarEffect, CarSeen>();
    const configured = wrap.states(({ session, ...state }) => {
      const config = this.carConfig();
      return { ...state, config, ...(session && { session: { ...session, config } }) };
    });
    return wrap.effects((effects, { seen }) => effects.map((effect) => this.tapered(effect, seen.now)))(
      configured(machine),
    );
  }

  private tapered(effect: CarEffect, now: Millis): CarEffect {
    if (effect.do !== "send" || effect.message.name !== "CurrentDemandReq") return effect;
    const { message } = effect;
    const early = now - (this.chargingSince ?? now) < taper.after;
    if (early || message.body.ChargingComplete) return effect;
    const EVTargetCurrent = physical(Math.min(this.params.initial_current, taper.amperes), "A");
    return { ...effect, message: { ...message, body: { ...message.body, EVTargetCurrent } } };
  }
}

/** Of a cable of some metres, in dB: high carriers suffer more. */
const attenuationDb = (_: string, __: string, group: number): number =>
  Math.round(11 + group / 7 + 3 * Math.sin(group / 4));

const mac = (group: string): string => `02:00:00:00:${group}:01`;
const modemMac = (group: string): string => `02:B0:52:00:${group}:01`;
