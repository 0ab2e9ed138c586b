import { type Endpoint, type EventOf, type Node, type TraceEvent, unhex } from "../core";
import { addressBytes } from "./packets";
import { TcpConversation } from "./tcp-conversation";

type Put = (node: Node, inbound: boolean, frame: Uint8Array, comment?: string) => void;
type Role = "client" | "server";

/** One TCP connection, seen from one node or from both. */
interface Stream {
  readonly conversation: TcpConversation;
  /** Which end each recording node is. */
  readonly roles: Map<Node, Role>;
  readonly put: { current: Put };
}

const where = (end: Endpoint): string => `[${end.address}]:${end.port}`;
const pair = (a: Endpoint, b: Endpoint): string => [where(a), where(b)].sort().join(" ");

/** In V2G the vehicle connects; another node is what it says. */
const roleOf = ({ node, by }: EventOf<"connection">): Role =>
  node === "evcc" ? "client" : node === "secc" ? "server" : by === "local" ? "client" : "server";

/** Joins what either end recorded of a connection into one TCP conversation. Ends are told apart by their addresses, not by number. */
export class Streams {
  private readonly byNode = new Map<string, Stream>();
  private readonly byPair = new Map<string, Stream>();
  /** Nodes that will record their own end of a pair, from the whole trace. */
  private readonly seenBy = new Map<string, Set<Node>>();
  private readonly macOf: (address: string) => Uint8Array;
  private serial = 0;

  constructor(events: readonly TraceEvent[], macOf: (address: string) => Uint8Array) {
    this.macOf = macOf;
    for (const event of events) {
      if (event.type !== "connection") continue;
      const key = pair(event.local, event.peer);
      this.seenBy.set(key, (this.seenBy.get(key) ?? new Set()).add(event.node));
    }
  }

  take(event: EventOf<"connection"> | EventOf<"v2g">, put: Put): void {
    if (event.type === "v2g") this.data(event, put);
    else if (event.op === "open" || event.op === "refused") this.open(event, put);
    else this.close(event, put);
  }

  private open(event: EventOf<"connection">, put: Put): void {
    const key = pair(event.local, event.peer);
    const role = roleOf(event);
    const known = this.byPair.get(key);
    if (known && !known.conversation.closed && !known.roles.has(event.node)) {
      known.roles.set(event.node, role);
      this.byNode.set(`${event.node} ${event.connection}`, known);
      return;
    }
    const [client, server] = role === "client" ? [event.local, event.peer] : [event.peer, event.local];
    const stream = this.create(client, server, event.node, role, put);
    this.byPair.set(key, stream);
    this.byNode.set(`${event.node} ${event.connection}`, stream);
    if (event.op === "open") stream.conversation.open();
    else stream.conversation.refuse();
  }

  private create(client: Endpoint, server: Endpoint, node: Node, role: Role, put: Put): Stream {
    const holder = { current: put };
    const side = (end: Endpoint) => ({ port: end.port, ip: addressBytes(end.address), mac: this.macOf(end.address) });
    const roles = new Map<Node, Role>([[node, role]]);
    const both = this.seenBy.get(pair(client, server))?.size === 2;
    const far: Node = node === "secc" ? "evcc" : "secc";
    const conversation = new TcpConversation(side(client), side(server), this.serial++, (by, frame, comment) => {
      const own = by === role;
      // A frame of an end that records nothing is shown as it came in at the end that does.
      if (own || !both) holder.current(node, !own, frame, comment);
      else holder.current(far, false, frame, comment);
    });
    return { conversation, roles, put: holder };
  }

  private data(event: EventOf<"v2g">, put: Put): void {
    const stream = this.byNode.get(`${event.node} ${event.connection}`) ?? this.unannounced(event, put);
    const own = stream.roles.get(event.node) ?? "client";
    const by: Role = event.dir === "tx" ? own : own === "client" ? "server" : "client";
    // The sender's own record counts: a damaged frame may have been cut differently by the receiver.
    if (event.dir === "rx" && [...stream.roles].some(([node, role]) => node !== event.node && role === by)) return;
    stream.put.current = put;
    stream.conversation.data(by, unhex(event.hex), event.error ? `${event.name}: ${event.error}` : event.name);
  }

  /** A frame on a connection whose opening the trace does not have. */
  private unannounced(event: EventOf<"v2g">, put: Put): Stream {
    const key = `unannounced ${event.connection}`;
    let stream = this.byPair.get(key);
    const role: Role = event.node === "evcc" ? "client" : "server";
    if (!stream) {
      const client = { address: "fe80::2", port: 49_152 + (event.connection % 16_000) };
      const server = { address: "fe80::1", port: 65_000 };
      this.seenBy.set(pair(client, server), new Set<Node>(["secc", "evcc"]));
      stream = this.create(client, server, event.node, role, put);
      this.byPair.set(key, stream);
      stream.conversation.open();
    }
    stream.roles.set(event.node, role);
    this.byNode.set(`${event.node} ${event.connection}`, stream);
    return stream;
  }

  private close(event: EventOf<"connection">, put: Put): void {
    const stream = this.byNode.get(`${event.node} ${event.connection}`);
    if (!stream) return;
    stream.put.current = put;
    const own = stream.roles.get(event.node) ?? "client";
    const far: Role = own === "client" ? "server" : "client";
    const by = event.by === "local" ? own : far;
    if (event.op === "reset") return void stream.conversation.reset(by);
    stream.conversation.finish(by);
    // An end that learns of the other's FIN closes too; of an end that records nothing the same is assumed.
    if (event.by === "peer") stream.conversation.finish(own);
    else if (stream.roles.size === 1) stream.conversation.finish(far);
  }
}
