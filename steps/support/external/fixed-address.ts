import type { Endpoint, Network } from "../../../core/network";
import { sdpPort, sdpResponse, security, transport } from "../../../protocol/sdp";

/** A network on which whoever asks for a station is told of one at a fixed address, and nobody else hears the question. */
export function fixedAddress(network: Network, station: Endpoint): Network {
  const answer = sdpResponse({ ...station, security: security.none, transport: transport.tcp });
  return {
    address: network.address,
    listen: (port, accept) => network.listen(port, accept),
    connect: (to, opened, failed) => network.connect(to, opened, failed),
    datagrams: (port, listener) => ({
      local: { address: network.address, port },
      send: () => setImmediate(() => listener(answer, { ...station, port: sdpPort })),
      close: () => undefined,
    }),
  };
}
