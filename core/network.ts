import type { Cancel } from "./clock";

/** An IPv6 address and port, the address as text without a zone (`fe80::1`). */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** How a stream ended: orderly, by reset, by our own hand, or by its driver because the peer took no more of what was sent. */
export type CloseReason = "fin" | "reset" | "local" | "stalled";

/** Port: one V2G connection (TCP or TLS), bytes in order. A chunk is not a message. */
export interface Stream {
  readonly peer: Endpoint;
  readonly local: Endpoint;
  readonly secure: boolean;
  send(bytes: Uint8Array): void;
  onBytes(listener: (bytes: Uint8Array) => void): void;
  onClose(listener: (reason: CloseReason) => void): void;
  /** Stops reading, or reads again. Meanwhile nothing is told, and the peer is held back once its window is full. */
  reading(on: boolean): void;
  close(how?: "fin" | "reset"): void;
}

export interface DatagramSocket {
  readonly local: Endpoint;
  send(bytes: Uint8Array, to: Endpoint): void;
  close(): void;
}

export interface Listener {
  readonly local: Endpoint;
  close(): void;
}

/** Port: IPv6 of one host on its link. Nothing passes before its modem and the peer's hold the same key. */
export interface Network {
  readonly address: string;
  /** Datagrams to `port`, and to `multicast` when given. Port 0 takes any free one. */
  datagrams(
    port: number,
    listener: (bytes: Uint8Array, from: Endpoint) => void,
    options?: { multicast?: string },
  ): DatagramSocket;
  listen(port: number, accept: (stream: Stream) => void): Listener;
  /** Answers how to give the attempt up: then neither is called any more. */
  connect(to: Endpoint, opened: (stream: Stream) => void, failed: (reason: string) => void): Cancel;
}
