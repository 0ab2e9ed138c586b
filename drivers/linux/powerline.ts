import type { Millis } from "../../core/clock";
import { Listeners } from "../../core/listeners";
import { Line, type LineEvent, type LineOptions } from "../virtual/line";
import type { ModemOptions, VirtualModem } from "../virtual/modem";
import { Capture } from "./capture";
import { claimInterface } from "./claim";
import { awaitRemedy, frameProblem } from "./interfaces";
import { RawLink } from "./raw-link";

/** What a modem has of its interface. */
type PortLink = Pick<RawLink, "send" | "onFrame" | "close">;

/** A modem of the line, named after the interface by which its host is connected to it. */
export interface ModemPort extends Omit<ModemOptions, "name" | "hostMac"> {
  readonly interface: string;
}

/** A frame at one of the modems' ports: `in` from the host, `out` to it. */
export interface Passage {
  readonly port: string;
  readonly dir: "in" | "out";
  /** A reading of `process.hrtime.bigint()`. */
  readonly at: bigint;
  readonly frame: Uint8Array;
}

export interface LinuxPowerlineOptions extends LineOptions {
  readonly ports: readonly ModemPort[];
  /** How long to wait for the interfaces to be there and up; not at all when left out. */
  readonly wait?: Millis;
  /**
   * The frames in this process, without a child for each interface: sooner ready and with less delay, and this process dies when
   * an interface goes.
   */
  readonly mortal?: boolean;
  readonly onEvent?: (event: LineEvent) => void;
  readonly onPassage?: (passage: Passage) => void;
  /** Lines for a field engineer, of the interfaces. */
  readonly log?: (text: string) => void;
}

/**
 * A power line between interfaces: behind each, where a real host has its modem, is a virtual one. All else than HomePlug passes
 * in user space, so only between modems of one network. Latency is what this machine takes, unless the faults add some.
 */
export class LinuxPowerline extends Line {
  readonly ports: readonly ModemPort[];
  private readonly links = new Map<string, PortLink>();
  private readonly release: () => void;
  private readonly onEvent: (event: LineEvent) => void;
  private readonly onPassage: (passage: Passage) => void;

  /** @throws EnvironmentError */
  static async open(options: LinuxPowerlineOptions): Promise<LinuxPowerline> {
    // Two lines on one interface would take each other's frames for a host's, and repeat them without end.
    const claims = await all(
      options.ports.map((port) => claimInterface(port.interface)),
      (release) => release(),
    );
    const release = (): void => {
      for (const claim of claims) claim();
    };
    try {
      const links = options.ports.map((port) => (options.mortal ? directLink : childLink)(port.interface, options));
      return new LinuxPowerline(options, await all(links, (link) => link.close()), release);
    } catch (error) {
      release();
      throw error;
    }
  }

  private constructor(options: LinuxPowerlineOptions, links: readonly PortLink[], release: () => void) {
    super({ ...options, latency: options.latency ?? 0 });
    this.ports = options.ports;
    this.release = release;
    this.onEvent = options.onEvent ?? (() => undefined);
    this.onPassage = options.onPassage ?? (() => undefined);
    for (const [index, port] of options.ports.entries()) {
      const link = links[index];
      if (link) this.connect(port, link);
    }
  }

  /** The modem at this interface. */
  modem(port: string): VirtualModem | undefined {
    return this.named(port);
  }

  close(): void {
    for (const link of this.links.values()) link.close();
    this.release();
  }

  /** A frame to the host at this interface, past its modem. */
  toHost(port: string, frame: Uint8Array): void {
    this.onPassage({ port, dir: "out", at: process.hrtime.bigint(), frame });
    this.links.get(port)?.send(frame);
  }

  protected override tell(event: LineEvent): void {
    this.onEvent(event);
  }

  private connect({ interface: port, ...options }: ModemPort, link: PortLink): void {
    this.links.set(port, link);
    const modem = this.attach({ name: port, ...options }, { toHost: (frame) => this.toHost(port, frame) });
    link.onFrame((frame, at) => {
      this.onPassage({ port, dir: "in", at, frame });
      modem.fromHost(frame);
    });
  }
}

const childLink = (
  name: string,
  { clock, wait = 0, log = () => undefined }: LinuxPowerlineOptions,
): Promise<PortLink> => RawLink.open({ interface: name, select: "all", clock, wait, log });

async function directLink(name: string, options: LinuxPowerlineOptions): Promise<PortLink> {
  const { clock, wait = 0, log = () => undefined } = options;
  await awaitRemedy(() => frameProblem(name), clock, wait);
  const listeners = new Listeners<[Uint8Array, bigint]>();
  const onFrame = (frame: Uint8Array, at: bigint): void => listeners.tell(frame, at);
  const onError = ({ message }: Error): void => log(`${name}: ${message}`);
  const capture = new Capture({ interface: name, select: "all", onFrame, onError });
  return {
    send: (frame) => {
      try {
        capture.send(frame);
      } catch (error) {
        log(`${name}: frame of ${frame.length} bytes not sent: ${(error as Error).message}`);
      }
    },
    onFrame: (listener) => listeners.add(listener),
    close: () => capture.close(),
  };
}

/** All of them, or none: what has been opened is undone when one fails. */
async function all<T>(opening: readonly Promise<T>[], undo: (it: T) => void): Promise<T[]> {
  const opened = await Promise.allSettled(opening);
  const done = opened.flatMap((it) => (it.status === "fulfilled" ? [it.value] : []));
  const failed = opened.find((it) => it.status === "rejected");
  if (!failed) return done;
  for (const it of done) undo(it);
  throw failed.reason;
}
