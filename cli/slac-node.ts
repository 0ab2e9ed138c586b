import type { Clock } from "../core/clock";
import type { Entropy } from "../core/entropy";
import type { Link } from "../core/link";
import type { Step } from "../core/machine";
import { Runner } from "../core/runner";
import type { Trace } from "../core/trace";
import * as car from "../evcc/slac";
import {
  macOf,
  type SlacEffect,
  type SlacEvent,
  type SlacInput,
  type SlacSeen,
  tracedLink,
} from "../protocol/homeplug";
import * as station from "../secc/slac";

export type SlacRole = "evse" | "ev";
export type SlacOptions = Partial<Omit<station.SlacOptions & car.SlacOptions, "mac">>;

interface Part<State> {
  readonly node: "secc" | "evcc";
  start(options: car.SlacOptions & station.SlacOptions, seen: SlacSeen): Step<State, SlacEffect>;
  step(state: State, input: SlacInput, seen: SlacSeen): Step<State, SlacEffect>;
  at(state: State): string;
}

const evse: Part<station.SlacState> = {
  node: "secc",
  start: station.startSlac,
  step: station.stepSlac,
  at: station.atSlac,
};
const ev: Part<car.SlacState> = { node: "evcc", start: car.startSlac, step: car.stepSlac, at: car.atSlac };

export interface SlacPorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly trace: Trace;
  readonly link: Link;
}

/** One end of a match with no pilot: as if the plug had been in from the start. */
export class SlacNode {
  private readonly dispatch: (input: SlacInput) => void;
  private readonly halt: () => void;

  /** @param tell hears what the machine has to say: that it has matched, or given up */
  constructor(role: SlacRole, ports: SlacPorts, options: SlacOptions, tell: (event: SlacEvent) => void) {
    const { runner, start } = role === "evse" ? run(evse, ports, options, tell) : run(ev, ports, options, tell);
    this.dispatch = (input) => runner.dispatch(input);
    this.halt = () => runner.stop();
    start();
  }

  /** Matches anew after a match that has come to nothing. */
  plug(): void {
    this.dispatch({ kind: "plugged" });
  }

  stop(): void {
    this.halt();
  }
}

function run<State>(part: Part<State>, ports: SlacPorts, options: SlacOptions, tell: (event: SlacEvent) => void) {
  const { clock, entropy, trace, link } = ports;
  const mac = macOf(link.mac);
  let send: (frame: Uint8Array) => void = () => undefined;
  const runner = new Runner<State, SlacInput, SlacEffect, SlacSeen>(
    {
      start: (seen) => part.start({ ...options, mac }, seen),
      step: part.step,
      at: (state) => ({ slac: part.at(state) }),
    },
    {
      node: part.node,
      clock,
      trace,
      seen: () => ({ now: clock.now(), random: (length) => entropy.bytes(length) }),
      perform: { mme: ({ frame }) => send(frame), tell: ({ event }) => tell(event) },
    },
  );
  ({ send } = tracedLink(link, part.node, trace, (frame) => runner.dispatch({ kind: "mme", frame })));
  link.onState((up) => up && runner.dispatch({ kind: "modemRestarted" }));
  const start = (): void => {
    runner.start();
    runner.dispatch({ kind: "plugged" });
  };
  return { runner, start };
}
