import type { Millis, Node } from "../core";
import { interfaceBlock, packetBlock, sectionHeader } from "./pcapng-blocks";

export interface CaptureOptions {
  /** Epoch milliseconds that the trace's time zero stands for; 0 shows times since the start of the trace. */
  readonly startedAt?: Millis;
  /** Stands in the section header: scenario, SUT, seed. */
  readonly comment?: string;
  /** `sender` has each frame once, at its sender's port; `both` also as it came in at the receiver. */
  readonly ends?: "sender" | "both";
  /** Octets after which further frames are left out; the section's comment then says how many. */
  readonly maxBytes?: number;
}

/** A frame at the port of a node. */
export interface Packet {
  readonly t: Millis;
  readonly node: Node;
  /** It came to the node. */
  readonly inbound: boolean;
  readonly frame: Uint8Array;
  readonly comment: string | undefined;
}

/** Packets, in order of time, as a pcapng file: one interface a node, times in nanoseconds. */
export function captureFile(packets: readonly Packet[], options: CaptureOptions = {}): Uint8Array {
  const limit = options.maxBytes ?? 16 * 1024 * 1024;
  const nodes = [...new Set(packets.map((packet) => packet.node))].sort();
  const blocks: Uint8Array[] = [];
  let octets = 0;
  let omitted = 0;
  for (const each of packets) {
    const block = octets < limit ? blockOf(each, nodes.indexOf(each.node), options.startedAt ?? 0) : undefined;
    if (block && octets + block.length <= limit) blocks.push(block);
    else omitted++;
    octets += block?.length ?? 0;
  }
  const comment = [options.comment, omitted ? `${omitted} further frames are left out (limit ${limit} octets)` : ""];
  const head = [sectionHeader(comment.filter(Boolean).join("\n")), ...nodes.map(portBlock)];
  return new Uint8Array(Buffer.concat([...head, ...blocks]));
}

const portBlock = (node: Node): Uint8Array => interfaceBlock(node, `modem port of the ${node.toUpperCase()}`);

const blockOf = ({ t, inbound, frame, comment }: Packet, index: number, startedAt: Millis): Uint8Array => {
  const at = BigInt(Math.round(startedAt)) * 1_000_000n + BigInt(Math.max(0, Math.round(t * 1e6)));
  return packetBlock({ index, at, inbound, frame, ...(comment !== undefined && { comment }) });
};
