import type { Millis } from "./clock";

/** What a step answers: the next state and what is to be done. */
export interface Step<State, Effect> {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** Timers are armed and cancelled by effect and come back as an input. Arming one that runs restarts it. */
export type TimerEffect = { do: "arm"; timer: string; ms: Millis } | { do: "disarm"; timer: string };
export type Expired = { kind: "expired"; timer: string };

/** Structured log line of a machine; the runner stamps it. */
export type LogEffect = { do: "log"; level: "debug" | "info" | "warn" | "error"; text: string; fields?: object };

/**
 * A peer without sockets, clocks or promises. `seen` is what the ports can be asked at this instant (time, measured values, fresh
 * random bytes): with the same arguments a step always answers the same.
 */
export interface Machine<State, Input, Effect, Seen> {
  start(seen: Seen): Step<State, Effect>;
  step(state: State, input: Input, seen: Seen): Step<State, Effect>;
  /** Where each of its parts stands, by part: `{ station: "AwaitVehicle", session: "AwaitSessionSetupReq" }`. */
  at(state: State): Readonly<Record<string, string>>;
}
