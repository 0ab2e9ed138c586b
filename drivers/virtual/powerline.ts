import { hex, unhex } from "../../core/bytes";
import type { Link } from "../../core/link";
import { Listeners } from "../../core/listeners";
import type { Network } from "../../core/network";
import type { Node, Trace } from "../../core/trace";
import { reportMme } from "../../protocol/homeplug";
import { addressText } from "../../protocol/sdp";
import { arrivals } from "./faults";
import { Line, type LineOptions } from "./line";
import type { ModemOptions, VirtualModem } from "./modem";
import { VirtualSubnet } from "./network";

export type { Attenuation } from "./line";

export interface PowerlineOptions extends LineOptions {
  /** Frames at the hosts of the modems go into it. */
  readonly trace?: Trace;
}

/** One modem on the line with what its host gets of it. */
export interface Attachment {
  readonly modem: VirtualModem;
  readonly link: Link;
  readonly network: Network;
}

/** A power line in memory. Half of a frame's latency is on the line, the other half at either host. */
export class VirtualPowerline extends Line {
  private readonly trace: Trace | undefined;
  private readonly subnet: VirtualSubnet;

  constructor({ trace, ...options }: PowerlineOptions) {
    super(options);
    this.trace = trace;
    const { clock, entropy, latency } = this.settings;
    this.subnet = new VirtualSubnet({
      clock,
      latency,
      reaches: (from, to) => this.reaches(from, to),
      arrivals: () => arrivals(this.faults, latency, entropy),
    });
  }

  /** @param options.node under which the host's frames are traced; by its role when left out */
  modem(options: ModemOptions & { readonly hostMac: string; readonly node?: Node }): Attachment {
    const { clock, latency } = this.settings;
    const node = options.node ?? (options.role === "evse" ? "secc" : "evcc");
    const host = hostLink(unhex(options.hostMac), (frame) => {
      this.record(node, "tx", frame);
      clock.after(latency / 2, () => modem.fromHost(frame));
    });
    const deliver = (frame: Uint8Array): void => {
      if (host.closed()) return;
      this.record(node, "rx", frame);
      host.deliver(frame);
    };
    const modem = this.attach(options, {
      toHost: (frame) => void clock.after(latency / 2, () => deliver(frame)),
      changed: (it) => void clock.after(0, () => host.tellState(!it.restarting)),
    });
    return { modem, link: host.link, network: this.subnet.host(options.name, linkLocal(options.hostMac)) };
  }

  protected override linksChanged(): void {
    this.subnet.linksChanged();
  }

  private record(node: Node, dir: "tx" | "rx", frame: Uint8Array): void {
    this.trace?.record(node, { type: "mme", dir, ...reportMme(frame), hex: hex(frame) });
  }
}

/** The link-local address that a host forms from its MAC address (EUI-64). */
export function linkLocal(mac: string): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = unhex(mac);
  return addressText(Uint8Array.of(0xfe, 0x80, 0, 0, 0, 0, 0, 0, a ^ 2, b, c, 0xff, 0xfe, d, e, f));
}

/** The host's side of a link, in memory. */
function hostLink(mac: Uint8Array, send: (frame: Uint8Array) => void) {
  const frames = new Listeners<[Uint8Array]>();
  const states = new Listeners<[boolean]>();
  let closed = false;
  let wasUp = true;
  const link: Link = {
    mac,
    send: (frame) => {
      if (!closed) send(Uint8Array.from(frame));
    },
    onFrame: (listener) => frames.add(listener),
    onState: (listener) => states.add(listener),
    close: () => {
      closed = true;
    },
  };
  return {
    link,
    closed: () => closed,
    deliver: (frame: Uint8Array) => frames.tell(Uint8Array.from(frame)),
    tellState: (up: boolean) => {
      if (closed || up === wasUp) return;
      wasUp = up;
      states.tell(up);
    },
  };
}
