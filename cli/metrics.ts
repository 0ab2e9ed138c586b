import { createSocket } from "node:dgram";
import { lookup } from "node:dns";

/**
 * One datagram to a host by name or address, IPv4 or IPv6.
 * @param failed is told why it was not sent: a name that nobody knows, a host without a way to it
 */
export function sendMetrics(
  text: string,
  { host, port }: { readonly host: string; readonly port: number },
  failed: (reason: string) => void,
): void {
  // A name of this machine has addresses of both kinds, and most listen at the older one.
  lookup(host, { order: "ipv4first" }, (unknown, address, family) => {
    if (unknown) return failed(unknown.message);
    const socket = createSocket(family === 6 ? "udp6" : "udp4");
    // Of a socket that cannot even be bound; what goes wrong with the datagram is told to its own callback.
    socket.on("error", (error) => {
      failed(error.message);
      socket.close();
    });
    socket.send(text, port, address, (error) => {
      if (error) failed(error.message);
      socket.close();
    });
  });
}
