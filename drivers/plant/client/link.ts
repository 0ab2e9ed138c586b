import { connect, type Socket } from "node:net";
import type { Cancel, Clock, Millis } from "../../../core/clock";
import { EnvironmentError } from "../../linux/environment";
import { eachLine } from "../../linux/lines";
import { type HelperEvent, type HelperStatus, readLine } from "../../serial/messages";
import { type Json, protocol, type Role } from "../protocol";

/** A plant that is not there is tried again so often. */
const retryMs: Millis = 100;
/** The slowest answer is that of a lock that does not move (600 ms). */
const answerMs: Millis = 3000;

/** A request was refused, or got no answer. */
export class PlantError extends Error {
  readonly reason: { kind: "Refused"; code: number; message: string } | { kind: "NoAnswer" } | { kind: "Lost" };

  constructor(method: string, reason: PlantError["reason"]) {
    const why = { Refused: "refused", NoAnswer: "no answer", Lost: "the plant is gone" }[reason.kind];
    super(`${method}: ${why}${reason.kind === "Refused" ? ` (${reason.code} ${reason.message})` : ""}`);
    this.reason = reason;
  }
}

export interface PlantLinkOptions {
  /** The socket of the role. */
  readonly path: string;
  readonly clock: Clock;
  /** How long to wait for the plant at the start. */
  readonly patienceMs?: Millis;
  /** What somebody should know who looks after the plant. */
  readonly log?: (text: string, fields: object) => void;
}

interface Waiting {
  readonly method: string;
  readonly resolve: (result: Json) => void;
  readonly reject: (error: PlantError) => void;
  readonly cancel: Cancel;
}

/** A client's end of a plant's socket: keeps itself alive, knows when the plant is gone or silent, and connects again. */
export class PlantLink {
  /** Plant's time 0 by the machine's monotonic clock, in nanoseconds. */
  originNs = 0n;
  /** Why there is no plant at the moment. */
  problem = "nobody answers";
  private readonly role: Role;
  private readonly options: PlantLinkOptions;
  private readonly greeted: (() => void)[] = [];
  private readonly lost: (() => void)[] = [];
  private readonly eventListeners = new Map<string, ((event: HelperEvent) => void)[]>();
  private readonly statusListeners: ((status: HelperStatus) => void)[] = [];
  private readonly waiting = new Map<number, Waiting>();
  private socket: Socket | undefined;
  private isAlive = false;
  private heardAt: Millis = 0;
  private nextId = 1;
  /** For the next ping or the next attempt, and for the plant's silence. */
  private timer: Cancel | undefined;
  private watch: Cancel | undefined;
  private closed = false;

  constructor(role: Role, options: PlantLinkOptions) {
    this.role = role;
    this.options = options;
    this.dial();
  }

  /** The plant has greeted us and was heard within the last 1.5 s. */
  get alive(): boolean {
    return this.isAlive;
  }

  get clock(): Clock {
    return this.options.clock;
  }

  /** Called when a plant has greeted us, also a new one after a reset: it holds nothing for us yet. */
  onGreeting(listener: () => void): void {
    this.greeted.push(listener);
  }

  /** Called when the plant is gone or silent. */
  onLost(listener: () => void): void {
    this.lost.push(listener);
  }

  onEvent(method: string, listener: (event: HelperEvent) => void): void {
    this.eventListeners.set(method, [...(this.eventListeners.get(method) ?? []), listener]);
  }

  onStatus(listener: (status: HelperStatus) => void): void {
    this.statusListeners.push(listener);
  }

  /** Sends a pilot command; what it brings about comes with the next status. */
  command(cmd: string, args: Json = {}): void {
    this.write({ cmd, ...args });
  }

  /** Asks, and answers with the result. Rejects with a PlantError. */
  request(method: string, params: Json = {}): Promise<Json> {
    if (!this.isAlive) return Promise.reject(new PlantError(method, { kind: "Lost" }));
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const cancel = this.clock.after(answerMs, () => {
        this.waiting.delete(id);
        reject(new PlantError(method, { kind: "NoAnswer" }));
      });
      this.waiting.set(id, { method, resolve, reject, cancel });
      this.write({ type: "req", id, method, params });
    });
  }

  /** Asks without waiting; a refusal is logged. While the plant is gone it is lost. */
  post(method: string, params: Json = {}, answered: (result: Json) => void = () => undefined): void {
    this.request(method, params).then(answered, (error: PlantError) => {
      if (error.reason.kind !== "Lost")
        this.options.log?.("Plant request failed", { method, ...params, because: error.message });
    });
  }

  /** Until `ready` holds after an event or a status. @throws EnvironmentError when that takes too long */
  async await(ready: () => boolean): Promise<void> {
    const { path, patienceMs = 3000 } = this.options;
    const deadline = this.clock.now() + patienceMs;
    while (!(this.isAlive && ready())) {
      const left = deadline - this.clock.now();
      if (left <= 0) {
        const why = this.isAlive ? "it does not tell what it measures" : this.problem;
        this.close();
        throw new EnvironmentError({ kind: "NoPlant", path, why });
      }
      await new Promise<void>((resolve) => this.clock.after(Math.min(10, left), resolve));
    }
  }

  /** What it held is let go by the plant. */
  close(): void {
    this.closed = true;
    this.hangUp();
    this.abandon();
  }

  private dial(): void {
    const socket = connect(this.options.path);
    this.socket = socket;
    this.heardAt = this.clock.now();
    const current = (): boolean => socket === this.socket;
    eachLine(
      socket,
      protocol.line,
      (line) => current() && this.receive(line),
      () => current() && this.lose("it sends lines that are too long"),
    );
    socket.on("connect", () => {
      if (!current()) return;
      this.beat();
      this.watchFor(protocol.silenceMs);
    });
    socket.on("error", (error: NodeJS.ErrnoException) => current() && this.lose(error.code ?? error.message));
    socket.on("close", () => current() && this.lose("it has hung up"));
  }

  /** The keep-alive. */
  private beat(): void {
    this.write({ type: "req", id: 0, method: "sys.ping" });
    this.timer?.();
    this.timer = this.clock.after(protocol.pingMs, () => this.beat());
  }

  private watchFor(delay: Millis): void {
    this.watch?.();
    this.watch = this.clock.after(delay, () => {
      const left = protocol.silenceMs - (this.clock.now() - this.heardAt);
      if (left <= 0) this.setAlive(false);
      this.watchFor(left > 0 ? left : protocol.silenceMs);
    });
  }

  private receive(text: string): void {
    this.heardAt = this.clock.now();
    const line = readLine(text);
    switch (line.kind) {
      case "Event":
        if (line.event.method === "evt:hello") return this.hello(line.event.result);
        return this.eventListeners.get(line.event.method)?.forEach((listener) => void listener(line.event));
      case "Status":
        return this.statusListeners.forEach((listener) => void listener(line.status));
      case "Result":
        // Somebody who answers again after a silence; what was commanded before it counts no more.
        if (line.id === 0 && this.originNs !== 0n) return this.setAlive(true);
        return this.settle(line.id)?.resolve(line.result);
      case "Refusal": {
        const waiting = this.settle(line.id);
        const { code, message } = line;
        return waiting?.reject(new PlantError(waiting.method, { kind: "Refused", code, message }));
      }
      case "Error":
        return this.options.log?.("Plant refused a command", { because: line.message });
      default:
        return;
    }
  }

  private hello({ role, origin_ns: origin }: Json): void {
    if (role !== this.role || typeof origin !== "string" || !/^\d{1,20}$/.test(origin))
      return this.lose(role === this.role ? "it speaks another protocol" : `this is the socket of ${String(role)}`);
    this.originNs = BigInt(origin);
    this.isAlive = false;
    this.setAlive(true);
  }

  private setAlive(alive: boolean): void {
    if (alive === this.isAlive) return;
    this.isAlive = alive;
    if (!alive) this.abandon();
    if (!alive && !this.closed)
      this.options.log?.("Plant lost", { because: this.socket ? "it is silent" : this.problem });
    for (const listener of alive ? this.greeted : this.lost) listener();
  }

  private lose(why: string): void {
    this.problem = why;
    this.hangUp();
    this.originNs = 0n;
    this.setAlive(false);
    if (!this.closed) this.timer = this.clock.after(retryMs, () => this.dial());
  }

  private hangUp(): void {
    this.timer?.();
    this.watch?.();
    const { socket } = this;
    this.socket = undefined;
    socket?.destroy();
  }

  private abandon(): void {
    for (const { method, reject, cancel } of this.waiting.values()) {
      cancel();
      reject(new PlantError(method, { kind: "Lost" }));
    }
    this.waiting.clear();
  }

  private settle(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    waiting?.cancel();
    return waiting;
  }

  private write(line: Json): void {
    const { socket } = this;
    if (!socket || socket.destroyed) return;
    socket.write(`${JSON.stringify(line)}\n`);
    if (socket.writableLength > protocol.unread) this.lose("it does not read");
  }
}
