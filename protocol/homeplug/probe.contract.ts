import { readFileSync } from "node:fs";
import { hex, type Step, unhex } from "../../core";
import {
  type DecodedMme,
  decodeMme,
  type MmeName,
  type SlacEffect,
  type SlacEvent,
  type SlacInput,
  type SlacSeen,
} from "./index";

type Steps<S> = (state: S, input: SlacInput, seen: SlacSeen) => Step<S, SlacEffect>;

/** Holds one SLAC machine by the hand: inputs in, and what it sent, told and armed since the last input out. */
export class Probe<S> {
  state: S;
  now = 0;
  sent: DecodedMme[] = [];
  frames: string[] = [];
  told: SlacEvent[] = [];
  logged: { level: string; text: string; fields?: object }[] = [];
  readonly timers = new Map<string, number>();
  private readonly steps: Steps<S>;
  private readonly place: (state: S) => string;
  private readonly draws: string[] = [];
  private drawn = 0;

  constructor(start: (seen: SlacSeen) => Step<S, SlacEffect>, steps: Steps<S>, place: (state: S) => string) {
    this.steps = steps;
    this.place = place;
    const first = start(this.seen());
    this.state = first.state;
    this.perform(first.effects);
  }

  /** The next draw of as many octets as this gives exactly this, instead of counted ones. */
  draw(octets: string): this {
    this.draws.push(octets);
    return this;
  }

  get at(): string {
    return this.place(this.state);
  }

  take(input: SlacInput): this {
    this.sent = [];
    this.frames = [];
    this.told = [];
    this.logged = [];
    const { state, effects } = this.steps(this.state, input, this.seen());
    this.state = state;
    this.perform(effects);
    return this;
  }

  hear(frame: Uint8Array): this {
    return this.take({ kind: "mme", frame });
  }

  /** Lets this timer run out now; it must be running. */
  expire(timer: string): this {
    const name = `slac.${timer}`;
    const due = this.timers.get(name);
    if (due === undefined) throw new Error(`${name} does not run; ${[...this.timers.keys()].join(", ")} do`);
    this.now = Math.max(this.now, due);
    this.timers.delete(name);
    return this.take({ kind: "expired", timer: name });
  }

  names(): MmeName[] {
    return this.sent.map(({ name }) => name);
  }

  running(): string[] {
    return [...this.timers.keys()].map((name) => name.replace("slac.", "")).sort();
  }

  private seen(): SlacSeen {
    return {
      now: this.now,
      random: (length) => {
        const index = this.draws.findIndex((octets) => octets.length === 2 * length);
        if (index >= 0) return unhex(this.draws.splice(index, 1)[0] ?? "");
        return new Uint8Array(length).fill(++this.drawn & 0xff);
      },
    };
  }

  private perform(effects: readonly SlacEffect[]): void {
    for (const effect of effects) {
      if (effect.do === "arm") this.timers.set(effect.timer, this.now + effect.ms);
      else if (effect.do === "disarm") this.timers.delete(effect.timer);
      else if (effect.do === "tell") this.told.push(effect.event);
      else if (effect.do === "mme") this.record(effect.frame);
      else this.logged.push(effect);
    }
  }

  private record(frame: Uint8Array): void {
    const message = decodeMme(frame);
    if (message.kind !== "Mme") throw new Error(`sent a frame that is none: ${hex(frame)}`);
    this.sent.push(message);
    this.frames.push(hex(frame));
  }
}

/** One captured frame, its 802.1Q tag taken off as a host never sees it. */
export interface Captured {
  readonly id: string;
  readonly frame: Uint8Array;
  readonly message: DecodedMme;
  readonly vlan: number | undefined;
}

/** The frames of one capture, by the beginning of their ids. */
export function captured(path: string, prefix: string): Captured[] {
  const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
  return lines
    .map((line) => JSON.parse(line) as { id: string; hex: string })
    .filter(({ id }) => id.startsWith(`${prefix}-`))
    .map(({ id, hex: text }) => {
      const tagged = decodeMme(unhex(text));
      if (tagged.kind !== "Mme") throw new Error(`${id} does not decode`);
      const { vlan } = tagged;
      const frame = vlan === undefined ? unhex(text) : unhex(text.slice(0, 24) + text.slice(32));
      const message = decodeMme(frame);
      if (message.kind !== "Mme") throw new Error(`${id} does not decode without its tag`);
      return { id, frame, message, vlan };
    });
}
