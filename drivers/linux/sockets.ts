import { createSocket, type RemoteInfo, type Socket as UdpSocket } from "node:dgram";
import dns from "node:dns";
import { readFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { EnvironmentError, type EnvironmentProblem } from "./environment";
import { addressProblem } from "./interfaces";

/** Where a socket lives: a literal address on one interface. */
export interface Place {
  readonly interface: string;
  readonly address: string;
  readonly port: number;
}

/** Connections that one listener holds; more are closed at once. */
const MOST_CONNECTIONS = 1024;

/** With its zone, which the kernel needs for link-local addresses, and which binds the socket to the interface. */
export const zoned = (address: string, name: string): string => `${address}%${name}`;

type Found = (error: null, found: string | { address: string; family: number }[], family?: number) => void;

/**
 * Addresses are literals here, so that a name never has to be looked up and a socket is bound when this returns. Called as
 * `dns.lookup` is, which differs by the platform's version: with options or without, for one address or for all.
 */
function literal(host: string, options: unknown, callback?: Found): void {
  const found = (callback ?? options) as Found;
  if (callback && (options as { all?: boolean } | undefined)?.all) found(null, [{ address: host, family: 6 }]);
  else found(null, host, 6);
}

/**
 * A datagram socket that is bound.
 * @throws EnvironmentError
 */
export function boundUdp(
  place: Place,
  heard: (bytes: Buffer, from: RemoteInfo) => void,
  later: (error: Error) => void,
): UdpSocket {
  const socket = createSocket({ type: "udp6", lookup: literal as never });
  let bound = false;
  let failure: NodeJS.ErrnoException | undefined;
  socket.on("error", (error) => {
    if (bound) later(error);
    else failure = error;
  });
  socket.on("message", heard);
  socket.bind({ address: zoned(place.address, place.interface), port: place.port, exclusive: true });
  if (failure) {
    socket.close();
    throw new EnvironmentError(refusal(place, failure.code ?? "unknown"));
  }
  bound = true;
  return socket;
}

/**
 * A server that listens.
 * @throws EnvironmentError
 */
export function listeningTcp(place: Place, accept: (socket: Socket) => void, later: (error: Error) => void): Server {
  const server = createServer(accept);
  server.maxConnections = MOST_CONNECTIONS;
  let listening = false;
  server.on("error", (error) => {
    if (listening) later(error);
  });
  atOnce(() =>
    server.listen({ host: zoned(place.address, place.interface), port: place.port, ipv6Only: true, exclusive: true }),
  );
  listening = server.address() !== null;
  if (listening) return server;
  throw new EnvironmentError(refusal(place, portIsListening(place.port) ? "EADDRINUSE" : "EADDRNOTAVAIL"));
}

/**
 * Runs `act` with address literals resolved at once. A server of the platform has no `lookup` of its own as datagram sockets
 * have: it takes a turn of the event loop for `dns.lookup` of a literal, and until then its port is not known.
 */
function atOnce(act: () => void): void {
  const { lookup } = dns;
  Object.assign(dns, { lookup: literal as never });
  try {
    act();
  } finally {
    Object.assign(dns, { lookup });
  }
}

function refusal({ interface: name, address, port }: Place, code: string): EnvironmentProblem {
  if (code === "EADDRINUSE") return { kind: "AddressInUse", address, port };
  const what = `open port ${port} of ${address} on ${name}`;
  if (code === "EACCES" || code === "EPERM") return { kind: "NotPermitted", what, needs: "CAP_NET_BIND_SERVICE" };
  return addressProblem(name) ?? { kind: "Refused", what, code };
}

/** A server tells the cause of its failure one turn late; the kernel's own table tells it now. */
function portIsListening(port: number): boolean {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const LISTEN = "0A";
  return readFileSync("/proc/net/tcp6", "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .some(([, local, , state]) => local?.endsWith(wanted) && state === LISTEN);
}
