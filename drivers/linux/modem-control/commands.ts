import { unhex } from "../../../core/bytes";
import { mmeNames } from "../../../protocol/homeplug";
import { soundLine } from "../../virtual/faults";
import type { VirtualModem } from "../../virtual/modem";
import { modemFaults } from "../../virtual/modem-faults";
import type { LinuxPowerline } from "../powerline";
import {
  between,
  type Checked,
  type Checks,
  checked,
  hexText,
  Misunderstood,
  oneOf,
  optional,
  text,
  truth,
} from "./checks";
import type { Levels } from "./levels";

/** What the commands act on. */
export interface Bench {
  readonly line: LinuxPowerline;
  readonly levels: Levels;
}

export type Members = Readonly<Record<string, unknown>>;
export type Perform = (bench: Bench, given: Members) => object;

const question =
  <C extends Checks>(checks: C, ask: (bench: Bench, args: Checked<C>) => object): Perform =>
  (bench, given) =>
    ask(bench, checked(checks, given));

const command = <C extends Checks>(checks: C, act: (bench: Bench, args: Checked<C>) => void): Perform =>
  question(checks, (bench, args) => {
    act(bench, args);
    return {};
  });

const share = between(0, 1);
const ms = between(0, 600_000);

function modemAt({ line }: Bench, port: string): VirtualModem {
  const modem = line.modem(port);
  if (!modem) throw new Misunderstood(`"port": there is no modem at ${JSON.stringify(port)}`);
  return modem;
}

/** All that can be done to the line and its modems while they run. Modems go by the names of their interfaces. */
export const commands = {
  /** The next `times` frames of that name get lost on the line, whoever sends them. */
  lose: command({ name: oneOf(...mmeNames), times: optional(between(1, 1_000_000), 1) }, ({ line }, { name, times }) =>
    line.lose(name, Math.trunc(times)),
  ),
  /** Hosts behind modems of that role fall silent over IPv6, and their modems do not, until `loseNothing`. */
  hang: command({ role: oneOf("ev", "evse") }, ({ line }, { role }) => line.hang(role)),
  loseNothing: command({}, ({ line }) => line.loseNothing()),
  setPlugged: command({ plugged: truth }, ({ line }, { plugged }) => line.setPlugged(plugged)),
  /** Both get a new key and are in one network at once, if they hear each other; answers `joined`. */
  join: question({ a: text, b: text }, (bench, { a, b }) => {
    for (const name of [a, b]) modemAt(bench, name);
    if (a === b) throw new Misunderstood(`"b": another modem than ${a} is needed`);
    return { joined: bench.line.share(a, b) };
  }),
  /** Answers `joined`. */
  areJoined: question({ a: text, b: text }, ({ line }, { a, b }) => ({ joined: line.areJoined(a, b) })),
  /** Every network breaks up, and joins anew after the join delay. */
  dropLinks: command({}, ({ line }) => line.dropLinks()),
  /** Deaf and mute for so many ms. */
  silence: command({ port: text, ms }, (bench, args) => modemAt(bench, args.port).fallSilent(args.ms)),
  /** As after VS_RS_DEV: the key is forgotten, and it is silent for a while. */
  restart: command({ port: text }, (bench, { port }) => modemAt(bench, port).reset()),
  /** Modems of that role misbehave so towards their hosts, until `loseNothing`; the faults are those of `modemFaults`. */
  spoil: command({ role: oneOf("ev", "evse"), fault: oneOf(...modemFaults) }, ({ line }, { role, fault }) =>
    line.spoil(role, fault),
  ),
  /** In dB, or null where nothing is heard; on the way from one modem, to one, between two, or on all. */
  attenuation: command(
    {
      db: (given, name) => (given === null ? undefined : between(0, 255)(given, name)),
      from: optional(text, undefined),
      to: optional(text, undefined),
    },
    (bench, { db, from, to }) => {
      for (const name of [from, to]) if (name !== undefined) modemAt(bench, name);
      bench.levels.set(db, from, to);
      bench.line.attenuate(bench.levels.between);
    },
  ),
  /** What is not named is sound. */
  faults: command(
    {
      loss: optional(share, 0),
      duplication: optional(share, 0),
      reordering: optional(share, 0),
      delay: optional(ms, 0),
      jitter: optional(ms, 0),
    },
    ({ line }, faults) => {
      line.faults = { ...soundLine, ...faults };
    },
  ),
  /** A frame to the host at the port, as if its modem had sent it. */
  send: command({ port: text, hex: hexText }, (bench, { port, hex: bytes }) => {
    modemAt(bench, port);
    const frame = unhex(bytes);
    if (frame.length < 14 || frame.length > 1514) throw new Misunderstood('"hex": 14 to 1514 bytes are needed');
    bench.line.toHost(port, frame);
  }),
} satisfies Record<string, Perform>;

export type CommandName = keyof typeof commands;

export const isCommand = (name: unknown): name is CommandName =>
  typeof name === "string" && Object.hasOwn(commands, name);
