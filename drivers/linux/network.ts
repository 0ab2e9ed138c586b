import { connect as connectTcp, isIPv6, type Server } from "node:net";
import type { Cancel, Clock, Millis } from "../../core/clock";
import type { DatagramSocket, Endpoint, Listener, Network, Stream } from "../../core/network";
import { SystemClock } from "./clock";
import { EnvironmentError } from "./environment";
import { addressProblem, awaitRemedy, readInterface } from "./interfaces";
import { boundUdp, listeningTcp, zoned } from "./sockets";
import { endpoint, SocketStream } from "./stream";

export interface LinuxNetworkOptions {
  readonly interface: string;
  readonly clock?: Clock;
  /** How long to wait for the interface and its address; duplicate address detection alone takes up to 2 s. */
  readonly wait?: Millis;
  /** Lines for a field engineer: what the kernel refused, what was bound anew. */
  readonly log?: (text: string) => void;
}

const WAIT: Millis = 3_000;
/** From a connect to giving it up, as long as the virtual network does. */
const CONNECT_LIMIT: Millis = 7_000;
/** How often to look whether the interface is another one now. */
const WATCH: Millis = 500;
const MOST_DATAGRAM = 65_507;

type Rebind = () => void;

/**
 * IPv6 link-local of one interface of the kernel. Every socket is bound to the address on the interface: nothing listens
 * elsewhere. When the device goes and comes back (a modem on USB), its sockets are dead without an error; they are bound anew.
 */
export class LinuxNetwork implements Network {
  readonly address: string;
  private readonly name: string;
  private readonly clock: Clock;
  private readonly log: (text: string) => void;
  private readonly bound = new Set<Rebind>();
  private readonly watch: NodeJS.Timeout;
  private index: number;

  /** @throws EnvironmentError when interface or address are not there after `wait` */
  static async open(options: LinuxNetworkOptions): Promise<LinuxNetwork> {
    const clock = options.clock ?? new SystemClock();
    await awaitRemedy(() => addressProblem(options.interface), clock, options.wait ?? WAIT);
    return new LinuxNetwork({ ...options, clock });
  }

  private constructor(options: LinuxNetworkOptions & { readonly clock: Clock }) {
    this.name = options.interface;
    this.clock = options.clock;
    this.log = options.log ?? (() => undefined);
    const state = readInterface(this.name);
    if (!state?.linkLocal) throw new EnvironmentError({ kind: "NoLinkLocal", interface: this.name });
    this.address = state.linkLocal.address;
    this.index = state.index;
    // Sockets keep the process alive, the watch does not.
    this.watch = setInterval(() => this.lookForAnotherDevice(), WATCH).unref();
  }

  datagrams(
    port: number,
    listener: (bytes: Uint8Array, from: Endpoint) => void,
    options: { multicast?: string } = {},
  ): DatagramSocket {
    let sockets = this.bindUdp(port, listener, options.multicast);
    const local = { address: this.address, port: sockets[0].address().port };
    const close = (): void => {
      for (const socket of sockets.splice(0)) socket.close();
    };
    const rebind = (): void => {
      close();
      sockets = this.bindUdp(local.port, listener, options.multicast);
    };
    this.bound.add(rebind);
    return {
      local,
      send: (bytes, to) => {
        // The port comes from a peer and may be 0.
        const possible = isPort(to.port) && isIPv6(to.address) && bytes.length <= MOST_DATAGRAM;
        if (possible)
          sockets[0]?.send(Uint8Array.from(bytes), to.port, this.zone(to.address), (error) => this.warn(error));
      },
      close: () => {
        this.bound.delete(rebind);
        close();
      },
    };
  }

  listen(port: number, accept: (stream: Stream) => void): Listener {
    const serve = (wanted: number): Server =>
      listeningTcp(
        { interface: this.name, address: this.address, port: wanted },
        (socket) => accept(new SocketStream(socket, { clock: this.clock })),
        (error) => this.warn(error),
      );
    let server = serve(port);
    const local = endpoint(this.address, (server.address() as { port: number }).port);
    const rebind = (): void => {
      server.close();
      server = serve(local.port);
    };
    this.bound.add(rebind);
    return {
      local,
      close: () => {
        this.bound.delete(rebind);
        server.close();
      },
    };
  }

  connect(to: Endpoint, opened: (stream: Stream) => void, failed: (reason: string) => void): Cancel {
    if (!isIPv6(to.address) || !isPort(to.port)) {
      const told = setImmediate(failed, `${to.address} port ${to.port} is not an address to connect to`);
      return () => clearImmediate(told);
    }
    const socket = connectTcp({ host: this.zone(to.address), port: to.port, localAddress: this.zone(this.address) });
    const fail = (error: NodeJS.ErrnoException): void => {
      cancel();
      failed(connectText(to, error.code));
    };
    const cancel = this.clock.after(CONNECT_LIMIT, () =>
      socket.destroy(Object.assign(new Error(), { code: "ETIMEDOUT" })),
    );
    socket.once("error", fail);
    socket.once("connect", () => {
      cancel();
      const stream = new SocketStream(socket, { clock: this.clock });
      socket.off("error", fail);
      opened(stream);
    });
    return () => {
      if (!socket.connecting) return;
      cancel();
      socket.off("error", fail);
      socket.destroy();
    };
  }

  /** No longer looks after its sockets; those have to be closed one by one. */
  close(): void {
    clearInterval(this.watch);
  }

  /** One socket for the address and, with a group, a second for that: bound to `::` it would hear every interface. */
  private bindUdp(port: number, listener: (bytes: Uint8Array, from: Endpoint) => void, group: string | undefined) {
    const bind = (address: string, wanted: number) =>
      boundUdp(
        { interface: this.name, address, port: wanted },
        (bytes, from) => listener(Uint8Array.from(bytes), endpoint(from.address, from.port)),
        (error) => this.warn(error),
      );
    const own = bind(this.address, port);
    if (group === undefined) return [own] as [typeof own];
    try {
      const member = bind(group, own.address().port);
      member.addMembership(group, this.zone("::"));
      return [own, member] as [typeof own, typeof own];
    } catch (error) {
      own.close();
      throw error;
    }
  }

  private lookForAnotherDevice(): void {
    const state = readInterface(this.name);
    if (!state || state.index === this.index || addressProblem(this.name)) return;
    if (state.linkLocal?.address !== this.address) {
      this.log(`${this.name} came back as ${state.linkLocal?.address}, not ${this.address}: start anew to use it`);
      this.index = state.index;
      return;
    }
    try {
      for (const rebind of this.bound) rebind();
      this.index = state.index;
      this.log(`${this.name} came back: ${this.bound.size} sockets bound anew`);
    } catch (error) {
      // The next look tries again.
      this.warn(error as Error);
    }
  }

  private zone(address: string): string {
    return zoned(address, this.name);
  }

  private warn(error: Error | null): void {
    if (error) this.log(`${this.name}: ${error.message}`);
  }
}

const isPort = (port: number): boolean => Number.isInteger(port) && port > 0 && port <= 65_535;

function connectText({ address, port }: Endpoint, code = "unknown"): string {
  if (code === "ECONNREFUSED") return `connection refused by ${address} port ${port}`;
  if (code === "ETIMEDOUT" || code === "EHOSTUNREACH") return `no answer from ${address}`;
  return `cannot connect to ${address} port ${port} (${code})`;
}
