const ipv6 = 0x86dd;
const tcp = 6;

/** Octets of TCP payload in an Ethernet frame with IPv6; 0 for any other. */
export function tcpPayload(frame: Uint8Array): number {
  const at = (index: number): number => frame[index] ?? 0;
  if ((at(12) << 8) + at(13) !== ipv6 || at(20) !== tcp) return 0;
  const header = (at(66) >> 4) * 4;
  return Math.max(0, (at(18) << 8) + at(19) - header);
}
