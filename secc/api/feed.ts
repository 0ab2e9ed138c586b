import type { Cancel, Clock, Millis } from "../../core/clock";
import type { PilotDrive } from "../../core/pilot";
import type { EventOf, Trace, TraceEvent } from "../../core/trace";
import { at, type Fields } from "./fields";
import type { Operator } from "./operator";
import type { StationView } from "./view";

export interface FeedPorts {
  readonly clock: Clock;
  readonly trace: Trace;
  /** What the station puts on the pilot, where that is known. */
  readonly driven: () => PilotDrive | undefined;
  readonly wall: () => Date;
}

/** Takes one event; false when it cannot take any more. */
export type Listener = (event: string, data: object) => boolean;

/** One point of the curves: time of the clock, volts, amperes, percent, pilot state. */
type Point = readonly [t: Millis, volts: number, amperes: number, soc: number | null];

const interval: Millis = 250;
const keptPoints = 1200;
const keptNews = 150;
const mostListeners = 16;

/**
 * What happens, for everybody who watches: messages and notes as they come, a snapshot four times a second. Somebody who comes later
 * is told the last of it first. Memory is bounded by these numbers.
 */
export class Feed {
  private readonly listeners = new Set<Listener>();
  private readonly points: Point[] = [];
  private readonly news: (readonly [event: string, data: object])[] = [];
  private groups: readonly number[] = [];
  private timer: Cancel | undefined;
  private readonly ports: FeedPorts;
  private readonly view: StationView;
  private readonly operator: Operator;

  constructor(ports: FeedPorts, view: StationView, operator: Operator) {
    this.ports = ports;
    this.view = view;
    this.operator = operator;
    ports.trace.onEvent((event) => this.hear(event));
  }

  /** Begins to measure; until then only what happens is told. */
  start(): void {
    this.timer?.();
    this.timer = this.ports.clock.after(interval, () => {
      this.measure();
      this.start();
    });
  }

  stop(): void {
    this.timer?.();
    this.listeners.clear();
  }

  get full(): boolean {
    return this.listeners.size >= mostListeners;
  }

  listen(listener: Listener): Cancel {
    const { operator, view } = this;
    const faults = operator.simulation?.faults ?? null;
    listener("hello", { limits: view.limits, faults, points: this.points, news: this.news });
    listener("live", this.snapshot());
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tell(event: string, data: object): void {
    for (const listener of this.listeners) if (!listener(event, data)) this.listeners.delete(listener);
  }

  private measure(): void {
    const { voltage, current } = this.view.ports.power.read();
    // What the last vehicle has told is not the next one's.
    const soc = this.view.occupied ? this.view.live.bms.present_soc : null;
    this.points.push([Math.round(this.ports.clock.now()), round(voltage), round(current), soc]);
    if (this.points.length > keptPoints) this.points.shift();
    if (this.listeners.size > 0) this.tell("live", this.snapshot());
  }

  private snapshot(): object {
    const { view, operator, ports } = this;
    const { pilot, power } = view.ports;
    return {
      t: Math.round(ports.clock.now()),
      time: ports.wall().toISOString(),
      status: view.status,
      live: view.live,
      hlc: view.hlc,
      pilot: { ...pilot.read(), duty: dutyOf(ports.driven()) },
      power: power.read(),
      groups: this.groups,
      faults: operator.simulation?.present() ?? [],
      sessions: view.session.past,
    };
  }

  private hear(event: TraceEvent): void {
    if (event.node !== "secc") return;
    if (event.type === "mme" && event.name === "CM_ATTEN_CHAR.IND" && event.dir === "tx")
      this.groups = (at((event.fields ?? {}) as Fields, "AAG") as number[] | undefined) ?? [];
    const told = newsOf(event, this.ports.wall);
    if (!told) return;
    this.news.push(told);
    if (this.news.length > keptNews) this.news.shift();
    this.tell(...told);
  }
}

function newsOf(event: TraceEvent, wall: () => Date): readonly [string, object] | undefined {
  const time = wall().toISOString();
  if (event.type === "v2g") return ["message", { time, ...messageOf(event) }];
  if (event.type === "mme" && /^CM_(SLAC|START_ATTEN|ATTEN_CHAR|VALIDATE)/.test(event.name))
    return ["message", { time, layer: "SLAC", dir: event.dir, name: event.name, fields: event.fields }];
  if (event.type === "sdp")
    return ["message", { time, layer: "SDP", dir: event.dir, name: event.name, fields: event.fields }];
  if (event.type === "stimulus") return ["note", { time, level: "info", text: event.what }];
  if (event.type !== "log" || event.text === "metrics" || event.level === "debug") return undefined;
  return ["note", { time, level: event.level, text: event.text, fields: event.fields }];
}

const messageOf = ({ dir, name, fields, error }: EventOf<"v2g">) => ({ layer: "V2G", dir, name, fields, error });

const dutyOf = (drive: PilotDrive | undefined): number | null =>
  drive?.out === "x2" ? drive.dutyPercent : drive?.out === "x1" ? 100 : null;

const round = (value: number): number => Math.round(value * 100) / 100;
