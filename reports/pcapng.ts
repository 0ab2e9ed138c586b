import { type Endpoint, type Millis, type Node, type TraceEvent, unhex } from "../core";
import { type CaptureOptions, captureFile, type Packet } from "./capture-file";
import { addressBytes, groupMac, type Side, udpFrame } from "./packets";
import { Streams } from "./streams";
import { byTime, isFrame, type Transmission, transmissions } from "./wire";

/**
 * A capture of the trace as pcapng, one interface a node, times in nanoseconds. MMEs are the Ethernet frames themselves, SDP is UDP,
 * V2G is TCP with a handshake, sequence numbers and checksums made to fit. Traffic that was protected by TLS stands there in clear.
 */
export const pcapng = (events: readonly TraceEvent[], options: CaptureOptions = {}): Uint8Array =>
  captureFile(packetsOf(events, options.ends ?? "sender"), options);

function packetsOf(events: readonly TraceEvent[], ends: "sender" | "both"): Packet[] {
  const packets: Packet[] = [];
  const ordered = byTime(events);
  const macs = macsOf(ordered);
  const streams = new Streams(ordered, (address) => macs.ofAddress(address));
  const sent = new Map(transmissions(ordered).map((each) => [each.event, each] as const));
  const put = (t: Millis, node: Node, inbound: boolean, frame: Uint8Array, comment?: string) =>
    packets.push({ t, node, inbound, frame, comment });
  for (const event of ordered) {
    const copy = isFrame(event) && !sent.has(event);
    if (copy && ends === "sender") continue;
    if (event.type === "mme") {
      put(event.t, event.node, event.dir === "rx", unhex(event.hex), commentOf(event, sent.get(event)));
    } else if (event.type === "sdp") {
      const side = ({ address, port }: Endpoint): Side => ({
        port,
        ip: addressBytes(address),
        mac: macs.ofAddress(address),
      });
      const frame = udpFrame(side(event.from), side(event.to), unhex(event.hex));
      put(event.t, event.node, event.dir === "rx", frame, commentOf(event, sent.get(event)));
    } else if (event.type === "connection" || (event.type === "v2g" && !copy)) {
      streams.take(event, (node, inbound, frame, comment) => put(event.t, node, inbound, frame, comment));
    }
  }
  return packets;
}

const commentOf = (event: { name: string }, passage: Transmission | undefined): string =>
  passage?.lost ? `${event.name} (lost)` : event.name;

/** Hardware addresses as far as the trace shows them: from MMEs that a node sent, and from where a node's sockets are bound. */
function macsOf(events: readonly TraceEvent[]): { ofAddress(address: string): Uint8Array } {
  const ofNode = new Map<Node, Uint8Array>();
  const nodeAt = new Map<string, Node>();
  const peer = (node: Node): Node => (node === "secc" ? "evcc" : "secc");
  for (const event of events) {
    if (event.type === "mme" && event.dir === "tx" && !ofNode.has(event.node) && event.hex.length >= 24) {
      ofNode.set(event.node, unhex(event.hex.slice(12, 24)));
    } else if (event.type === "sdp") nodeAt.set(event.from.address, event.dir === "tx" ? event.node : peer(event.node));
    else if (event.type === "connection") {
      nodeAt.set(event.local.address, event.node);
      if (!nodeAt.has(event.peer.address)) nodeAt.set(event.peer.address, peer(event.node));
    }
  }
  const invented = (node: Node) => new Uint8Array([0x02, 0, 0, 0, 0, node === "secc" ? 1 : node === "evcc" ? 2 : 3]);
  return {
    ofAddress: (address) => {
      if (/^ff/i.test(address)) return groupMac(address);
      const node = nodeAt.get(address) ?? "bench";
      return ofNode.get(node) ?? invented(node);
    },
  };
}
