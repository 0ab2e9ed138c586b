import type { Socket } from "node:net";
import type { Cancel, Clock, Millis } from "../../core/clock";
import type { CloseReason, Endpoint, Stream } from "../../core/network";

/** Bytes that wait to be sent before the connection is torn down: a peer that has stopped reading must not fill the memory. */
const MOST_UNSENT = 4 * 1024 * 1024;
/** Bytes read before anybody listens; beyond them the peer is held back by its window. */
const MOST_UNREAD = 256 * 1024;
/** How long bytes may wait without any of them going out. */
const STALL_LIMIT: Millis = 5_000;
/** From our end of a connection to the peer's; after it the kernel is left alone with the rest. */
const CLOSE_GRACE: Millis = 2_000;

export interface SocketStreamOptions {
  readonly clock: Clock;
  readonly secure?: boolean;
  readonly stallLimit?: Millis;
  readonly closeGrace?: Millis;
}

/**
 * One connection over a connected socket of the platform. Listeners hear of bytes and of the end in a turn of their own, never
 * from within their own call; the end is told once, after the bytes before it, and no error of the socket goes unheard.
 */
export class SocketStream implements Stream {
  readonly peer: Endpoint;
  readonly local: Endpoint;
  readonly secure: boolean;
  private readonly socket: Socket;
  private readonly options: Required<SocketStreamOptions>;
  private unread: Uint8Array[] = [];
  private unreadBytes = 0;
  private ended: CloseReason | undefined;
  private told = false;
  private listener: ((bytes: Uint8Array) => void) | undefined;
  private closeListener: ((reason: CloseReason) => void) | undefined;
  private deadline: Cancel = () => undefined;
  private paused = false;

  constructor(socket: Socket, options: SocketStreamOptions) {
    this.socket = socket;
    this.options = { secure: false, stallLimit: STALL_LIMIT, closeGrace: CLOSE_GRACE, ...options };
    this.secure = this.options.secure;
    this.peer = endpoint(socket.remoteAddress, socket.remotePort);
    this.local = endpoint(socket.localAddress, socket.localPort);
    // Every message is one write; Nagle would hold the second of two back for a round trip.
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => this.take(chunk));
    socket.on("end", () => this.finish("fin"));
    // "close" follows, and tells.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.deadline();
      this.end("reset");
    });
  }

  send(bytes: Uint8Array): void {
    if (this.ended) return;
    if (this.socket.writableLength + bytes.length > MOST_UNSENT) return this.abort();
    const idle = this.socket.writableLength === 0;
    // The kernel may take the bytes later, when the caller has changed them.
    this.socket.write(Uint8Array.from(bytes), () => this.awaitProgress());
    if (idle) this.awaitProgress();
  }

  onBytes(listener: (bytes: Uint8Array) => void): void {
    this.listener = listener;
    setImmediate(() => {
      this.deliver();
      if (!this.socket.destroyed && !this.paused) this.socket.resume();
    });
  }

  onClose(listener: (reason: CloseReason) => void): void {
    this.closeListener = listener;
    setImmediate(() => this.deliver());
  }

  reading(on: boolean): void {
    this.paused = !on;
    if (!on && !this.ended) this.socket.pause();
    if (on && this.listener) this.onBytes(this.listener);
  }

  close(how: "fin" | "reset" = "fin"): void {
    if (this.ended) return;
    if (how === "fin") return this.finish("local");
    this.end("local");
    this.socket.resetAndDestroy();
  }

  private take(chunk: Buffer): void {
    if (this.ended) return;
    this.unread.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length));
    this.unreadBytes += chunk.length;
    if (this.listener && !this.paused) this.deliver();
    else if (this.unreadBytes > MOST_UNREAD) this.socket.pause();
  }

  private deliver(): void {
    while (this.listener && !this.paused && this.unread.length > 0) {
      const bytes = this.unread.shift() as Uint8Array;
      this.unreadBytes -= bytes.length;
      this.listener(bytes);
    }
    if (!this.ended || this.told || !this.closeListener) return;
    // An end in good order comes after the bytes before it.
    if (this.paused && this.unread.length > 0) return;
    this.told = true;
    this.closeListener(this.ended);
  }

  /** Orderly: what waits is sent, then our end; what the peer still sends is dropped. */
  private finish(reason: "fin" | "local"): void {
    if (this.ended) return;
    this.end(reason);
    this.socket.end();
    this.socket.resume();
    this.limit(this.options.closeGrace, () => {
      if (this.socket.writableLength > 0) this.socket.resetAndDestroy();
      else this.socket.destroy();
    });
  }

  private abort(): void {
    this.end("stalled");
    this.socket.resetAndDestroy();
  }

  private end(reason: CloseReason): void {
    if (this.ended) return;
    this.ended = reason;
    this.deadline();
    if (reason !== "fin") {
      this.unread = [];
      this.unreadBytes = 0;
    }
    setImmediate(() => this.deliver());
  }

  private awaitProgress(): void {
    if (this.ended) return;
    this.deadline();
    if (this.socket.writableLength > 0) this.limit(this.options.stallLimit, () => this.abort());
  }

  private limit(time: Millis, act: () => void): void {
    this.deadline();
    this.deadline = this.options.clock.after(time, () => {
      if (!this.socket.destroyed) act();
    });
  }
}

/** @param address with or without its zone, which stays inside the driver */
export const endpoint = (address = "::", port = 0): Endpoint => ({ address: address.replace(/%.*$/, ""), port });
