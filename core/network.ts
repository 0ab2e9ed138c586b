/** An IPv6 address and port, the address as text without a zone (`fe80::1`). */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** How a stream ended: orderly, by reset, or by our own hand. */
export type CloseReason = "fin" | "reset" | "local";

/** Port: one V2G connection (TCP or TLS), bytes in order. A chunk is not a message. */
export interface Stream {
  readonly peer: Endpoint;
  readonly local: Endpoint;
  readonly secure: boolean;
  send(bytes: Uint8Array): void;
  onBytes(listener: (bytes: Uint8Array) => void): void;
  onClose(listener: (reason: CloseReason) => void): void;
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
  connect(to: Endpoint, opened: (stream: Stream) => void, failed: (reason: string) => void): void;
}
