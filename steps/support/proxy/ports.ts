import { hex } from "../../../core/bytes";
import type { Clock } from "../../../core/clock";
import type { DatagramSocket, Network, Stream } from "../../../core/network";
import type { EventOf, Happening, Trace } from "../../../core/trace";
import { wrappedStream } from "../../../core/wrapped-network";
import { readSdpRequest, readSdpResponse } from "../../../protocol/sdp";
import { type Grammar, grammarOf, type MessageName, V2gConnection } from "../../../protocol/v2g";
import type { Sut } from "../parameters";
import { mirrored } from "../real/mirror";
import type { Mutation } from "./mutation";
import { Speech } from "./speech";
import { turns } from "./turns";

interface Ports {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly network: Network;
}

type Said = EventOf<"v2g"> | EventOf<"connection">;

/**
 * The ports of a side with a proxy between it and its link, which mutates what it says: decoded, changed, encoded again. The trace has
 * what leaves the proxy, and not what the side believes to have said.
 */
export function proxied<Given extends Ports>(ports: Given, node: Sut, mutation: Mutation): Given {
  const between = new Interpreter(ports, node, new Speech(mutation));
  return { ...ports, trace: between.ears, network: between.network };
}

class Interpreter {
  private readonly ports: Ports;
  private readonly node: Sut;
  private readonly speech: Speech;
  /** What the side believes to have said last: it does so just before it says it. */
  private believed: Happening | undefined;

  constructor(ports: Ports, node: Sut, speech: Speech) {
    this.ports = ports;
    this.node = node;
    this.speech = speech;
  }

  /** The trace as the side writes it: its own words are kept from it. */
  get ears(): Trace {
    const { trace } = this.ports;
    const record: Trace["record"] = (node, happening) => {
      if (isSaying(happening)) this.believed = happening;
      else trace.record(node, happening);
    };
    return Object.assign(Object.create(trace) as Trace, { record });
  }

  get network(): Network {
    const { network } = this.ports;
    return {
      address: network.address,
      datagrams: (port, listener, options) => this.socket(network.datagrams(port, listener, options)),
      listen: (port, accept) => network.listen(port, (stream) => accept(this.stream(stream))),
      connect: (to, opened, failed) => network.connect(to, (stream) => opened(this.stream(stream)), failed),
    };
  }

  private socket(socket: DatagramSocket): DatagramSocket {
    const { ports, node, speech } = this;
    return {
      local: socket.local,
      close: () => socket.close(),
      send: (bytes, to) => {
        const name = this.believed?.type === "sdp" ? this.believed.name : "";
        for (const each of speech.datagram(bytes, name)) {
          const fields = readSdpRequest(each) ?? readSdpResponse(each);
          const said = fields ? { name, fields } : { name: "(not SDP)" };
          ports.trace.record(node, { type: "sdp", dir: "tx", hex: hex(each), from: socket.local, to, ...said });
          socket.send(each, to);
        }
      },
    };
  }

  private stream(stream: Stream): Stream {
    const { clock, trace } = this.ports;
    let grammar: Grammar = "app-protocol";
    let tap: ((bytes: Uint8Array) => void) | undefined;
    const inTurn = turns(clock);
    return wrappedStream(stream, {
      send: (bytes) => {
        const { connection, name } = this.believed as Said & { type: "v2g" };
        grammar = grammarOf(name as MessageName);
        tap ??= this.tap(stream, connection, () => grammar);
        for (const piece of this.speech.change(bytes, grammar))
          inTurn(piece.after, () => {
            tap?.(piece.bytes);
            stream.send(piece.bytes);
          });
      },
      close: (how) => {
        const { believed } = this;
        inTurn(0, () => {
          if (believed?.type === "connection") trace.record(this.node, believed);
          stream.close(how);
        });
      },
    });
  }

  /** Reads what leaves the proxy as the other end will, and writes it down as this side's. */
  private tap(stream: Stream, connection: number, grammar: () => Grammar): (bytes: Uint8Array) => void {
    const { node, ports } = this;
    let listen: (bytes: Uint8Array) => void = () => undefined;
    const record: Trace["record"] = (_, happening) => {
      const seen = happening.type === "v2g" ? mirrored(happening) : undefined;
      if (seen) ports.trace.record(node, seen);
    };
    const reader = wrappedStream(stream, {
      onBytes: (listener) => {
        listen = listener;
      },
      onClose: () => undefined,
    });
    new V2gConnection(reader, {
      node,
      trace: { record } as Trace,
      connection,
      opener: "peer",
      maxPayload: 262_144,
      grammar,
      tell: () => undefined,
    });
    return (bytes) => listen(bytes);
  }
}

/** What a side says, or its own end of a connection. */
const isSaying = (happening: Happening): boolean =>
  ((happening.type === "v2g" || happening.type === "sdp") && happening.dir === "tx") ||
  (happening.type === "connection" &&
    happening.by === "local" &&
    happening.op !== "open" &&
    happening.op !== "refused");
