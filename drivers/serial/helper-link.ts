import type { Cancel, Clock, Millis } from "../../core/clock";
import type { SerialLine } from "../../core/serial-line";
import { type HelperEvent, type HelperStatus, readLine } from "./messages";

/** Every limit of the protocol that a host keeps (firmware/PROTOCOL.md, chapter 1). */
export const limits = {
  /** Characters of a line, without its end. */
  line: 240,
  /** Lines in a row, and afterwards one in so many milliseconds. */
  burst: 10,
  spacingMs: 20,
  /** Lines that may wait for their turn. */
  queue: 64,
  pingMs: 500,
  /** Without a status for three periods the pilot is unknown. */
  silenceMs: 600,
  /** A timer may be so late before it says more of us than of the helper. */
  lateMs: 50,
  answerMs: 1000,
} as const;

/** The helper answered a request with an error, or not at all. */
export class HelperError extends Error {
  readonly reason: { kind: "Refused"; code: number; message: string } | { kind: "NoAnswer" } | { kind: "Lost" };

  constructor(method: string, reason: HelperError["reason"]) {
    const why = { Refused: "refused", NoAnswer: "no answer", Lost: "the helper is gone" }[reason.kind];
    super(`${method}: ${why}${reason.kind === "Refused" ? ` (${reason.code} ${reason.message})` : ""}`);
    this.reason = reason;
  }
}

export type Arguments = Readonly<Record<string, string | number | boolean>>;

export interface HelperLinkOptions {
  readonly line: SerialLine;
  readonly clock: Clock;
  /** Every line sent or received. */
  readonly debug?: (direction: "tx" | "rx", text: string) => void;
}

interface Waiting {
  readonly resolve: (result: Readonly<Record<string, unknown>>) => void;
  readonly reject: (error: HelperError) => void;
  readonly method: string;
  readonly cancel: Cancel;
}

/** A pilot command has no number: its answer is known by what it looks like. */
interface Conversation {
  readonly about: string;
  readonly isAnswer: (message: Readonly<Record<string, unknown>>) => boolean;
  readonly resolve: (message: Readonly<Record<string, unknown>>) => void;
  readonly reject: (error: HelperError) => void;
  readonly cancel: Cancel;
}

interface Queued {
  readonly text: string;
  /** A later line with the same key takes the place of one that still waits. */
  readonly key?: string;
}

/** The host's end of the serial line: sends what is allowed at the rate that is allowed, keeps the helper alive, and knows when it is gone. */
export class HelperLink {
  /** Lines of the helper that were none. */
  unreadable = 0;
  private readonly options: HelperLinkOptions;
  private readonly statusListeners: ((status: HelperStatus) => void)[] = [];
  private readonly eventListeners: ((event: HelperEvent) => void)[] = [];
  private readonly aliveListeners: ((alive: boolean) => void)[] = [];
  private readonly unreadableListeners: ((status: boolean) => void)[] = [];
  private readonly errorListeners: ((message: string) => void)[] = [];
  private readonly waiting = new Map<number, Waiting>();
  private readonly conversations = new Set<Conversation>();
  private readonly queue: Queued[] = [];
  private credit: number = limits.burst;
  private creditAt: Millis = 0;
  private nextId = 1;
  private isAlive = false;
  /** Helper's time of the last status. */
  private statusTs: number | undefined;
  private watchdog: Cancel | undefined;
  private pinging: Cancel | undefined;
  private draining: Cancel | undefined;

  constructor(options: HelperLinkOptions) {
    this.options = options;
    options.line.onLine((text) => this.receive(text));
    options.line.onOpen((open) => (open ? this.opened() : this.lost()));
    if (options.line.open) this.opened();
  }

  /** The line is open and a status has come within the last 0.6 s. */
  get alive(): boolean {
    return this.isAlive;
  }

  onStatus(listener: (status: HelperStatus) => void): void {
    this.statusListeners.push(listener);
  }

  onEvent(listener: (event: HelperEvent) => void): void {
    this.eventListeners.push(listener);
  }

  /** Called with true at the first status, and with false when the helper is gone. */
  onAlive(listener: (alive: boolean) => void): void {
    this.aliveListeners.push(listener);
  }

  /** A line that is none; true when it was meant as a status. */
  onUnreadable(listener: (status: boolean) => void): void {
    this.unreadableListeners.push(listener);
  }

  /** The helper has refused a command. */
  onError(listener: (message: string) => void): void {
    this.errorListeners.push(listener);
  }

  /**
   * Sends a pilot command; what it brings about comes with the next status.
   * @param latest a waiting command of the same name is replaced
   * @throws RangeError for a line that is too long, or when too many wait
   */
  command(cmd: string, args: Arguments = {}, latest = false): void {
    this.enqueue({ text: JSON.stringify({ cmd, ...args }), ...(latest && { key: cmd }) });
  }

  /**
   * Gives a pilot command and answers with the line that the helper answers, an error of its own as well. Rejects with a HelperError, or
   * with a RangeError as `command` throws it.
   */
  converse(
    cmd: string,
    args: Arguments,
    isAnswer: Conversation["isAnswer"],
  ): Promise<Readonly<Record<string, unknown>>> {
    if (!this.options.line.open) return Promise.reject(new HelperError(cmd, { kind: "Lost" }));
    return new Promise((resolve, reject) => {
      // Nothing waits for the answer to a line that was not taken; what throws here rejects.
      this.command(cmd, args);
      const cancel = this.options.clock.after(limits.answerMs, () => {
        this.conversations.delete(conversation);
        reject(new HelperError(cmd, { kind: "NoAnswer" }));
      });
      const conversation: Conversation = { about: cmd, isAnswer, resolve, reject, cancel };
      this.conversations.add(conversation);
    });
  }

  /** Asks, and answers with the result. Rejects with a HelperError, or with a RangeError as `command` throws it. */
  request(method: string, params: Arguments = {}): Promise<Readonly<Record<string, unknown>>> {
    if (!this.options.line.open) return Promise.reject(new HelperError(method, { kind: "Lost" }));
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.enqueue({ text: JSON.stringify({ type: "req", id, method, params }) });
      const cancel = this.options.clock.after(limits.answerMs, () => {
        this.waiting.delete(id);
        reject(new HelperError(method, { kind: "NoAnswer" }));
      });
      this.waiting.set(id, { resolve, reject, method, cancel });
    });
  }

  close(): void {
    for (const cancel of [this.watchdog, this.pinging, this.draining]) cancel?.();
    this.queue.length = 0;
    this.abandon();
    this.options.line.close();
  }

  private opened(): void {
    this.credit = limits.burst;
    this.creditAt = this.options.clock.now();
    this.ping();
    // The next status that nobody asks for may be a whole period away.
    this.command("get_status");
  }

  private lost(): void {
    for (const cancel of [this.watchdog, this.pinging, this.draining]) cancel?.();
    this.draining = undefined;
    this.statusTs = undefined;
    this.queue.length = 0;
    this.abandon();
    this.setAlive(false);
  }

  private abandon(): void {
    for (const { method, reject, cancel } of this.waiting.values()) {
      cancel();
      reject(new HelperError(method, { kind: "Lost" }));
    }
    this.waiting.clear();
    for (const { about, reject, cancel } of this.conversations) {
      cancel();
      reject(new HelperError(about, { kind: "Lost" }));
    }
    this.conversations.clear();
  }

  private setAlive(alive: boolean): void {
    if (alive === this.isAlive) return;
    this.isAlive = alive;
    for (const listener of this.aliveListeners) listener(alive);
  }

  /** Ahead of everything: the contactor hangs on it. */
  private ping(): void {
    this.write(JSON.stringify({ type: "req", id: 0, method: "sys.ping" }));
    this.pinging = this.options.clock.after(limits.pingMs, () => this.ping());
  }

  private enqueue(line: Queued): void {
    if (line.text.length > limits.line)
      throw new RangeError(`a line of ${line.text.length} characters; ${limits.line} are allowed`);
    if (!this.options.line.open) return;
    const same = line.key === undefined ? -1 : this.queue.findIndex(({ key }) => key === line.key);
    if (same >= 0) this.queue[same] = line;
    else if (this.queue.length >= limits.queue)
      throw new RangeError(`more than ${limits.queue} lines wait for the helper`);
    else this.queue.push(line);
    this.drain();
  }

  private drain(): void {
    if (this.draining) return;
    const { clock } = this.options;
    const now = clock.now();
    this.credit = Math.min(limits.burst, this.credit + (now - this.creditAt) / limits.spacingMs);
    this.creditAt = now;
    while (this.queue.length > 0 && this.credit >= 1) {
      this.credit--;
      this.write(this.queue.shift()!.text);
    }
    if (this.queue.length === 0) return;
    this.draining = clock.after(limits.spacingMs, () => {
      this.draining = undefined;
      this.drain();
    });
  }

  private write(text: string): void {
    this.options.debug?.("tx", text);
    this.options.line.write(text);
  }

  private receive(text: string): void {
    this.options.debug?.("rx", text);
    const line = readLine(text);
    if (this.conversations.size > 0 && line.kind !== "Unreadable") this.converseOn(text);
    switch (line.kind) {
      case "Status":
        this.watch(line.status);
        if (!this.isAlive) return;
        for (const listener of this.statusListeners) listener(line.status);
        return;
      case "Event":
        for (const listener of this.eventListeners) listener(line.event);
        return;
      case "Result":
        return this.settle(line.id)?.resolve(line.result);
      case "Refusal": {
        const waiting = this.settle(line.id);
        const { code, message } = line;
        return waiting?.reject(new HelperError(waiting.method, { kind: "Refused", code, message }));
      }
      case "Error":
        for (const listener of this.errorListeners) listener(line.message);
        return;
      case "Unreadable":
        this.unreadable++;
        for (const listener of this.unreadableListeners) listener(line.status);
        return;
      case "Pong":
      case "Ok":
      case "Scan":
        return;
    }
  }

  private converseOn(text: string): void {
    const message = JSON.parse(text) as Readonly<Record<string, unknown>>;
    for (const conversation of this.conversations) {
      if (message.type !== "error" && !conversation.isAnswer(message)) continue;
      this.conversations.delete(conversation);
      conversation.cancel();
      return conversation.resolve(message);
    }
  }

  private settle(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    waiting?.cancel();
    return waiting;
  }

  /** A timer that is late says that this process was held up: what has come meanwhile is still to be read, once. */
  private await(within: Millis, again = false): void {
    const { clock } = this.options;
    const due = clock.now() + within;
    this.watchdog?.();
    this.watchdog = clock.after(within, () => {
      if (again || clock.now() - due < limits.lateMs) this.setAlive(false);
      else this.await(limits.lateMs, true);
    });
  }

  /** A time that stands still is that of a helper that is not there: the same status comes again (UA04). */
  private watch({ ts }: HelperStatus): void {
    if (ts !== undefined && ts === this.statusTs) return;
    this.statusTs = ts;
    this.await(limits.silenceMs);
    this.setAlive(true);
  }
}
