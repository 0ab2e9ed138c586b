import type { Params } from "./schemas";

/** Why something is not done now; it becomes status 409. */
export interface Refusal {
  readonly refused: string;
}

/** Undefined when it is done or under way. */
export type Outcome = Refusal | undefined;

/**
 * What an operator may do to the station that the interface stands before: real, or simulated with a car at hand. Everything goes
 * through the station's own inputs; nothing reaches the power path past its machine.
 */
export interface Operator {
  /** Only a simulation can break things and move the car's pilot. */
  readonly simulation?: Simulation;
  /** The pilot's helper, where there is one. */
  readonly helper?: Helper;
  /** A session may begin: with a real vehicle this authorises it, a simulated one comes and charges as `params` say. */
  start(params: Params): Outcome;
  stop(): void;
  emergency(reason: string): void;
  /** Percent. */
  pwm(duty: number): Outcome;
  match(): Outcome;
  /** High-level communication may begin. */
  open(): Outcome;
}

export interface Simulation {
  /** Faults that the plant can have, with what each one is. */
  readonly faults: Readonly<Record<string, string>>;
  /** Those it has now. */
  present(): readonly string[];
  fault(name: string): void;
  /** All of them without a name. */
  clear(name?: string): void;
  /** State of the pilot as the car makes it; E is a short to PE. */
  pilot(state: "A" | "B" | "C" | "D" | "E"): Outcome;
}

/** Answers are the helper's own. */
export interface Helper {
  ping(): Promise<object>;
  restartSlac(ms: number): Promise<object>;
  mode(mode: "dc" | "manual"): Promise<object>;
  pwm(duty: number, enable: boolean): Promise<object>;
}
