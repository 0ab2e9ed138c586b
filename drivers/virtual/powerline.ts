import { hex, unhex } from "../../core/bytes";
import type { Cancel, Clock, Millis } from "../../core/clock";
import type { Entropy } from "../../core/entropy";
import type { Link } from "../../core/link";
import type { Network } from "../../core/network";
import type { Node, Trace } from "../../core/trace";
import { decodeMme, type MmeName, reportMme } from "../../protocol/homeplug";
import { addressText } from "../../protocol/sdp";
import { arrivals, type LineFaults, soundLine } from "./faults";
import { type ModemOptions, profile, VirtualModem } from "./modem";
import { VirtualSubnet } from "./network";

/** Attenuation in dB between two modems, by name, for each of the 58 carrier groups; undefined where nothing is heard. */
export type Attenuation = number | ((from: string, to: string, group: number) => number | undefined);

export interface PowerlineOptions {
  readonly clock: Clock;
  readonly entropy: Entropy;
  /** Frames at the hosts of the modems go into it. */
  readonly trace?: Trace;
  /** From equal keys to a network. A real modem takes 5 s and more. */
  readonly joinDelay?: Millis;
  readonly attenuationDb?: Attenuation;
  /** One way, between host and host. */
  readonly latency?: Millis;
  readonly plugged?: boolean;
}

/** One modem on the line with what its host gets of it. */
export interface Attachment {
  readonly modem: VirtualModem;
  readonly link: Link;
  readonly network: Network;
}

interface Place extends Attachment {
  readonly node: Node;
  readonly deliver: (frame: Uint8Array) => void;
}

/** A power line with modems on it: who hears whom, how loud, and who is in whose network. */
export class VirtualPowerline {
  faults: LineFaults = soundLine;
  private readonly options: Required<Omit<PowerlineOptions, "trace">> & Pick<PowerlineOptions, "trace">;
  private readonly places = new Map<string, Place>();
  private readonly joined = new Set<string>();
  private readonly joining = new Map<string, Cancel>();
  private readonly losing = new Map<MmeName, number>();
  private readonly subnet: VirtualSubnet;
  private plugged: boolean;

  constructor(options: PowerlineOptions) {
    this.options = { joinDelay: 500, attenuationDb: 15, latency: 1, plugged: false, ...options };
    this.plugged = this.options.plugged;
    const { clock, entropy, latency } = this.options;
    this.subnet = new VirtualSubnet({
      clock,
      latency,
      reaches: (from, to) => this.joined.has(pair(from, to)),
      arrivals: () => arrivals(this.faults, latency, entropy),
    });
  }

  /** @param options.node under which the host's frames are traced; by its role when left out */
  modem(options: ModemOptions & { readonly node?: Node }): Attachment {
    const { clock, entropy, latency, trace } = this.options;
    const node = options.node ?? (options.role === "evse" ? "secc" : "evcc");
    const { name } = options;
    const modem: VirtualModem = new VirtualModem(options, {
      clock,
      entropy,
      toHost: (frame) => void clock.after(latency / 2, () => this.places.get(name)?.deliver(frame)),
      toLine: (frame) => this.transmit(name, frame),
      neighbours: () => this.neighboursOf(name),
      changed: () => {
        clock.after(0, () => host.tellState(!modem.silent));
        this.rejoin();
      },
    });
    const host = hostLink(unhex(options.hostMac), (frame) => {
      trace?.record(node, { type: "mme", dir: "tx", ...reportMme(frame), hex: hex(frame) });
      clock.after(latency / 2, () => modem.fromHost(frame));
    });
    const deliver = (frame: Uint8Array): void => {
      if (host.closed()) return;
      trace?.record(node, { type: "mme", dir: "rx", ...reportMme(frame), hex: hex(frame) });
      host.deliver(frame);
    };
    const network = this.subnet.host(name, linkLocal(options.hostMac));
    const place: Place = { modem, link: host.link, network, node, deliver };
    this.places.set(name, place);
    this.rejoin();
    return place;
  }

  /** The plug of the car: out of its socket the car's modem hears nobody. */
  setPlugged(plugged: boolean): void {
    this.plugged = plugged;
    this.rejoin();
  }

  /** Loses the next `times` frames of that name on the line, whoever sends them. */
  lose(name: MmeName, times = 1): void {
    this.losing.set(name, (this.losing.get(name) ?? 0) + times);
  }

  /** What was still to be lost is not. */
  loseNothing(): void {
    this.losing.clear();
  }

  /** Every network breaks up, as by a burst of noise; the join delay runs anew. */
  dropLinks(): void {
    for (const key of this.joined) this.part(key);
    this.subnet.linksChanged();
    this.rejoin();
  }

  /** Whether the modems of these names are in one network now. */
  areJoined(a: string, b: string): boolean {
    return this.joined.has(pair(a, b));
  }

  private transmit(from: string, frame: Uint8Array): void {
    const { clock, entropy, latency } = this.options;
    if (this.isLost(frame)) return;
    for (const [to, { modem }] of this.places) {
      if (to === from || !this.audible(from, to)) continue;
      const neighbour = this.areJoined(from, to);
      const aag = () => profile((group) => this.attenuation(from, to, group) ?? 255);
      for (const delay of arrivals(this.faults, latency, entropy)) {
        clock.after(delay, () => {
          if (this.audible(from, to)) modem.fromLine(frame, aag, neighbour);
        });
      }
    }
  }

  private isLost(frame: Uint8Array): boolean {
    if (this.losing.size === 0) return false;
    const message = decodeMme(frame);
    const left = message.kind === "Mme" ? (this.losing.get(message.name) ?? 0) : 0;
    if (message.kind === "Mme" && left > 0) this.losing.set(message.name, left - 1);
    return left > 0;
  }

  private attenuation(from: string, to: string, group: number): number | undefined {
    const { attenuationDb } = this.options;
    return typeof attenuationDb === "number" ? attenuationDb : attenuationDb(from, to, group);
  }

  /** Stations hear each other through the mains; a car is heard only while it is plugged in. */
  private audible(a: string, b: string): boolean {
    const modems = [this.places.get(a)?.modem, this.places.get(b)?.modem];
    const cut = modems.some((it) => !it || it.silent || (it.options.role === "ev" && !this.plugged));
    return !cut && this.attenuation(a, b, 0) !== undefined;
  }

  private neighboursOf(name: string): VirtualModem[] {
    return [...this.places].filter(([other]) => this.joined.has(pair(name, other))).map(([, { modem }]) => modem);
  }

  private rejoin(): void {
    const all = [...this.places];
    for (const [index, [a, first]] of all.entries()) {
      for (const [b, second] of all.slice(index + 1)) {
        const key = pair(a, b);
        const one = this.audible(a, b) && first.modem.key.nmk === second.modem.key.nmk;
        if (!one) this.part(key);
        else if (!this.joined.has(key) && !this.joining.has(key)) this.join(key);
      }
    }
    this.subnet.linksChanged();
  }

  private join(key: string): void {
    const { clock, joinDelay } = this.options;
    const cancel = clock.after(joinDelay, () => {
      this.joining.delete(key);
      this.joined.add(key);
      this.subnet.linksChanged();
    });
    this.joining.set(key, cancel);
  }

  private part(key: string): void {
    this.joining.get(key)?.();
    this.joining.delete(key);
    this.joined.delete(key);
  }
}

const pair = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** The link-local address that a host forms from its MAC address (EUI-64). */
export function linkLocal(mac: string): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = unhex(mac);
  return addressText(Uint8Array.of(0xfe, 0x80, 0, 0, 0, 0, 0, 0, a ^ 2, b, c, 0xff, 0xfe, d, e, f));
}

/** The host's side of a link, in memory. */
function hostLink(mac: Uint8Array, send: (frame: Uint8Array) => void) {
  const frames: ((frame: Uint8Array) => void)[] = [];
  const states: ((up: boolean) => void)[] = [];
  let closed = false;
  let wasUp = true;
  const link: Link = {
    mac,
    send: (frame) => {
      if (!closed) send(Uint8Array.from(frame));
    },
    onFrame: (listener) => void frames.push(listener),
    onState: (listener) => void states.push(listener),
    close: () => {
      closed = true;
    },
  };
  return {
    link,
    closed: () => closed,
    deliver: (frame: Uint8Array) => {
      for (const listener of frames) listener(Uint8Array.from(frame));
    },
    tellState: (up: boolean) => {
      if (closed || up === wasUp) return;
      wasUp = up;
      for (const listener of states) listener(up);
    },
  };
}
