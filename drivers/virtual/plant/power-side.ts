import type { Clock, Millis } from "../../../core/clock";
import { Listeners } from "../../../core/listeners";
import type { Inlet, InletReading, PowerFault, PowerPath, PowerReading } from "../../../core/power";
import type { PowerSample } from "../../../core/trace";
import { Actuator } from "./actuator";
import { Battery } from "./battery";
import type { BatteryConfig, PlantConfig } from "./config";
import { DcPath } from "./dc-path";
import type { ActiveFaults } from "./faults";
import { insulation, type Wiring } from "./insulation";
import { IsolationMonitor } from "./isolation";
import type { Later } from "./later";
import { Protection } from "./protection";
import { Recorder } from "./recorder";
import { Contacts } from "./thermal";

export interface PowerSidePorts {
  readonly clock: Clock;
  readonly later: Later;
  readonly faults: ActiveFaults;
  readonly record: (sample: PowerSample) => void;
}

/** Longest sub-step while anything moves. */
const subStep: Millis = 1;

/** The power path with both of its ends: what is commanded, what moves by itself, and who is told. */
export class PowerSide {
  readonly powerPath: PowerPath;
  readonly inlet: Inlet;
  readonly path: DcPath;
  private time: Millis;
  private plugged = false;
  /** What was written last. */
  private last: PowerSample;
  /** Joules delivered when the connector was plugged in: the meter counts from there. */
  private meterStart = 0;
  private readonly battery: Battery;
  private readonly evse: Actuator;
  private readonly ev: Actuator;
  private readonly latch: Actuator;
  private readonly monitor: IsolationMonitor;
  private readonly contacts: Contacts;
  private readonly protection = new Protection();
  private readonly recorder: Recorder;
  private readonly config: PlantConfig;
  private readonly ports: PowerSidePorts;
  private readonly stationListeners = new Listeners<[PowerReading, PowerFault?]>();
  private readonly carListeners = new Listeners<[InletReading]>();
  private readonly squares = (): number => this.path.takeSquares();

  constructor(config: PlantConfig, ports: PowerSidePorts) {
    this.config = config;
    this.ports = ports;
    this.time = ports.clock.now();
    this.battery = new Battery(config.battery);
    this.path = new DcPath(config, this.battery);
    this.contacts = new Contacts(config.contacts, config.path.contactOhms, ports.faults);
    this.recorder = new Recorder(config.record);
    this.evse = this.actuator("evseContactor", () => this.change(() => this.path.setEvse(this.evse.closed)));
    this.ev = this.actuator("evContactor", () => this.change(() => this.path.setEv(this.ev.closed)));
    this.latch = this.actuator("lock", () => this.change(() => undefined));
    this.latch.jam("stuck");
    this.monitor = new IsolationMonitor(ports.clock, config.isolation, {
      measure: () => insulation(config.isolation, ports.faults, this.wiring()),
      changed: () => this.change(() => undefined),
    });
    this.powerPath = this.stationEnd();
    this.inlet = this.carEnd();
    this.last = this.sample();
  }

  get locked(): boolean {
    return this.latch.closed;
  }

  setBattery(config: BatteryConfig): void {
    this.change(() => this.battery.become(config));
  }

  setPlugged(plugged: boolean): void {
    this.change(() => {
      this.plugged = plugged;
      this.path.setPlugged(plugged);
      if (plugged) this.meterStart = this.path.ledger.delivered;
      else this.latch.move(false);
    });
    this.refresh();
  }

  /** The pilot was lost or the supply switched off: what follows is written finely. */
  shutdown(): void {
    this.recorder.shutdown(this.ports.clock.now());
  }

  /** Faults came or went. */
  refresh(): void {
    const { faults } = this.ports;
    this.change(() => {
      const { supply } = this.path;
      supply.dead = !!faults.supplyDead;
      supply.voltsOffset = faults.supplyVoltageOffset?.volts ?? 0;
      supply.amperesOffset = faults.supplyCurrentOffset?.amperes ?? 0;
      supply.setDeaf(!!faults.supplyStuckOn);
      this.path.setFlaws(faults);
    });
    this.evse.jam(faults.evseContactorWelded ? "welded" : faults.evseContactorStuck ? "stuck" : undefined);
    this.ev.jam(faults.evContactorWelded ? "welded" : faults.evContactorStuck ? "stuck" : undefined);
    const bolt = !this.plugged || faults.lockStuck || faults.lockLost;
    this.latch.jam(bolt ? "stuck" : faults.lockJammed ? "held" : undefined);
    if (faults.lockLost) this.latch.move(false);
    for (const defect of ["imdAbsent", "imdSelfTest", "imdSilent"] as const) {
      this.monitor.defect(defect, !!faults[defect]);
    }
    this.watchHeat();
  }

  sample(): PowerSample {
    this.catchUp();
    const { path, battery } = this;
    return {
      outlet: round(path.outlet, 1e3),
      inlet: round(path.inlet, 1e3),
      battery: round(path.terminal, 1e3),
      current: round(path.current, 1e3),
      evseContactor: this.evse.closed,
      evContactor: this.ev.closed,
      supply: path.supply.on,
      locked: this.latch.closed,
      isolation: this.monitor.status,
      energy: round(this.energy, 1e4),
      soc: round(battery.soc, 1e4),
    };
  }

  /** Volts of both poles against PE. */
  poles(): readonly [number, number] {
    this.catchUp();
    return insulation(this.config.isolation, this.ports.faults, this.wiring()).poles;
  }

  /** As `Process` of the virtual clock has it; independent of it. */
  advance(from: Millis, to: Millis): Millis {
    let now = Math.max(from, this.time);
    if (to > now && this.path.quiet) {
      this.pass(to - now);
      now = to;
    }
    while (now < to) {
      const length = Math.min(subStep, to - now);
      this.pass(length);
      now = length < subStep ? to : now + length;
      const fault = this.protection.check(this.path, length / 1000);
      const { outlet, current, quiet, supply } = this.path;
      const due = this.recorder.due(now, outlet, current, supply.ramping);
      if (fault || quiet || due) return this.stop(now, fault);
    }
    this.time = Math.max(to, this.time);
    return to;
  }

  private get energy(): number {
    return (this.path.ledger.delivered - this.meterStart) / 3600;
  }

  private pass(time: Millis): void {
    this.path.step(time / 1000);
    this.contacts.pass(time, this.squares);
  }

  /** Ends an advance at `now`, where something is to be written or told. */
  private stop(now: Millis, fault: PowerFault | undefined): Millis {
    this.time = now;
    this.ports.later.call(
      () => {
        this.record();
        this.watchHeat();
        if (fault) this.tellStation(fault);
      },
      Math.max(0, now - this.ports.clock.now()),
    );
    return now;
  }

  /** Where the clock does not advance us before every callback, we come up to its time ourselves. */
  private catchUp(): void {
    const now = this.ports.clock.now();
    while (this.time < now) this.advance(this.time, now);
  }

  /** A discrete change: written before and after where it makes a step, and told. */
  private change(act: () => void): void {
    this.catchUp();
    // An actuator has moved already: what it was like before stands in the last sample.
    const { evseContactor, evContactor, supply, locked, isolation } = this.last;
    const before = { ...this.sample(), evseContactor, evContactor, supply, locked, isolation };
    act();
    const { outlet, current } = this.path;
    if (Math.abs(outlet - before.outlet) > 1 || Math.abs(current - before.current) > 1) {
      this.ports.record(before);
      this.recorder.jump();
    }
    this.record();
    const now = this.last;
    if (locked !== now.locked || isolation !== now.isolation || evseContactor !== now.evseContactor) this.tellStation();
    if (locked !== now.locked || evContactor !== now.evContactor) this.tellCar();
  }

  private record(): void {
    this.recorder.recorded(this.ports.clock.now(), this.path.outlet, this.path.current);
    this.last = this.sample();
    this.ports.record(this.last);
  }

  private tellCar(): void {
    this.ports.later.call(() => this.carListeners.tell(this.inlet.read()));
  }

  private tellStation(fault?: PowerFault): void {
    this.ports.later.call(() => this.stationListeners.tell(this.powerPath.read(), fault));
  }

  private watchHeat(): void {
    if (this.contacts.tooHot()) this.tellStation("OverTemperature");
  }

  private wiring(): Wiring {
    const cable = this.evse.closed;
    return { volts: cable ? this.path.outlet : this.path.capacitor, cable, inlet: cable && this.plugged };
  }

  private actuator(times: "evseContactor" | "evContactor" | "lock", moved: () => void): Actuator {
    const { [times]: travel, feedbackMs } = this.config.actuators;
    const disobeyed = (closed: boolean): void => {
      if (times === "evseContactor") this.tellStation(closed ? "ContactorWelded" : "ContactorStuck");
      else if (times === "lock" && !closed) this.tellStation("LockLost");
    };
    return new Actuator({ clock: this.ports.clock, times: travel, feedbackMs, moved, disobeyed });
  }

  private stationEnd(): PowerPath {
    return {
      supply: (target) => this.switchSupply(target),
      contactor: (closed) => this.evse.command(closed),
      measureIsolation: (on) => this.monitor.run(on),
      lock: (locked) => this.latch.command(locked),
      read: () => this.stationReading(),
      onChange: (listener) => this.stationListeners.add(listener),
    };
  }

  private switchSupply(target: { voltage: number; current: number } | "off"): void {
    this.catchUp();
    const { supply } = this.path;
    const was = supply.on;
    const act = (): void => {
      if (target === "off") supply.stop();
      else supply.start(target.voltage, target.current, this.path.capacitor);
      this.path.switched();
    };
    if (was && target === "off") this.shutdown();
    if (was === (target !== "off")) act();
    else this.change(act);
  }

  private stationReading(): PowerReading {
    this.catchUp();
    const { path, evse, latch, monitor } = this;
    const error = this.ports.faults.measurementOffset;
    return {
      voltage: path.outlet + (error?.volts ?? 0),
      current: path.current + (error?.amperes ?? 0),
      energy: this.energy,
      contactor: evse.closed,
      supply: path.supply.on,
      locked: latch.closed,
      isolation: monitor.status,
      poles: this.poles(),
      temperatures: this.contacts.temperatures,
    };
  }

  private carEnd(): Inlet {
    return {
      contactor: (closed) => this.ev.command(closed),
      read: () => {
        this.catchUp();
        const { path, battery, ev, latch } = this;
        return {
          voltage: path.inlet,
          batteryVoltage: path.terminal,
          current: path.batteryCurrent,
          soc: battery.soc,
          contactor: ev.closed,
          locked: latch.closed,
        };
      },
      onChange: (listener) => this.carListeners.add(listener),
    };
  }
}

const round = (value: number, scale: number): number => Math.round(value * scale) / scale;
