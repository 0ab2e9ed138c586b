import type { Cancel, Millis } from "../../../core/clock";
import { type Json, protocol, type Role } from "../protocol";
import { dutyForm } from "./ev-methods";
import { readIncoming } from "./incoming";
import type { Awaiting, Method } from "./method";
import { Refusal } from "./refusal";
import type { Rig } from "./rig";
import type { PlantServer } from "./server";
import { StatusFeed, statusForm } from "./status";
import { commandOf, methodOf } from "./tables";

/** Where the lines of a client go. */
export interface Wire {
  send(line: string): void;
  /** It has broken a limit: it is heard no more. */
  cut(why: string): void;
}

/** One client on one of the plant's sockets: its lines, its streams, and whether it is still there. */
export class Client {
  readonly role: Role;
  readonly server: PlantServer;
  /** Until then it may close the contactor. */
  armedUntil: Millis = 0;
  private badLines = 0;
  private heardAt: Millis;
  private watch: Cancel | undefined;
  private allowance: { lines: number; at: Millis };
  private seq = 0;
  /** What a command changes is told by its own answer. */
  private answering = false;
  private owed: (() => void)[] = [];
  private readonly streams = new Map<string, Stream>();
  private readonly wire: Wire;
  private readonly statuses: StatusFeed;

  constructor(server: PlantServer, role: Role, wire: Wire) {
    this.server = server;
    this.role = role;
    this.wire = wire;
    this.heardAt = this.now();
    this.allowance = { lines: protocol.lines, at: this.heardAt };
    this.statuses = new StatusFeed({
      clock: server.clock,
      rig: () => this.rig,
      send: () => this.send(this.status()),
      stateChanged: ({ state, high, low }, from) => this.event("evt:cp.state", { state, from, cp_v: { high, low } }),
    });
    this.hello();
  }

  get rig(): Rig {
    return this.server.rig;
  }

  now(): Millis {
    return this.server.now();
  }

  /** Milliseconds since its last line. */
  get silence(): Millis {
    return this.now() - this.heardAt;
  }

  /** The first thing it hears of a plant. */
  hello(): void {
    const { role } = this;
    const { proto, plant } = protocol;
    this.event("evt:hello", { role, proto, plant, origin_ns: this.server.originNs.toString() });
    if (role === "ev") this.event("evt:ev.pilot", dutyForm(this.rig));
  }

  /** One line without its end. */
  receive(text: string): void {
    if (!this.afford()) return this.wire.cut(`more than ${protocol.lines} lines a second`);
    const incoming = readIncoming(text);
    if (incoming.kind === "Bad") {
      this.badLines++;
      return this.send({ type: "error", msg: incoming.why });
    }
    this.heard();
    this.answering = true;
    if (incoming.kind === "Invalid") this.answer(incoming.id, new Refusal("invalid_request"));
    else if (incoming.kind === "Command") this.command(incoming.name, incoming.args, text);
    else this.request(incoming.id, incoming.method, incoming.params, text);
    this.answering = false;
    for (const task of this.owed.splice(0)) task();
    this.server.acted();
  }

  /** An event; those of an observer are counted. */
  event(method: string, result: Json, ts: Millis = this.now()): void {
    const counted = this.role === "observer" && method !== "evt:hello" ? { seq: this.seq++, ...result } : result;
    this.send({ type: "evt", ts, id: 0, method, result: counted });
  }

  /** The pilot's status, which is being sent. */
  status(): Json {
    this.statuses.sent();
    return statusForm(this.rig, this.now(), this.badLines);
  }

  /** Pushes an event once its start has been answered, then every so many milliseconds, and at each `tick`. */
  stream(event: string, every: Millis | undefined, result: () => Json): void {
    this.stop(event);
    const stream = new Stream(this.server.clock, every, () => this.event(event, result()));
    this.streams.set(event, stream);
    this.owed.push(() => stream.begin());
  }

  stop(event: string): void {
    this.streams.get(event)?.end();
    this.streams.delete(event);
  }

  /** What a stream is about has changed. */
  tick(event: string): void {
    this.streams.get(event)?.push();
  }

  /** The pilot may have to be told of. */
  look(): void {
    if (!this.answering) this.statuses.look();
  }

  /** It has gone. */
  end(): void {
    this.watch?.();
    this.statuses.end();
    for (const event of [...this.streams.keys()]) this.stop(event);
  }

  private command(name: string, args: Json, text: string): void {
    const outcome = this.perform(() => commandOf(this.role, name), args, text);
    if (outcome instanceof Refusal) this.send({ type: "error", msg: outcome.message });
    else this.send(outcome as Json);
  }

  private request(id: number, name: string, params: Json, text: string): void {
    const outcome = this.perform(() => methodOf(this.role, name), params, text);
    if (typeof outcome === "function") outcome((later) => this.answer(id, later));
    else this.answer(id, outcome);
  }

  private perform(find: () => Method, given: Json, text: string): Json | Awaiting | Refusal {
    try {
      const method = find();
      const act = method.prepare(given, this);
      if (method.holds) this.server.hold(method.holds, this, text);
      return act();
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }

  private answer(id: number, outcome: Json | Refusal): void {
    const ts = this.now();
    if (outcome instanceof Refusal) {
      const { code, message } = outcome;
      this.send({ type: "res", id, ts, error: { code, message } });
    } else this.send({ type: "res", id, ts, result: outcome });
  }

  private send(line: Json): void {
    const { ts } = line;
    this.wire.send(JSON.stringify(typeof ts === "number" ? { ...line, ts: Math.round(ts * 1000) / 1000 } : line));
  }

  private afford(): boolean {
    const now = this.now();
    const { lines, at } = this.allowance;
    const left = Math.min(protocol.lines, lines + ((now - at) * protocol.lines) / 1000) - 1;
    this.allowance = { lines: left, at: now };
    return left >= 0;
  }

  /** Any well-formed line keeps it alive; the harness needs no keep-alive. */
  private heard(): void {
    this.heardAt = this.now();
    if (this.role !== "observer" && !this.watch) this.watchFor(protocol.silenceMs);
  }

  private watchFor(delay: Millis): void {
    this.watch = this.server.clock.after(delay, () => {
      this.watch = undefined;
      const left = protocol.silenceMs - this.silence;
      if (left > 0) this.watchFor(left);
      else this.server.release(this, "silent");
    });
  }
}

/** A result that is pushed again and again. */
class Stream {
  private next: Cancel | undefined;
  private begun = false;
  private readonly clock: PlantServer["clock"];
  private readonly every: Millis | undefined;
  readonly push: () => void;

  constructor(clock: PlantServer["clock"], every: Millis | undefined, push: () => void) {
    this.clock = clock;
    this.every = every;
    this.push = () => {
      if (this.begun) push();
    };
  }

  begin(): void {
    this.begun = true;
    this.push();
    this.again();
  }

  end(): void {
    this.begun = false;
    this.next?.();
  }

  private again(): void {
    if (this.every === undefined || !this.begun) return;
    this.next = this.clock.after(this.every, () => {
      this.push();
      this.again();
    });
  }
}
