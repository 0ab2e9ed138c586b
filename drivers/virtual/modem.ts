import { hex } from "../../core/bytes";
import type { Clock, Millis } from "../../core/clock";
import type { Entropy } from "../../core/entropy";
import {
  BROADCAST,
  type DecodedMme,
  decodeMme,
  encodeMme,
  LOCALCAST,
  type Mme,
  type MmeGiven,
  type MmeName,
  macOf,
  type NetworkKey,
  nidOfNmk,
  slacConstants,
} from "../../protocol/homeplug";
import { type ModemFault, spoilt } from "./modem-faults";

export interface ModemOptions {
  readonly name: string;
  /** The modem's own address, `AA:BB:CC:DD:EE:FF`. */
  readonly mac: string;
  /** That of the host behind it; when left out it is learned from what the host sends, as a bridge learns. */
  readonly hostMac?: string;
  /** A station's modem measures soundings; a car's does not. */
  readonly role: "evse" | "ev";
  /** How long the modem says and forwards nothing after a reset, and after taking a key. */
  readonly silenceAfterReset?: Millis;
  readonly silenceAfterSetKey?: Millis;
}

/** What a modem is connected to. The same modem runs in memory and between veth ports. */
export interface ModemPorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  toHost(frame: Uint8Array): void;
  /** A HomePlug frame, to every modem that hears this one. */
  toLine(frame: Uint8Array): void;
  /** Any other frame, to the modems that have joined this one's network. */
  toNetwork(frame: Uint8Array): void;
  /** Modems that have joined this one's network. */
  neighbours(): readonly VirtualModem[];
  /** Who is in whose network has to be worked out anew. */
  changed(what: ModemChange): void;
}

/** A host or the bench gave it a key, it restarted, or it fell silent or came back. */
export type ModemChange = "key" | "reset" | "silence";

type Answer<N extends MmeName> = (modem: VirtualModem, message: Mme<N>, remote: boolean) => Uint8Array;
type Answers = { readonly [N in MmeName]?: Answer<N> };

const RATE = 9;
/** Hosts behind one modem that it remembers; a flood of invented addresses fills no memory. */
const MOST_HOSTS = 16;
const VERSION = "MAC-QCA7000-1.1.0.730-04-20140815-CS";

/**
 * A power-line modem as its host and the line see it: answers management messages as a QCA7000 does, measures soundings, and
 * passes every other HomePlug frame on. All else goes to its network; who is in it is decided by who holds which key, not here.
 */
export class VirtualModem {
  readonly options: ModemOptions;
  /** What is wrong with it. */
  readonly faults = new Set<ModemFault>();
  /** Deaf and mute. */
  silent = false;
  /** Silent because it restarts: its host sees the interface go and come back. */
  restarting = false;
  private readonly ports: ModemPorts;
  private held: NetworkKey;
  private silences = 0;
  /** Addresses of its hosts, the latest last. */
  private readonly hosts = new Set<string>();

  constructor(options: ModemOptions, ports: ModemPorts) {
    this.options = { ...options, mac: options.mac.toUpperCase() };
    if (options.hostMac !== undefined) this.hosts.add(options.hostMac.toUpperCase());
    this.ports = ports;
    // No two modems start in the same network by accident.
    this.held = newKey(ports.entropy);
  }

  get key(): NetworkKey {
    return this.held;
  }

  /** Of the host behind it, as far as it is known. */
  get hostMac(): string {
    return [...this.hosts].at(-1) ?? NOBODY;
  }

  /** The modem's part of CM_SET_KEY. */
  setKey(key: NetworkKey): void {
    this.held = key;
    this.ports.changed("key");
    this.fallSilent(this.options.silenceAfterSetKey ?? 0);
  }

  /** Restart: the key is forgotten, and nothing is heard of the modem for a while. */
  reset(): void {
    this.held = newKey(this.ports.entropy);
    this.ports.changed("reset");
    const silence = this.options.silenceAfterReset ?? 2000;
    this.restarting = silence > 0;
    this.fallSilent(silence);
  }

  fallSilent(time: Millis): void {
    if (time <= 0) return;
    const mine = ++this.silences;
    this.silent = true;
    this.ports.changed("silence");
    this.ports.clock.after(time, () => {
      if (mine !== this.silences) return;
      this.silent = false;
      this.restarting = false;
      this.ports.changed("silence");
    });
  }

  neighbours(): readonly VirtualModem[] {
    return this.ports.neighbours();
  }

  fromHost(frame: Uint8Array): void {
    if (this.silent) return;
    this.learn(frame);
    const da = destination(frame);
    const message = decodeMme(frame);
    if (message.kind === "NotAnMme" && message.why === "OtherEtherType") return this.ports.toNetwork(frame);
    // Out first: an answer may change whose network this modem is in.
    if (da !== LOCALCAST && da !== this.options.mac) this.ports.toLine(frame);
    const own = da === LOCALCAST || da === this.options.mac || da === BROADCAST;
    if (own && message.kind === "Mme" && message.name in answers) this.answerHost(message);
  }

  private answerHost(message: DecodedMme): void {
    const answer = () => this.answer(message, false);
    const { frame, after } = spoilt(this.faults, this, message, answer) ?? { frame: answer(), after: 0 };
    if (frame && after > 0) this.ports.clock.after(after, () => this.ports.toHost(frame));
    else if (frame) this.ports.toHost(frame);
  }

  /**
   * @param aag attenuation of each carrier group from the sender to here, in dB
   * @param neighbour whether the sender was in this modem's network when it sent
   */
  fromLine(frame: Uint8Array, aag: () => readonly number[], neighbour: boolean): void {
    if (this.silent) return;
    const da = destination(frame);
    const message = decodeMme(frame);
    const managed = message.kind === "Mme" && message.name in answers;
    if (managed && (da === this.options.mac || (da === BROADCAST && neighbour))) {
      const answer = this.answer(message, true);
      if (answer) this.ports.toLine(answer);
    }
    if (managed && da === BROADCAST) return;
    if (da === BROADCAST || this.isHost(da)) this.ports.toHost(frame);
    if (message.kind === "Mme" && message.name === "CM_MNBC_SOUND.IND") this.measure(message.sa, aag());
  }

  /** What a host of this modem's network sends that is not for modems. */
  fromNetwork(frame: Uint8Array): void {
    if (!this.silent && (isGroup(frame) || this.isHost(destination(frame)))) this.ports.toHost(frame);
  }

  /** A frame of the modem's own, to its host or, for a neighbour's question, over the line. */
  reply<N extends MmeName>(name: N, da: string, fields: MmeGiven<N>, trailing = ""): Uint8Array {
    return encodeMme({ name, da, sa: this.options.mac, fields, trailing });
  }

  nonce = (): string => hex(this.ports.entropy.bytes(4));

  /** While none is known it may be any, as a bridge has it. */
  private isHost(address: string): boolean {
    return this.hosts.size === 0 || this.hosts.has(address);
  }

  private learn(frame: Uint8Array): void {
    if (this.options.hostMac !== undefined || frame.length < 12 || ((frame[6] ?? 0) & 1) === 1) return;
    const sa = macOf(frame.subarray(6, 12));
    this.hosts.delete(sa);
    this.hosts.add(sa);
    const [oldest] = this.hosts;
    if (this.hosts.size > MOST_HOSTS && oldest !== undefined) this.hosts.delete(oldest);
  }

  private measure(pevMac: string, aag: readonly number[]): void {
    if (this.options.role !== "evse" || this.faults.has("noAttenuation") || this.faults.has("notBooted")) return;
    const measured = this.faults.has("noGroups") ? { NumGroups: 0, AAG: [] } : { AAG: aag };
    this.ports.toHost(this.reply("CM_ATTEN_PROFILE.IND", BROADCAST, { PEV_MAC: pevMac, ...measured }));
  }

  private answer(message: DecodedMme, remote: boolean): Uint8Array | undefined {
    return (answers[message.name] as Answer<MmeName> | undefined)?.(this, message, remote);
  }
}

export function newKey(entropy: Entropy): NetworkKey {
  const nmk = hex(entropy.bytes(16));
  return { nmk, nid: nidOfNmk(nmk) };
}

/** A sounding's 58 groups from one figure or a function of the group, as a modem reports them. */
export const profile = (attenuationDb: (group: number) => number): number[] =>
  Array.from({ length: slacConstants.groups }, (_, group) =>
    Math.min(255, Math.max(0, Math.round(attenuationDb(group)))),
  );

const NOBODY = "00:00:00:00:00:00";
const destination = (frame: Uint8Array): string => macOf(frame.subarray(0, 6));
/** For more than one host. */
export const isGroup = (frame: Uint8Array): boolean => ((frame[0] ?? 0) & 1) === 1;

/** Messages for the modem itself. The roles in a network: a station's modem coordinates, a car's joins. */
const answers: Answers = {
  "CM_SET_KEY.REQ": (modem, { sa, fields }, remote) => {
    // Over the line a key is refused; a modem of Qualcomm says 1 for success.
    if (!remote) modem.setKey({ nid: fields.NID, nmk: fields.NewKey });
    return modem.reply("CM_SET_KEY.CNF", sa, {
      Result: remote ? 0 : 1,
      MyNonce: modem.nonce(),
      YourNonce: fields.MyNonce,
    });
  },
  "VS_SW_VER.REQ": (modem, { sa }) =>
    modem.reply(
      "VS_SW_VER.CNF",
      sa,
      { MDEVICE_CLASS: 0x22, MVERLENGTH: VERSION.length + 1, MVERSION: VERSION },
      "00".repeat(277 - 23 - VERSION.length - 1 + 20),
    ),
  "VS_RS_DEV.REQ": (modem, { sa }) => {
    const answer = modem.reply("VS_RS_DEV.CNF", sa, {});
    modem.reset();
    return answer;
  },
  "VS_PL_LNK_STATUS.REQ": (modem, { sa }) =>
    modem.reply("VS_PL_LNK_STATUS.CNF", sa, { LinkStatus: modem.neighbours().length > 0 ? 1 : 0 }),
  "VS_OP_ATTR.REQ": (modem, { sa, fields }) =>
    modem.reply("VS_OP_ATTR.CNF", sa, {
      COOKIE: fields.COOKIE,
      RTYPE: fields.RTYPE,
      HW: "QCA7000",
      SW: "MAC",
      SW_MAJOR: 1,
      SW_MINOR: 1,
      SW_PIB: 0,
      SW_BUILD: 730,
      SW_DATE: "20140815",
    }),
  "VS_NW_INFO.REQ": (modem, { sa }) => {
    const others = modem.neighbours();
    if (others.length === 0) return modem.reply("VS_NW_INFO.CNF", sa, { DATA_LEN: 2, NUMAVLNS: 0 });
    const cco = coordinator(modem);
    return modem.reply("VS_NW_INFO.CNF", sa, {
      DATA_LEN: 0x22 + 0x18 * others.length,
      NUMAVLNS: 1,
      NID: modem.key.nid,
      RSVD3: "0000",
      SNID: 4,
      TEI: tei(modem),
      RSVD4: "00000000",
      ROLE: cco === modem ? 2 : 0,
      CCO_MAC: cco.options.mac,
      CCO_TEI: 1,
      RSVD5: "000000",
      NUMSTAS: others.length,
      RSVD6: "0000000000",
      STAS: others.map((other) => ({
        MAC: other.options.mac,
        TEI: tei(other),
        RSVD: "000000",
        BDA: other.hostMac,
        AVGTX: RATE,
        CPL: 0,
        RSVD2: 0,
        AVGRX: RATE,
        RSVD3: "0000",
      })),
    });
  },
  "CM_NW_INFO.REQ": (modem, { sa }) => {
    const cco = coordinator(modem);
    const own = { NID: modem.key.nid, SNID: 4, TEI: tei(modem), StationRole: cco === modem ? 2 : 0 };
    const network = { ...own, CCoMAC: cco.options.mac, AccessNetwork: 0, NumCordNWs: 0 };
    return modem.reply("CM_NW_INFO.CNF", sa, { NumNWs: 1, Networks: [network] });
  },
  "CM_NW_STATS.REQ": (modem, { sa }) => {
    const stations = modem
      .neighbours()
      .map(({ options }) => ({ MAC: options.mac, AvgPHYDR_TX: RATE, AvgPHYDR_RX: RATE }));
    return modem.reply("CM_NW_STATS.CNF", sa, { NumSTAs: stations.length, Stations: stations });
  },
  "CC_DISCOVER_LIST.REQ": (modem, { sa }) => {
    const stations = modem
      .neighbours()
      .map((other) => ({ MAC: other.options.mac, TEI: tei(other), SameNetwork: 1, SNID: 4, Capabilities: "000000" }));
    return modem.reply("CC_DISCOVER_LIST.CNF", sa, { NumStas: stations.length, Stations: stations });
  },
};

/** A station's modem, the same one for all that are in the network. */
const coordinator = (modem: VirtualModem): VirtualModem => {
  const all = [modem, ...modem.neighbours()].sort((a, b) => (a.options.mac < b.options.mac ? -1 : 1));
  return all.find(({ options }) => options.role === "evse") ?? all[0] ?? modem;
};

/** Terminal equipment identifier: the coordinator is 1, the others follow in the order of their addresses. */
function tei(modem: VirtualModem): number {
  const cco = coordinator(modem);
  const others = [modem, ...modem.neighbours()].filter((it) => it !== cco).map(({ options }) => options.mac);
  return modem === cco ? 1 : 2 + others.sort().indexOf(modem.options.mac);
}
