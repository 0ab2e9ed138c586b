import { macOf } from "../../protocol/homeplug";
import { addressText } from "../../protocol/sdp";

/** What an Ethernet frame carries, as far as charging is concerned; MAC addresses as text. */
export type Packet = { readonly from: string; readonly to: string } & (
  | { readonly kind: "mme"; readonly frame: Uint8Array }
  | { readonly kind: "udp"; readonly sides: Sides; readonly payload: Uint8Array }
  | { readonly kind: "tcp"; readonly sides: Sides; readonly segment: Segment }
  | { readonly kind: "other" }
);

/** Both ends, `[address]:port`. */
export interface Sides {
  readonly source: string;
  readonly target: string;
  readonly sourcePort: number;
  readonly targetPort: number;
}

export interface Segment {
  readonly seq: number;
  readonly syn: boolean;
  readonly fin: boolean;
  readonly reset: boolean;
  readonly payload: Uint8Array;
}

const type = { vlan: 0x8100, ipv6: 0x86dd, homeplug: 0x88e1 } as const;
const next = { tcp: 6, udp: 17 } as const;
/** Hop-by-hop, routing and destination options: each tells its length in units of eight bytes. */
const extensions: readonly number[] = [0, 43, 60];

/** Reads a frame; one that is cut off or of no interest is `other`. An 802.1Q tag is taken off. */
export function readPacket(frame: Uint8Array): Packet {
  const ends = { from: macOf(frame.subarray(6, 12)), to: macOf(frame.subarray(0, 6)) };
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const head = frame.length >= 18 && view.getUint16(12) === type.vlan ? 18 : 14;
  if (frame.length < head) return { ...ends, kind: "other" };
  const ethertype = view.getUint16(head - 2);
  if (ethertype === type.homeplug) return { ...ends, kind: "mme", frame };
  const inner = ethertype === type.ipv6 ? readIpv6(frame.subarray(head)) : undefined;
  return inner ? { ...ends, ...inner } : { ...ends, kind: "other" };
}

function readIpv6(bytes: Uint8Array) {
  if (bytes.length < 40) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = Math.min(bytes.length, 40 + view.getUint16(4));
  let header = bytes[6] ?? 0;
  let at = 40;
  while (extensions.includes(header) && at + 8 <= end) {
    header = bytes[at] ?? 0;
    at += 8 * ((bytes[at + 1] ?? 0) + 1);
  }
  if (at + 8 > end) return undefined;
  const sides: Sides = {
    source: addressText(bytes.subarray(8, 24)),
    target: addressText(bytes.subarray(24, 40)),
    sourcePort: view.getUint16(at),
    targetPort: view.getUint16(at + 2),
  };
  if (header === next.udp) return { kind: "udp" as const, sides, payload: bytes.subarray(at + 8, end) };
  if (header !== next.tcp || at + 20 > end) return undefined;
  const flags = bytes[at + 13] ?? 0;
  const segment: Segment = {
    seq: view.getUint32(at + 4),
    fin: (flags & 1) !== 0,
    syn: (flags & 2) !== 0,
    reset: (flags & 4) !== 0,
    payload: bytes.subarray(Math.min(end, at + 4 * ((bytes[at + 12] ?? 0) >> 4)), end),
  };
  return { kind: "tcp" as const, sides, segment };
}
