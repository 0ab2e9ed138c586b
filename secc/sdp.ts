import { readSdpRequest, sdpResponse, security, transport } from "../protocol/sdp";
import type { SeccConfig } from "./config";

/**
 * Answer to an SDP datagram, or nothing: a malformed request, an unknown security or a transport other than TCP is ignored
 * (V2G2-623). Without TLS a request for TLS is answered with "no TLS", and the car decides.
 */
export function answerSdp(datagram: Uint8Array, config: SeccConfig): Uint8Array | undefined {
  const request = readSdpRequest(datagram);
  if (!request || request.transport !== transport.tcp) return undefined;
  if (request.security !== security.none && request.security !== security.tls) return undefined;
  return sdpResponse({ address: config.address, port: config.port, security: security.none, transport: transport.tcp });
}
