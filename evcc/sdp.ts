import type { Endpoint } from "../core/network";
import { addressBytes, readSdpResponse, sdpRequest, security, transport } from "../protocol/sdp";
import type { EvccConfig } from "./config";

/** The car's question: a plain TCP connection, or TLS where it takes nothing else. */
export const discovery = ({ tls }: Pick<EvccConfig, "tls"> = { tls: "never" }): Uint8Array =>
  sdpRequest({ security: tls === "require" ? security.tls : security.none, transport: transport.tcp });

/**
 * Station named in a datagram, and whether it wants TLS. Anything not link-local, without a port, with another transport, or with
 * a security that the car has not asked for is ignored.
 */
export function discovered(
  datagram: Uint8Array,
  { tls }: Pick<EvccConfig, "tls">,
): { to: Endpoint; secure: boolean } | undefined {
  const response = readSdpResponse(datagram);
  if (!response || response.port === 0 || response.transport !== transport.tcp) return undefined;
  const secure = response.security === security.tls;
  if (response.security !== security.none && !(secure && tls === "require")) return undefined;
  const [first = 0, second = 0] = addressBytes(response.address);
  const linkLocal = first === 0xfe && (second & 0xc0) === 0x80;
  return linkLocal ? { to: { address: response.address, port: response.port }, secure } : undefined;
}
