import type { Cancel, Clock } from "./clock";
import type { Expired, LogEffect, Machine, TimerEffect } from "./machine";
import type { Node, Trace } from "./trace";

type Doing = { do: string };
type Common = TimerEffect | LogEffect;

/** One function for each kind of effect but timers and log lines, which the runner performs itself. */
export type Performers<Effect extends Doing> = {
  [K in Exclude<Effect, Common>["do"]]: (effect: Extract<Effect, { do: K }>) => void;
};

export interface RunnerPorts<Effect extends Doing, Seen> {
  readonly node: Node;
  readonly clock: Clock;
  readonly trace: Trace;
  readonly seen: () => Seen;
  readonly perform: Performers<Effect>;
}

/** Runs a machine on ports: one input at a time, effects in order, timers on the clock, states and timers into the trace. */
export class Runner<State, Input extends { kind: string }, Effect extends Doing, Seen> {
  private readonly timers = new Map<string, Cancel>();
  private readonly queue: (Input | Expired)[] = [];
  private busy = false;
  private stopped = false;
  private current: State | undefined;
  private places: Readonly<Record<string, string>> = {};

  private readonly machine: Machine<State, Input | Expired, Effect | Common, Seen>;
  private readonly ports: RunnerPorts<Effect, Seen>;

  constructor(machine: Machine<State, Input | Expired, Effect | Common, Seen>, ports: RunnerPorts<Effect, Seen>) {
    this.machine = machine;
    this.ports = ports;
  }

  get state(): State {
    if (this.current === undefined) throw new Error("the machine has not been started");
    return this.current;
  }

  start(): void {
    this.busy = true;
    this.take(this.machine.start(this.ports.seen()), "start");
    this.drain();
  }

  dispatch(input: Input | Expired): void {
    if (this.stopped) return;
    this.queue.push(input);
    if (!this.busy) this.drain();
  }

  /** No more inputs and no running timers: the peer is gone as if its process had been killed. */
  stop(): void {
    this.stopped = true;
    this.queue.length = 0;
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
  }

  /** Names of the timers that are running. */
  runningTimers(): string[] {
    return [...this.timers.keys()];
  }

  private drain(): void {
    this.busy = true;
    try {
      for (let input = this.queue.shift(); input; input = this.queue.shift()) {
        this.take(this.machine.step(this.state, input, this.ports.seen()), because(input));
      }
    } finally {
      this.busy = false;
    }
  }

  private take(step: { state: State; effects: readonly (Effect | Common)[] }, reason: string): void {
    this.current = step.state;
    const { node, trace } = this.ports;
    const places = this.machine.at(step.state);
    for (const machine of Object.keys(places)) {
      const from = this.places[machine] ?? "";
      const to = places[machine] ?? "";
      if (from !== to) trace.record(node, { type: "state", machine, from, to, because: reason });
    }
    this.places = places;
    for (const effect of step.effects) this.perform(effect);
  }

  private perform(effect: Effect | Common): void {
    const { node, trace, perform } = this.ports;
    const common = effect as Common;
    if (common.do === "arm") this.arm(common.timer, common.ms);
    else if (common.do === "disarm") this.disarm(common.timer);
    else if (common.do === "log") {
      const { level, text, fields } = common;
      trace.record(node, { type: "log", level, text, ...(fields && { fields }) });
    } else (perform[effect.do as keyof typeof perform] as (effect: Effect) => void)(effect as Effect);
  }

  private arm(timer: string, ms: number): void {
    this.timers.get(timer)?.();
    const { node, clock, trace } = this.ports;
    trace.record(node, { type: "timer", name: timer, op: "arm", ms });
    this.timers.set(
      timer,
      clock.after(ms, () => {
        this.timers.delete(timer);
        trace.record(node, { type: "timer", name: timer, op: "expire", ms });
        this.dispatch({ kind: "expired", timer });
      }),
    );
  }

  private disarm(timer: string): void {
    const cancel = this.timers.get(timer);
    if (!cancel) return;
    cancel();
    this.timers.delete(timer);
    this.ports.trace.record(this.ports.node, { type: "timer", name: timer, op: "disarm" });
  }
}

function because(input: { kind: string }): string {
  const named = input as { kind: string; timer?: string; name?: string; message?: { name: string }; state?: string };
  const detail = named.timer ?? named.message?.name ?? named.name ?? named.state;
  return detail === undefined ? input.kind : `${input.kind} ${detail}`;
}
