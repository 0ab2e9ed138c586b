import type { Millis } from "./clock";
import type { Verdict } from "./errors";
import type { Endpoint } from "./network";
import type { PilotState } from "./pilot";
import type { IsolationStatus } from "./power";

/** At whose interface an event was seen. `plant` is the physics between the connectors, `bench` the harness itself. */
export type Node = "secc" | "evcc" | "plant" | "bench";
export type Direction = "tx" | "rx";

/** One thing seen at one interface. Every report, capture and verdict is a view of these. */
export type Happening =
  /** A HomePlug frame; `name` is the MME's name, `hex` the whole Ethernet frame. */
  | { type: "mme"; dir: Direction; name: string; hex: string; fields?: object }
  /** An SDP datagram; `hex` is the UDP payload. */
  | { type: "sdp"; dir: Direction; name: string; hex: string; from: Endpoint; to: Endpoint; fields?: object }
  /** A V2GTP frame on a connection; `hex` is the whole frame, `error` why it was not understood. */
  | { type: "v2g"; dir: Direction; connection: number; name: string; hex: string; fields?: object; error?: string }
  | {
      type: "connection";
      connection: number;
      op: "open" | "refused" | "fin" | "reset";
      by: "local" | "peer";
      local: Endpoint;
      peer: Endpoint;
    }
  /** What an HTTP interface has answered to a request. */
  | { type: "http"; method: string; path: string; status: number; body: string }
  /** What is on the pilot wire. `high` and `low` are its plateaus in volts. */
  | { type: "pilot"; state: PilotState; dutyPercent?: number; high: number; low: number }
  | ({ type: "power" } & PowerSample)
  | { type: "state"; machine: string; from: string; to: string; because: string }
  | { type: "timer"; name: string; op: "arm" | "disarm" | "expire"; ms?: Millis }
  | { type: "stimulus"; what: string }
  | { type: "log"; level: "debug" | "info" | "warn" | "error"; text: string; fields?: object }
  | {
      type: "judgement";
      verdict: Verdict;
      requirements: readonly string[];
      text: string;
      required: string;
      measured: string;
      tolerance?: string;
    };

/** The power path as the plant sees it: volts at the outlet and inlet, amperes, both contactors, lock, energy in Wh, SOC in percent. */
export interface PowerSample {
  readonly outlet: number;
  readonly inlet: number;
  readonly battery: number;
  readonly current: number;
  readonly evseContactor: boolean;
  readonly evContactor: boolean;
  readonly supply: boolean;
  readonly locked: boolean;
  readonly isolation: IsolationStatus;
  readonly energy: number;
  readonly soc: number;
}

export type TraceEvent = { seq: number; t: Millis; node: Node } & Happening;
export type EventOf<T extends Happening["type"]> = Extract<TraceEvent, { type: T }>;

/** The one record of a scenario, in order of time. Memory is bounded by the scenario, not by the peer: see `limit`. */
export class Trace {
  readonly events: TraceEvent[] = [];
  dropped = 0;
  private seq = 0;
  private readonly listeners: ((event: TraceEvent) => void)[] = [];

  private readonly now: () => Millis;
  private readonly limit: number;

  /** Beyond `limit` events, further ones are told to the listeners, counted in `dropped`, and not kept. */
  constructor(now: () => Millis, limit = 500_000) {
    this.now = now;
    this.limit = limit;
  }

  record(node: Node, happening: Happening): void {
    const event = { seq: this.seq++, t: this.now(), node, ...happening } as TraceEvent;
    if (this.events.length < this.limit) this.events.push(event);
    else this.dropped++;
    for (const listener of this.listeners) listener(event);
  }

  onEvent(listener: (event: TraceEvent) => void): void {
    this.listeners.push(listener);
  }

  of<T extends Happening["type"]>(type: T, node?: Node): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type && (!node || event.node === node));
  }

  /** One JSON object a line. */
  toJsonLines(): string {
    return `${this.events.map((event) => JSON.stringify(event)).join("\n")}\n`;
  }
}
