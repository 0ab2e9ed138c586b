import { isIPv6 } from "node:net";
import { concat } from "../core";

/** Flags of a TCP header. */
export const tcpFlag = { fin: 0x01, syn: 0x02, rst: 0x04, psh: 0x08, ack: 0x10 } as const;

export interface Side {
  /** Six bytes. */
  readonly mac: Uint8Array;
  /** Sixteen bytes of its IPv6 address. */
  readonly ip: Uint8Array;
  readonly port: number;
}

/** Sixteen bytes of an IPv6 address as text; an IPv4 address becomes `::ffff:a.b.c.d`, anything else the unspecified address. */
export function addressBytes(text: string): Uint8Array {
  const bare = text.split("%")[0] ?? "";
  const v4 = /^(?:::ffff:)?(\d+)\.(\d+)\.(\d+)\.(\d+)$/i.exec(bare);
  if (v4) return new Uint8Array([...new Array(10).fill(0), 0xff, 0xff, ...v4.slice(1).map(Number)]);
  const bytes = new Uint8Array(16);
  if (!isIPv6(bare)) return bytes;
  const [head = "", tail] = bare.split("::");
  const words = (part: string) => (part === "" ? [] : part.split(":").map((word) => Number.parseInt(word, 16)));
  const first = words(head);
  const last = tail === undefined ? [] : words(tail);
  const all = tail === undefined ? first : [...first, ...new Array(8 - first.length - last.length).fill(0), ...last];
  all.forEach((word: number, index) => {
    bytes[2 * index] = word >> 8;
    bytes[2 * index + 1] = word & 0xff;
  });
  return bytes;
}

/** MAC address under which an IPv6 multicast group is reached (RFC 2464 §7). */
export const groupMac = (address: string): Uint8Array =>
  new Uint8Array([0x33, 0x33, ...addressBytes(address).subarray(12)]);

/** A UDP datagram as an Ethernet frame. */
export function udpFrame(from: Side, to: Side, payload: Uint8Array): Uint8Array {
  const header = new Uint8Array(8);
  const view = new DataView(header.buffer);
  view.setUint16(0, from.port);
  view.setUint16(2, to.port);
  view.setUint16(4, 8 + payload.length);
  return ipv6Frame(from, to, { next: 17, checksumAt: 6, header, payload });
}

/** A TCP segment as an Ethernet frame. A SYN announces the MSS of Ethernet with IPv6. */
export function tcpFrame(from: Side, to: Side, segment: TcpSegment): Uint8Array {
  const options = segment.flags & tcpFlag.syn ? [2, 4, maximumSegment >> 8, maximumSegment & 0xff] : [];
  const header = new Uint8Array(20 + options.length);
  const view = new DataView(header.buffer);
  view.setUint16(0, from.port);
  view.setUint16(2, to.port);
  view.setUint32(4, segment.seq >>> 0);
  view.setUint32(8, segment.ack >>> 0);
  view.setUint8(12, (header.length / 4) << 4);
  view.setUint8(13, segment.flags);
  view.setUint16(14, segment.flags & tcpFlag.rst ? 0 : 0xffff);
  header.set(options, 20);
  return ipv6Frame(from, to, { next: 6, checksumAt: 16, header, payload: segment.payload });
}

export interface TcpSegment {
  readonly seq: number;
  readonly ack: number;
  readonly flags: number;
  readonly payload: Uint8Array;
}

/** Octets of one segment on an Ethernet with IPv6. */
export const maximumSegment = 1440;

interface Upper {
  readonly next: number;
  /** Where in `header` the checksum belongs. */
  readonly checksumAt: number;
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
}

function ipv6Frame(from: Side, to: Side, upper: Upper): Uint8Array {
  const source = from.ip;
  const target = to.ip;
  const length = upper.header.length + upper.payload.length;
  const sum = onesSum(source) + onesSum(target) + length + upper.next + onesSum(upper.header) + onesSum(upper.payload);
  const header = upper.header.slice();
  // A computed zero is sent as all ones: in UDP over IPv6 zero would mean "no checksum" (RFC 8200 §8.1).
  new DataView(header.buffer).setUint16(upper.checksumAt, ~fold(sum) & 0xffff || 0xffff);
  const ip = new Uint8Array(54);
  const view = new DataView(ip.buffer);
  ip.set(to.mac, 0);
  ip.set(from.mac, 6);
  view.setUint16(12, 0x86dd);
  view.setUint8(14, 0x60);
  view.setUint16(18, length);
  view.setUint8(20, upper.next);
  view.setUint8(21, to.ip[0] === 0xff ? 1 : 64);
  ip.set(source, 22);
  ip.set(target, 38);
  return concat(ip, header, upper.payload);
}

/** Sum of 16-bit big-endian words, an odd last octet padded with zero. */
function onesSum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at + 1 < bytes.length; at += 2) sum += (bytes[at]! << 8) | bytes[at + 1]!;
  if (bytes.length % 2) sum += bytes[bytes.length - 1]! << 8;
  return sum;
}

function fold(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded % 0x10000) + Math.floor(folded / 0x10000);
  return folded;
}
