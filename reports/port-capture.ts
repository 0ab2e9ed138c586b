import type { Millis, Node } from "../core";
import { type CaptureOptions, captureFile, type Packet } from "./capture-file";
import { type Sniffed, Sniffer } from "./sniffer";
import { isForModem } from "./wire";

/** A frame at the port of one of the power-line modems, as the modem has seen it. */
export interface PortFrame {
  /** Whose host is at the port. */
  readonly node: Node;
  /** From the host into the modem, or out of it to the host. */
  readonly dir: "in" | "out";
  /** In the time base of the trace. */
  readonly t: Millis;
  readonly frame: Uint8Array;
}

/** All frames of a scenario at all ports, and how many more there were that nobody has kept. */
export interface Captured {
  readonly frames: readonly PortFrame[];
  readonly omitted: number;
}

/** A frame on its way: from the port where it came in to the one where it came out, `arrived` then. */
interface Passage extends PortFrame {
  arrived?: Millis;
}

/**
 * What the modems have seen at both ports as one pcapng, in order of time. A frame that crosses the line stands there once, at its
 * sender's port, with its time on the line in the comment: seen twice, each TCP segment would be taken for a
 * retransmission, and the real ones would not be found. What a modem itself says, or a line repeats, stands at the port where it came out.
 */
export function portCapture({ frames, omitted }: Captured, options: CaptureOptions = {}): Uint8Array {
  const sniffer = new Sniffer();
  const packets = passagesOf(frames, options.ends ?? "sender").map((passage): Packet => {
    const { t, node, dir, frame } = passage;
    const comment = commentOf(passage, dir === "in" || options.ends !== "both" ? sniffer.hear(t, frame) : []);
    return { t, node, inbound: dir === "out", frame, comment };
  });
  const unkept = omitted > 0 ? [`${omitted} further frames were not kept`] : [];
  const comment = [...(options.comment === undefined ? [] : [options.comment]), ...unkept].join("\n");
  return captureFile(packets, { ...options, comment });
}

/** Frames by time; a frame that comes out as it came in at another port belongs to that one. */
function passagesOf(frames: readonly PortFrame[], ends: "sender" | "both"): Passage[] {
  const passages: Passage[] = [];
  const onTheWay = new Map<string, Passage[]>();
  for (const each of [...frames].sort((a, b) => a.t - b.t)) {
    const key = Buffer.from(each.frame).toString("latin1");
    const same = onTheWay.get(key) ?? [];
    onTheWay.set(key, same);
    // An older one that is still missing was lost.
    const sent = each.dir === "out" ? same.findLastIndex(({ node }) => node !== each.node) : -1;
    const [arrived] = sent < 0 ? [] : same.splice(sent, 1);
    if (arrived) arrived.arrived = each.t;
    if (arrived && ends === "sender") continue;
    const passage: Passage = { ...each };
    passages.push(passage);
    if (each.dir === "in") same.push(passage);
  }
  return passages;
}

function commentOf(passage: Passage, heard: readonly Sniffed[]): string | undefined {
  const names = heard
    .filter(({ layer }) => layer !== "tcp")
    .map(({ name, error }) => (error === undefined ? name : `${name}: ${error}`));
  const said = [...names, ...wayOf(passage, heard)];
  return said.length > 0 ? said.join(", ") : undefined;
}

function wayOf({ t, dir, arrived }: Passage, heard: readonly Sniffed[]): string[] {
  if (dir === "out" || heard.some(({ layer, name, hex }) => layer === "mme" && isForModem(name, hex))) return [];
  if (arrived === undefined) return ["did not arrive"];
  return heard.length > 0 ? [`${(arrived - t).toFixed(3)} ms on the line`] : [];
}
