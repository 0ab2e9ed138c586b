import type { Machine, Step } from "./machine";

/** What a wrapped machine was asked when it answered. */
export interface Asked<State, Input, Seen> {
  readonly before: State;
  readonly input: Input;
  readonly seen: Seen;
}

type Wrap<State, Input, Effect, Seen> = (
  machine: Machine<State, Input, Effect, Seen>,
) => Machine<State, Input, Effect, Seen>;

/** Ways to make a faulty machine of a good one, in as few words as the fault has. */
export interface Wrapping<State, Input, Effect, Seen> {
  /** Changes what it does. */
  effects(
    change: (effects: readonly Effect[], asked: Asked<State, Input, Seen>, state: State) => readonly Effect[],
  ): Wrap<State, Input, Effect, Seen>;
  /** Changes what it hears, or keeps it from hearing it. */
  inputs(change: (input: Input, state: State) => Input | undefined): Wrap<State, Input, Effect, Seen>;
  /** Changes what it measures. */
  seen(change: (seen: Seen, state: State | undefined) => Seen): Wrap<State, Input, Effect, Seen>;
  /** Changes what it remembers after a step. */
  states(change: (state: State, asked: Asked<State, Input, Seen>) => State): Wrap<State, Input, Effect, Seen>;
  /** Does not hear what `left` names. */
  deafTo(left: (input: Input, state: State) => boolean): Wrap<State, Input, Effect, Seen>;
  /** Several faults in one machine, the first one innermost. */
  all(...wraps: readonly Wrap<State, Input, Effect, Seen>[]): Wrap<State, Input, Effect, Seen>;
}

export function wrapping<State, Input, Effect, Seen>(): Wrapping<State, Input, Effect, Seen> {
  type Change = (step: Step<State, Effect>, asked: Asked<State, Input, Seen>) => Step<State, Effect>;
  const steps =
    (change: Change): Wrap<State, Input, Effect, Seen> =>
    (machine) => ({
      ...machine,
      step: (before, input, seen) => change(machine.step(before, input, seen), { before, input, seen }),
    });
  const inputs: Wrapping<State, Input, Effect, Seen>["inputs"] = (change) => (machine) => ({
    ...machine,
    step: (state, input, seen) => {
      const heard = change(input, state);
      return heard === undefined ? { state, effects: [] } : machine.step(state, heard, seen);
    },
  });
  return {
    effects: (change) => steps(({ state, effects }, asked) => ({ state, effects: change(effects, asked, state) })),
    states: (change) => steps(({ state, effects }, asked) => ({ state: change(state, asked), effects })),
    inputs,
    deafTo: (left) => inputs((input, state) => (left(input, state) ? undefined : input)),
    all:
      (...wraps) =>
      (machine) =>
        wraps.reduce((made, wrap) => wrap(made), machine),
    seen: (change) => (machine) => ({
      ...machine,
      start: (seen) => machine.start(change(seen, undefined)),
      step: (state, input, seen) => machine.step(state, input, change(seen, state)),
    }),
  };
}
