import type { Unsubscribe } from "./listeners";

/**
 * Port: layer-2 frames of one host at its power-line modem (Ethernet, EtherType 0x88E1 and IPv6). No retries, no timers, no
 * protocol: any bytes can be sent, malformed ones too.
 */
export interface Link {
  /** Six bytes: the host's own MAC address. */
  readonly mac: Uint8Array;
  send(frame: Uint8Array): void;
  onFrame(listener: (frame: Uint8Array) => void): Unsubscribe;
  /** The interface went down or came back (modem reset, cable pulled). */
  onState(listener: (up: boolean) => void): Unsubscribe;
  close(): void;
}
