import type { Millis } from "../../core/clock";
import type { LogEffect, Step } from "../../core/machine";
import type { PilotDrive, PilotState } from "../../core/pilot";
import { type PowerInput, stepPower } from "../power";
import type { Station, StationEffect, StationSeen } from "../state";
import { type TimerName, timers } from "../timers";

/** What the pilot shows while nobody is called. */
export const idle: PilotDrive = { out: "x1" };

/** What it shows after an emergency: nothing is to be had here (S04). */
export const alarm: PilotDrive = { out: "f" };

/**
 * One step of the station under way: its state so far and what is to be done, which the parts add to in the order in which they concern
 * each other. Lives for one step only.
 */
export class Turn {
  state: Station;
  readonly effects: StationEffect[] = [];
  readonly seen: StationSeen;

  constructor(state: Station, seen: StationSeen) {
    this.state = state;
    this.seen = seen;
  }

  done(): Step<Station, StationEffect> {
    return { state: this.state, effects: this.effects };
  }

  set(change: Partial<Station>): void {
    this.state = { ...this.state, ...change };
  }

  does(...effects: readonly StationEffect[]): void {
    this.effects.push(...effects);
  }

  drive(drive: PilotDrive): void {
    this.does({ do: "drive", drive });
  }

  arm(timer: keyof typeof timers): void {
    this.does({ do: "arm", timer, ms: timers[timer] });
  }

  disarm(...names: readonly TimerName[]): void {
    this.does(...names.map((timer) => ({ do: "disarm", timer }) as const));
  }

  log(level: LogEffect["level"], text: string, fields?: object): void {
    this.does({ do: "log", level, text, ...(fields && { fields }) });
  }

  /** How long the pilot has left B, when it is back there; a toggle of the car, if that was neither too long nor too short. */
  toggled(pilot: PilotState): Millis | undefined {
    const { toggledAt, ...rest } = this.state;
    if (pilot !== "B") this.set({ toggledAt: toggledAt ?? this.seen.now });
    else this.state = rest;
    return pilot !== "B" || toggledAt === undefined ? undefined : this.seen.now - toggledAt;
  }

  power(input: PowerInput): void {
    const { state, effects } = stepPower(this.state.power, input, this.seen.power);
    this.set({ power: state });
    this.does(...effects);
  }
}
