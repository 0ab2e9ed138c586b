import type { Endpoint } from "../core/network";
import { addressBytes, readSdpResponse, sdpRequest, security, transport } from "../protocol/sdp";

/** The car's question: a plain TCP connection (TLS is not asked for). */
export const discovery = (): Uint8Array => sdpRequest({ security: security.none, transport: transport.tcp });

/** Station named in a datagram. Anything not link-local, without a port, or offering another transport or security is ignored. */
export function discovered(datagram: Uint8Array): Endpoint | undefined {
  const response = readSdpResponse(datagram);
  if (!response || response.port === 0 || response.transport !== transport.tcp || response.security !== security.none)
    return undefined;
  const [first = 0, second = 0] = addressBytes(response.address);
  const linkLocal = first === 0xfe && (second & 0xc0) === 0x80;
  return linkLocal ? { address: response.address, port: response.port } : undefined;
}
