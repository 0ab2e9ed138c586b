import type { ChildProcess } from "node:child_process";
import type { Cancel, Millis } from "../../../core/clock";
import type { Link } from "../../../core/link";
import { Listeners } from "../../../core/listeners";
import type { CloseReason, DatagramSocket, Endpoint, Listener, Network, Stream } from "../../../core/network";
import type { Command, Report } from "./agent-protocol";

type Told = (report: Report) => void;

/** The agent's side of the world as ports of the harness: a Link and a Network in another namespace. */
export class RemoteHost {
  readonly link: Link;
  readonly network: Network;
  /** Is given every report with the time at which the agent saw it, and delivers it. */
  onReport: (at: Millis, deliver: () => void) => void = (_, deliver) => deliver();
  private readonly agent: ChildProcess;
  private readonly listeners = new Map<number, Told>();
  private readonly frames = new Listeners<[Uint8Array]>();
  private readonly states = new Listeners<[boolean]>();
  private handles = 0;

  /** @throws Error when the agent cannot open the interface */
  static async start(agent: ChildProcess): Promise<RemoteHost> {
    const ready = await new Promise<Extract<Report, { tell: "ready" }>>((resolve, reject) => {
      agent.once("exit", (code) => reject(new Error(`the agent ended with ${code}`)));
      agent.once("error", reject);
      agent.once("message", (message) => {
        const report = message as Report;
        if (report.tell === "ready") resolve(report);
        else reject(new Error(report.tell === "failed" ? report.what : `the agent began with ${report.tell}`));
      });
    });
    return new RemoteHost(agent, ready);
  }

  private constructor(agent: ChildProcess, { mac, address }: { mac: Uint8Array; address: string }) {
    this.agent = agent;
    agent.on("message", (message) => {
      const report = message as Report;
      this.onReport(report.at, () => this.take(report));
    });
    this.link = {
      mac: Uint8Array.from(mac),
      send: (bytes) => this.ask({ do: "frame", bytes }),
      onFrame: (listener) => this.frames.add(listener),
      onState: (listener) => this.states.add(listener),
      close: () => {
        this.frames.clear();
      },
    };
    this.network = {
      address,
      datagrams: (port, listener, options) => this.datagrams(port, listener, options?.multicast),
      listen: (port, accept) => this.listen(port, accept),
      connect: (to, opened, failed) => this.connect(to, opened, failed),
    };
  }

  /** Whatever is open in the namespace is closed, and nobody is told of it. */
  reset(): void {
    this.listeners.clear();
    this.frames.clear();
    this.states.clear();
    this.onReport = (_, deliver) => deliver();
    this.ask({ do: "reset" });
  }

  private ask(command: Command): void {
    if (this.agent.connected) this.agent.send(command);
  }

  private take(report: Report): void {
    if (report.tell === "frame") this.frames.tell(report.bytes);
    else if (report.tell === "link") this.states.tell(report.up);
    else if (report.tell === "accepted") this.listeners.get(report.listener)?.(report);
    else if ("handle" in report) this.listeners.get(report.handle)?.(report);
  }

  private datagrams(
    port: number,
    heard: (bytes: Uint8Array, from: Endpoint) => void,
    multicast?: string,
  ): DatagramSocket {
    const handle = ++this.handles;
    const local = { address: this.network.address, port };
    this.listeners.set(handle, (report) => {
      if (report.tell === "bound") local.port = report.local.port;
      if (report.tell === "datagram") heard(report.bytes, report.from);
    });
    this.ask({ do: "datagrams", handle, port, ...(multicast !== undefined && { multicast }) });
    return {
      local,
      send: (bytes, to) => this.ask({ do: "datagram", handle, bytes, to }),
      close: () => this.release(handle),
    };
  }

  private listen(port: number, accept: (stream: Stream) => void): Listener {
    const handle = ++this.handles;
    const local = { address: this.network.address, port };
    this.listeners.set(handle, (report) => {
      if (report.tell === "bound") local.port = report.local.port;
      if (report.tell === "accepted")
        accept(new RemoteStream(report.handle, report.local, report.peer, this.wires(report.handle)));
    });
    this.ask({ do: "listen", handle, port });
    return { local, close: () => this.release(handle) };
  }

  private connect(to: Endpoint, opened: (stream: Stream) => void, failed: (reason: string) => void): Cancel {
    const handle = ++this.handles;
    let waits = true;
    this.listeners.set(handle, (report) => {
      waits = false;
      if (report.tell === "refused") failed(report.reason);
      if (report.tell === "connected") opened(new RemoteStream(handle, report.local, report.peer, this.wires(handle)));
    });
    this.ask({ do: "connect", handle, to });
    return () => {
      if (waits) this.release(handle);
    };
  }

  private wires(handle: number): Wires {
    return { ask: (command) => this.ask(command), hear: (told) => void this.listeners.set(handle, told) };
  }

  private release(handle: number): void {
    this.listeners.delete(handle);
    this.ask({ do: "close", handle });
  }
}

interface Wires {
  readonly ask: (command: Command) => void;
  readonly hear: (told: Told) => void;
}

class RemoteStream implements Stream {
  readonly peer: Endpoint;
  readonly local: Endpoint;
  readonly secure = false;
  private readonly handle: number;
  private readonly wires: Wires;
  private bytes: ((bytes: Uint8Array) => void) | undefined;
  private closed: ((reason: CloseReason) => void) | undefined;
  private readonly early: Report[] = [];

  constructor(handle: number, local: Endpoint, peer: Endpoint, wires: Wires) {
    this.handle = handle;
    this.local = local;
    this.peer = peer;
    this.wires = wires;
    wires.hear((report) => this.take(report));
  }

  send(bytes: Uint8Array): void {
    this.wires.ask({ do: "write", handle: this.handle, bytes });
  }

  onBytes(listener: (bytes: Uint8Array) => void): void {
    this.bytes = listener;
    for (const report of this.early.splice(0)) this.take(report);
  }

  onClose(listener: (reason: CloseReason) => void): void {
    this.closed = listener;
  }

  reading(on: boolean): void {
    this.wires.ask({ do: "reading", handle: this.handle, on });
  }

  close(how: "fin" | "reset" = "fin"): void {
    this.wires.ask({ do: "close", handle: this.handle, how });
  }

  private take(report: Report): void {
    if (!this.bytes) this.early.push(report);
    else if (report.tell === "bytes") this.bytes(report.bytes);
    else if (report.tell === "closed") this.closed?.(report.reason);
  }
}
