import type { Cancel, Clock, Millis } from "../../../core/clock";
import type { PilotReading, PilotState } from "../../../core/pilot";
import type { Json } from "../protocol";
import type { Rig } from "./rig";

/** Times and thresholds of a status (chapter 2). */
const everyMs: Millis = 200;
const movedMs: Millis = 60;
const movedMillivolts = 100;
/** A negative plateau above this is one of a car without a diode (IEC 61851-1: −12 ± 1 V). */
const diodeVolts = -11;
const thresholds = { t12: 2400, t9: 2000, t6: 1700, t3: 1450, t0: 625, hys: 150, hys_ab: 100 };

/** What the nominal front end would read of these volts. */
const millivolts = (volts: number): number => Math.round(Math.min(3300, Math.max(0, (volts / 24 + 0.5) * 2500)));

/** The helper's report, as the plant would give it. */
export function statusForm({ plant, generator, station }: Rig, now: Millis, badLines: number): Json {
  const { state, high, low } = wireOf(plant);
  const { duty, enabled } = generator.requested;
  const oscillates = generator.out > 0 && generator.out < 100;
  const connected = state === "B" || state === "C" || state === "D";
  return {
    type: "status",
    ts: now,
    cp_mv: millivolts(high),
    cp_mv_robust: millivolts(high),
    cp_low_mv: millivolts(low),
    state,
    mode: generator.mode,
    drive: generator.drive,
    pwm: { enabled, duty, hz: 1000, out: generator.out },
    thresh: thresholds,
    cp_v: { high, low },
    diode: connected && oscillates ? (low > diodeVolts ? "missing" : "ok") : "unknown",
    contactor: station.contactor.commanded,
    bad_lines: badLines,
    tx_dropped: 0,
  };
}

const milli = (volts: number): number => Math.round(volts * 1000) / 1000;

/** State after the receiver's filter, and plateaus in volts to the millivolt. */
export function wireOf({ evsePilot }: Rig["plant"]): PilotReading {
  const { state, high, low } = evsePilot.read();
  return { state, high: milli(high), low: milli(low) };
}

export interface StatusFeedPorts {
  readonly clock: Clock;
  readonly rig: () => Rig;
  /** Composes and sends one. */
  readonly send: () => void;
  /** Another state than the one told last: the short event comes before the status. */
  readonly stateChanged: (reading: PilotReading, from: PilotState) => void;
}

/** Decides when a client that has commanded the pilot is told of it. */
export class StatusFeed {
  private begun = false;
  private told = { state: "A" as PilotState, essence: "", high: 0, low: 0, at: 0 };
  private next: Cancel | undefined;
  private readonly ports: StatusFeedPorts;

  constructor(ports: StatusFeedPorts) {
    this.ports = ports;
  }

  /** One is being sent: the next follows in its time. */
  sent(): void {
    const { clock, rig, stateChanged } = this.ports;
    const reading = wireOf(rig().plant);
    const { state, high, low } = reading;
    if (this.begun && state !== this.told.state) stateChanged(reading, this.told.state);
    this.told = { state, essence: essence(rig()), high: millivolts(high), low: millivolts(low), at: clock.now() };
    this.begun = true;
    this.plan(everyMs);
  }

  /** Something has happened: what has to be told at once is, and what can wait is planned. */
  look(): void {
    if (!this.begun) return;
    const { clock, rig, send } = this.ports;
    const { high, low } = rig().plant.evsePilot.read();
    const { told } = this;
    if (essence(rig()) !== told.essence) return send();
    const moved = Math.max(Math.abs(millivolts(high) - told.high), Math.abs(millivolts(low) - told.low));
    if (moved >= movedMillivolts) this.plan(Math.max(0, movedMs - (clock.now() - told.at)));
  }

  end(): void {
    this.next?.();
    this.begun = false;
  }

  private plan(delay: Millis): void {
    this.next?.();
    this.next = this.ports.clock.after(delay, () => this.ports.send());
  }
}

/** State, output and contactor: a change of these is told at once. */
const essence = ({ plant, generator, station }: Rig): string =>
  `${plant.evsePilot.read().state} ${generator.drive} ${generator.out} ${station.contactor.commanded}`;
