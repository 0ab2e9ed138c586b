import type { Cancel, Clock, Millis } from "../../core/clock";
import type { DatagramSocket, Endpoint, Listener, Network, Stream } from "../../core/network";
import { streamPair } from "./stream";

export interface SubnetOptions {
  readonly clock: Clock;
  /** One way. */
  readonly latency: Millis;
  /** Whether packets pass between these hosts now. */
  readonly reaches: (from: string, to: string) => boolean;
  /** When the copies of a datagram sent now arrive; none if it is lost. Streams suffer no loss. */
  readonly arrivals: () => readonly Millis[];
}

type Heard = (bytes: Uint8Array, from: Endpoint) => void;

interface Host {
  readonly name: string;
  readonly address: string;
  readonly sockets: Map<number, { heard: Heard; multicast?: string | undefined }>;
  readonly listeners: Map<number, (stream: Stream) => void>;
  nextPort: number;
  open: number;
}

/** The largest UDP payload. */
const MOST_DATAGRAM = 65_507;
/** Connections that one host holds; more are refused. */
const MOST_STREAMS = 1024;
/** Waits between attempts to connect, as TCP repeats its SYN; then the attempt is given up. */
const CONNECT_WAITS: readonly Millis[] = [1000, 2000, 4000];

/** IPv6 of several hosts on one link: datagrams, multicast, and streams that behave as TCP does at its edges. */
export class VirtualSubnet {
  private readonly options: SubnetOptions;
  private readonly hosts = new Map<string, Host>();
  private readonly resumers = new Set<() => void>();

  constructor(options: SubnetOptions) {
    this.options = options;
  }

  host(name: string, address: string): Network {
    const host: Host = { name, address, sockets: new Map(), listeners: new Map(), nextPort: 49152, open: 0 };
    this.hosts.set(name, host);
    return {
      address,
      datagrams: (port, listener, options) => this.bind(host, port, listener, options?.multicast),
      listen: (port, accept) => this.listen(host, port, accept),
      connect: (to, opened, failed) => this.connect(host, to, opened, failed),
    };
  }

  /** To be called when `reaches` may answer otherwise than before: what was held back goes on. */
  linksChanged(): void {
    for (const resume of [...this.resumers]) resume();
  }

  private bind(host: Host, wanted: number, heard: Heard, multicast?: string): DatagramSocket {
    const port = this.port(host, wanted, host.sockets);
    host.sockets.set(port, { heard, multicast });
    const local = { address: host.address, port };
    let closed = false;
    return {
      local,
      send: (bytes, to) => {
        if (!closed && bytes.length <= MOST_DATAGRAM) this.datagram(host, Uint8Array.from(bytes), local, to);
      },
      close: () => {
        if (!closed) host.sockets.delete(port);
        closed = true;
      },
    };
  }

  private datagram(from: Host, bytes: Uint8Array, local: Endpoint, to: Endpoint): void {
    for (const host of this.hosts.values()) {
      if (host === from) continue;
      const socket = () => host.sockets.get(to.port);
      const meant = () => host.address === to.address || socket()?.multicast === to.address;
      for (const delay of this.options.arrivals()) {
        this.options.clock.after(delay, () => {
          if (meant() && this.options.reaches(from.name, host.name)) socket()?.heard(bytes, local);
        });
      }
    }
  }

  private listen(host: Host, wanted: number, accept: (stream: Stream) => void): Listener {
    const port = this.port(host, wanted, host.listeners);
    host.listeners.set(port, accept);
    return { local: { address: host.address, port }, close: () => void host.listeners.delete(port) };
  }

  private connect(
    host: Host,
    to: Endpoint,
    opened: (stream: Stream) => void,
    failed: (reason: string) => void,
  ): Cancel {
    const { clock, latency, reaches } = this.options;
    const local = { address: host.address, port: this.port(host, 0, new Map()) };
    let given = false;
    const attempt = (round: number): void => {
      if (given) return;
      const target = [...this.hosts.values()].find(({ address }) => address === to.address);
      if (target && reaches(host.name, target.name))
        return this.open(host, target, local, to, (stream) => (given ? stream.close("reset") : opened(stream)), fail);
      const wait = CONNECT_WAITS[round];
      if (wait === undefined) fail(`no answer from ${to.address}`);
      else clock.after(wait, () => attempt(round + 1));
    };
    const fail = (reason: string): void => {
      if (!given) failed(reason);
    };
    clock.after(latency, () => attempt(0));
    return () => {
      given = true;
    };
  }

  private open(
    client: Host,
    server: Host,
    local: Endpoint,
    to: Endpoint,
    opened: (stream: Stream) => void,
    failed: (reason: string) => void,
  ): void {
    const { clock, latency, reaches } = this.options;
    const accept = server.listeners.get(to.port);
    if (!accept || client.open >= MOST_STREAMS || server.open >= MOST_STREAMS) {
      clock.after(latency, () => failed(`connection refused by ${to.address} port ${to.port}`));
      return;
    }
    client.open++;
    server.open++;
    const ends = streamPair({
      clock,
      latency,
      passes: () => reaches(client.name, server.name),
      addresses: [local, { address: server.address, port: to.port }],
      over: () => {
        client.open--;
        server.open--;
        this.resumers.delete(ends.resume);
      },
    });
    this.resumers.add(ends.resume);
    clock.after(latency, () => opened(ends.client));
    accept(ends.server);
  }

  private port(host: Host, wanted: number, taken: ReadonlyMap<number, unknown>): number {
    if (wanted !== 0) {
      if (taken.has(wanted)) throw new Error(`port ${wanted} of ${host.address} is taken`);
      return wanted;
    }
    while (taken.has(host.nextPort)) host.nextPort = nextPort(host.nextPort);
    const port = host.nextPort;
    host.nextPort = nextPort(port);
    return port;
  }
}

const nextPort = (port: number): number => (port >= 65_535 ? 49_152 : port + 1);
