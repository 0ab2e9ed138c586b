import type { Millis } from "../../../core/clock";
import type { CloseReason, Endpoint } from "../../../core/network";

/** What the harness asks of the agent in the tester's namespace. Handles are numbers the harness chooses. */
export type Command =
  | { do: "frame"; bytes: Uint8Array }
  | { do: "datagrams"; handle: number; port: number; multicast?: string }
  | { do: "datagram"; handle: number; bytes: Uint8Array; to: Endpoint }
  | { do: "listen"; handle: number; port: number }
  | { do: "connect"; handle: number; to: Endpoint }
  | { do: "write"; handle: number; bytes: Uint8Array }
  | { do: "reading"; handle: number; on: boolean }
  | { do: "close"; handle: number; how?: "fin" | "reset" }
  /** Closes all. */
  | { do: "reset" };

/** What the agent tells, each with the time at which it was so in the namespace (monotonic, the harness's time base). */
export type Report = { at: Millis } & (
  | { tell: "ready"; mac: Uint8Array; address: string }
  | { tell: "failed"; what: string }
  | { tell: "link"; up: boolean }
  | { tell: "frame"; bytes: Uint8Array }
  | { tell: "bound"; handle: number; local: Endpoint }
  | { tell: "datagram"; handle: number; bytes: Uint8Array; from: Endpoint }
  | { tell: "accepted"; listener: number; handle: number; local: Endpoint; peer: Endpoint }
  | { tell: "connected"; handle: number; local: Endpoint; peer: Endpoint }
  | { tell: "refused"; handle: number; reason: string }
  | { tell: "bytes"; handle: number; bytes: Uint8Array }
  | { tell: "closed"; handle: number; reason: CloseReason }
);
