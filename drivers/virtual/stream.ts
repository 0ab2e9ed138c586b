import type { Cancel, Clock, Millis } from "../../core/clock";
import type { CloseReason, Endpoint, Stream } from "../../core/network";

export interface StreamPairOptions {
  readonly clock: Clock;
  readonly latency: Millis;
  readonly passes: () => boolean;
  /** Of the client, of the server. */
  readonly addresses: readonly [Endpoint, Endpoint];
  /** Both ends are closed. */
  readonly over: () => void;
}

/** Bytes that a sender may have on their way, or a receiver unread, before the connection is torn down. */
const MOST_PENDING = 4 * 1024 * 1024;
/** Bytes unread at a peer that has stopped reading; then its window is closed. */
const WINDOW = 64 * 1024;
/** Bytes that a kernel takes from its program though they cannot go out. */
const SEND_BUFFER = 64 * 1024;
/** How long a program's bytes may wait for its kernel to take any of them. */
const STALL_LIMIT: Millis = 5_000;
/** Longest chunk that arrives at once, as a TCP segment on a link with 1500 octets. */
const SEGMENT = 1440;

type Item = Uint8Array | "fin" | "reset";

/** Both ends of one connection in memory. While the link is cut its bytes wait, as TCP keeps trying. */
export function streamPair(options: StreamPairOptions): { client: Stream; server: Stream; resume: () => void } {
  const [near, far] = options.addresses;
  const client = new End(options, near, far);
  const server = new End(options, far, near);
  let open = 2;
  const over = (): void => {
    if (--open === 0) options.over();
  };
  client.meet(server, over);
  server.meet(client, over);
  return {
    client,
    server,
    resume: () => {
      client.flush();
      server.flush();
    },
  };
}

class End implements Stream {
  readonly local: Endpoint;
  readonly peer: Endpoint;
  readonly secure = false;
  private readonly options: StreamPairOptions;
  private other: End | undefined;
  private over: () => void = () => undefined;
  /** On the way to the other end; the first `due` of them have been under way long enough. */
  private readonly queue: Item[] = [];
  private queued = 0;
  private due = 0;
  private readonly unread: Uint8Array[] = [];
  private unreadBytes = 0;
  private paused = false;
  /** The peer's FIN has come, and is told when the bytes before it have been read. */
  private finished = false;
  private stall: Cancel | undefined;
  private ended: CloseReason | undefined;
  private told = false;
  private listener: ((bytes: Uint8Array) => void) | undefined;
  private closeListener: ((reason: CloseReason) => void) | undefined;

  constructor(options: StreamPairOptions, local: Endpoint, peer: Endpoint) {
    this.options = options;
    this.local = local;
    this.peer = peer;
  }

  meet(other: End, over: () => void): void {
    this.other = other;
    this.over = over;
  }

  send(bytes: Uint8Array): void {
    if (this.ended) return;
    if (this.queued + bytes.length > MOST_PENDING) return this.abort();
    for (let at = 0; at < bytes.length; at += SEGMENT) this.push(Uint8Array.from(bytes.subarray(at, at + SEGMENT)));
  }

  onBytes(listener: (bytes: Uint8Array) => void): void {
    this.listener = listener;
    this.options.clock.after(0, () => this.read());
  }

  onClose(listener: (reason: CloseReason) => void): void {
    this.closeListener = listener;
    if (this.ended) this.options.clock.after(0, () => this.tellEnd());
  }

  reading(on: boolean): void {
    this.paused = !on;
    if (!on) return;
    this.options.clock.after(0, () => {
      this.read();
      this.other?.flush();
    });
  }

  close(how: "fin" | "reset" = "fin"): void {
    if (this.ended) return;
    // A reset does not wait for the window, and what was before it is lost.
    if (how === "reset" && this.other?.full) this.clear();
    this.push(how);
    this.end("local");
  }

  /** Its window is closed: nothing more is taken from the peer. */
  get full(): boolean {
    return this.paused && !this.ended && this.unreadBytes >= WINDOW;
  }

  /** Hands over what is due, while the link lets it pass. */
  flush(): void {
    while (this.due > 0 && this.queue.length > 0 && this.options.passes()) {
      if (this.other?.full && this.queue[0] !== "reset") break;
      const item = this.queue.shift() as Item;
      this.due--;
      if (typeof item !== "string") this.queued -= item.length;
      this.progress();
      this.other?.take(item);
    }
    this.awaitProgress();
  }

  /** Bytes that no kernel takes from their program wait for it, and not for ever (TC05). */
  private awaitProgress(): void {
    if (this.ended || this.stall || this.queued <= SEND_BUFFER) return;
    this.stall = this.options.clock.after(STALL_LIMIT, () => this.abort());
  }

  private progress(): void {
    this.stall?.();
    this.stall = undefined;
  }

  private clear(): void {
    this.queue.length = 0;
    this.queued = 0;
    this.due = 0;
  }

  private push(item: Item): void {
    this.queue.push(item);
    if (typeof item !== "string") this.queued += item.length;
    this.options.clock.after(this.options.latency, () => {
      this.due++;
      this.flush();
    });
  }

  private take(item: Item): void {
    if (this.ended) return;
    if (item === "fin" && this.paused && this.unread.length > 0) {
      this.finished = true;
      return;
    }
    if (typeof item === "string") return this.end(item);
    this.unread.push(item);
    this.unreadBytes += item.length;
    if (this.unreadBytes > MOST_PENDING) return this.abort();
    this.read();
  }

  private read(): void {
    while (this.listener && !this.paused && this.unread.length > 0) {
      const bytes = this.unread.shift() as Uint8Array;
      this.unreadBytes -= bytes.length;
      this.listener(bytes);
    }
    if (this.finished && !this.paused && !this.ended) this.end("fin");
  }

  private abort(): void {
    this.clear();
    this.push("reset");
    this.end("stalled");
  }

  /** Listeners hear of it in a turn of their own, never from within their own call. */
  private end(reason: CloseReason): void {
    this.ended = reason;
    this.progress();
    this.over();
    this.options.clock.after(0, () => {
      if (reason !== "fin") this.unread.length = 0;
      this.tellEnd();
    });
  }

  private tellEnd(): void {
    if (!this.ended || !this.closeListener || this.told) return;
    this.told = true;
    this.closeListener(this.ended);
  }
}
