import type { Cancel, Clock, Millis } from "../../core/clock";
import type { Entropy } from "../../core/entropy";
import { decodeMme, type MmeName } from "../../protocol/homeplug";
import { arrivals, type LineFaults, soundLine } from "./faults";
import { isGroup, type ModemChange, type ModemOptions, newKey, profile, VirtualModem } from "./modem";
import type { ModemFault } from "./modem-faults";

/** Attenuation in dB between two modems, by name, for each of the 58 carrier groups; undefined where nothing is heard. */
export type Attenuation = number | ((from: string, to: string, group: number) => number | undefined);

export interface LineOptions {
  readonly clock: Clock;
  readonly entropy: Entropy;
  /** From equal keys to a network. A real modem takes 5 s and more. */
  readonly joinDelay?: Millis;
  readonly attenuationDb?: Attenuation;
  /** One way, from modem to modem. */
  readonly latency?: Millis;
  readonly plugged?: boolean;
}

/** What happens on the line, told as it happens; modems by their names. Keys are never told, only the network's NID. */
export type LineEvent =
  | { readonly kind: "key"; readonly modem: string; readonly nid: string }
  | { readonly kind: "reset" | "silent" | "back"; readonly modem: string }
  | { readonly kind: "joined" | "parted"; readonly modems: readonly [string, string] };

/** The modem's side towards its host, whatever carries frames between the two. */
export interface HostSide {
  readonly toHost: (frame: Uint8Array) => void;
  /** Told in the middle of what the modem does: nothing may come back to it from within. */
  readonly changed?: (modem: VirtualModem) => void;
}

/**
 * A power line with modems on it: who hears whom, how loud, and who is in whose network. How frames get between modem and host
 * is for those who derive from it.
 */
export abstract class Line {
  faults: LineFaults = soundLine;
  protected readonly settings: Required<Omit<LineOptions, "attenuationDb">>;
  private attenuationDb: Attenuation;
  private readonly modems = new Map<string, VirtualModem>();
  private readonly joined = new Set<string>();
  private readonly joining = new Map<string, Cancel>();
  private readonly losing = new Map<MmeName, number>();
  private readonly hung = new Set<ModemOptions["role"]>();
  private plugged: boolean;

  constructor(options: LineOptions) {
    const { clock, entropy, joinDelay = 500, attenuationDb = 15, latency = 1, plugged = false } = options;
    this.settings = { clock, entropy, joinDelay, latency, plugged };
    this.attenuationDb = attenuationDb;
    this.plugged = plugged;
  }

  /** From now on; whoever is heard no more leaves the network. */
  attenuate(attenuationDb: Attenuation): void {
    this.attenuationDb = attenuationDb;
    this.rejoin();
  }

  /** The plug of the cars: out of its socket a car's modem hears nobody. */
  setPlugged(plugged: boolean): void {
    this.plugged = plugged;
    this.rejoin();
  }

  /** Loses the next `times` frames of that name on the line, whoever sends them. */
  lose(name: MmeName, times = 1): void {
    this.losing.set(name, (this.losing.get(name) ?? 0) + times);
  }

  /** What was still to be lost is not, no host hangs, and every modem is in order. */
  loseNothing(): void {
    this.losing.clear();
    this.hung.clear();
    for (const { faults } of this.modems.values()) faults.clear();
    this.linksChanged();
  }

  /** Hosts of that role no longer take or send anything over IPv6, while their modems go on as if nothing were (TC03). */
  hang(role: ModemOptions["role"]): void {
    this.hung.add(role);
  }

  /** Modems of that role misbehave so towards their hosts, until `loseNothing`. */
  spoil(role: ModemOptions["role"], fault: ModemFault): void {
    for (const { options, faults } of this.modems.values()) if (options.role === role) faults.add(fault);
  }

  /** Modems of that role start anew: each has forgotten its key, and says nothing for a while. */
  restart(role: ModemOptions["role"]): void {
    for (const modem of [...this.modems.values()]) if (modem.options.role === role) modem.reset();
  }

  /**
   * Both modems get a new key, as after a match, and are in one network at once if they hear each other.
   * @returns whether they are
   */
  share(a: string, b: string): boolean {
    const modems = [this.modems.get(a), this.modems.get(b)];
    const key = newKey(this.settings.entropy);
    for (const modem of modems) modem?.setKey(key);
    const both = pair(a, b);
    if (this.joining.has(both)) {
      this.joining.get(both)?.();
      this.enter(both);
    }
    return this.areJoined(a, b);
  }

  /** Every network breaks up, as by a burst of noise; the join delay runs anew. */
  dropLinks(): void {
    for (const key of this.joined) this.part(key);
    this.linksChanged();
    this.rejoin();
  }

  /** Whether the modems of these names are in one network now. */
  areJoined(a: string, b: string): boolean {
    return this.joined.has(pair(a, b));
  }

  /** Whether what the host of one sends over IPv6 comes to the host of the other now. */
  protected reaches(a: string, b: string): boolean {
    const hangs = [a, b].some((name) => this.hung.has(this.modems.get(name)?.options.role ?? "ev"));
    return !hangs && this.areJoined(a, b);
  }

  /** Who can reach whom has changed. */
  protected linksChanged(): void {}

  /** For those who tell what happens. */
  protected tell(_event: LineEvent): void {}

  protected attach(options: ModemOptions, { toHost, changed }: HostSide): VirtualModem {
    const { clock, entropy } = this.settings;
    const { name } = options;
    const modem: VirtualModem = new VirtualModem(options, {
      clock,
      entropy,
      toHost,
      toLine: (frame) => this.transmit(name, frame),
      toNetwork: (frame) => this.pass(name, frame),
      neighbours: () => this.neighboursOf(name),
      changed: (what) => {
        this.tell(eventOf(what, modem));
        changed?.(modem);
        this.rejoin();
      },
    });
    this.modems.set(name, modem);
    this.rejoin();
    return modem;
  }

  protected named(name: string): VirtualModem | undefined {
    return this.modems.get(name);
  }

  private transmit(from: string, frame: Uint8Array): void {
    if (this.isLost(frame)) return;
    for (const [to, modem] of this.modems) {
      if (to === from || !this.audible(from, to)) continue;
      const neighbour = this.areJoined(from, to);
      const aag = () => profile((group) => this.attenuation(from, to, group) ?? 255);
      this.arrive(this.faults, () => {
        if (this.audible(from, to)) modem.fromLine(frame, aag, neighbour);
      });
    }
  }

  /** Between two modems of a network what is for one host is repeated until it arrives, and in order; what is for all is not. */
  private pass(from: string, frame: Uint8Array): void {
    const faults = isGroup(frame) ? this.faults : { ...soundLine, delay: this.faults.delay };
    for (const [to, modem] of this.modems) {
      if (to === from || !this.reaches(from, to)) continue;
      this.arrive(faults, () => {
        if (this.reaches(from, to)) modem.fromNetwork(frame);
      });
    }
  }

  private arrive(faults: LineFaults, act: () => void): void {
    const { clock, entropy, latency } = this.settings;
    for (const delay of arrivals(faults, latency, entropy)) {
      if (delay > 0) clock.after(delay, act);
      else act();
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
    const { attenuationDb } = this;
    return typeof attenuationDb === "number" ? attenuationDb : attenuationDb(from, to, group);
  }

  /** Stations hear each other through the mains; a car is heard only while it is plugged in. */
  private audible(a: string, b: string): boolean {
    const modems = [this.modems.get(a), this.modems.get(b)];
    const cut = modems.some((it) => !it || it.silent || (it.options.role === "ev" && !this.plugged));
    return !cut && this.attenuation(a, b, 0) !== undefined;
  }

  private neighboursOf(name: string): VirtualModem[] {
    return [...this.modems].filter(([other]) => this.areJoined(name, other)).map(([, modem]) => modem);
  }

  private rejoin(): void {
    const all = [...this.modems];
    for (const [index, [a, first]] of all.entries()) {
      for (const [b, second] of all.slice(index + 1)) {
        const key = pair(a, b);
        const one = this.audible(a, b) && first.key.nmk === second.key.nmk;
        if (!one) this.part(key);
        else if (!this.joined.has(key) && !this.joining.has(key)) this.join(key);
      }
    }
    this.linksChanged();
  }

  private join(key: string): void {
    const { clock, joinDelay } = this.settings;
    this.joining.set(
      key,
      clock.after(joinDelay, () => this.enter(key)),
    );
  }

  private enter(key: string): void {
    this.joining.delete(key);
    this.joined.add(key);
    this.tell({ kind: "joined", modems: namesOf(key) });
    this.linksChanged();
  }

  private part(key: string): void {
    this.joining.get(key)?.();
    this.joining.delete(key);
    if (this.joined.delete(key)) this.tell({ kind: "parted", modems: namesOf(key) });
  }
}

const pair = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
const namesOf = (key: string): readonly [string, string] => {
  const [a = "", b = ""] = key.split(" ");
  return [a, b];
};

function eventOf(what: ModemChange, { options: { name }, key, silent }: VirtualModem): LineEvent {
  if (what === "key") return { kind: "key", modem: name, nid: key.nid };
  return { kind: what === "reset" ? "reset" : silent ? "silent" : "back", modem: name };
}
