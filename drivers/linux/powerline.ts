import type { Millis } from "../../core/clock";
import { Line, type LineEvent, type LineOptions } from "../virtual/line";
import type { ModemOptions, VirtualModem } from "../virtual/modem";
import { RawLink } from "./raw-link";

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
  private readonly links: RawLink[] = [];
  private readonly onEvent: (event: LineEvent) => void;
  private readonly onPassage: (passage: Passage) => void;

  /** @throws EnvironmentError */
  static async open(options: LinuxPowerlineOptions): Promise<LinuxPowerline> {
    const { clock, wait = 0, log = () => undefined } = options;
    const opening = options.ports.map(({ interface: name }) =>
      RawLink.open({ interface: name, select: "all", clock, wait, log }),
    );
    const opened = await Promise.allSettled(opening);
    const links = opened.flatMap((it) => (it.status === "fulfilled" ? [it.value] : []));
    const failed = opened.find((it) => it.status === "rejected");
    if (!failed) return new LinuxPowerline(options, links);
    for (const link of links) link.close();
    throw failed.reason;
  }

  private constructor(options: LinuxPowerlineOptions, links: readonly RawLink[]) {
    super({ ...options, latency: options.latency ?? 0 });
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
    for (const link of this.links) link.close();
  }

  protected override tell(event: LineEvent): void {
    this.onEvent(event);
  }

  private connect({ interface: port, ...options }: ModemPort, link: RawLink): void {
    this.links.push(link);
    const modem = this.attach(
      { name: port, ...options },
      {
        toHost: (frame) => {
          this.onPassage({ port, dir: "out", at: process.hrtime.bigint(), frame });
          link.send(frame);
        },
      },
    );
    link.onFrame((frame, at) => {
      this.onPassage({ port, dir: "in", at, frame });
      modem.fromHost(frame);
    });
  }
}
