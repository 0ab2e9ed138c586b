import { ModemClient, type TimedPassage } from "../drivers/linux/modem-control";
import { decodeMme } from "../protocol/homeplug";
import { PowerLine, type Running, until } from "./power-line.contract";

/** Who matches with whom; `once` answers whether both ends say so. */
export interface Pair {
  readonly name: string;
  readonly foreign: "one end" | "both ends";
  /** What stays from match to match. */
  readonly start?: (line: PowerLine) => Running;
  readonly once: (line: PowerLine, standing: Running | undefined) => Promise<boolean>;
}

async function good(...running: readonly Running[]): Promise<boolean> {
  const codes = await Promise.all(running.map(({ exit }) => exit));
  for (const [index, { said }] of running.entries()) {
    if (codes[index] !== 0) process.stderr.write(`ended with ${codes[index]}:\n${said.out}${said.err}\n`);
  }
  return codes.every((code) => code === 0);
}

const count = ({ said: { err } }: Running, text: string): number => err.split(text).length - 1;
const hears = (running: Running, text: string, times = 1): Promise<void> =>
  until(
    text,
    () => count(running, text) >= times,
    () => running.said.err,
  );

export const pairs: readonly Pair[] = [
  {
    name: "pev and evse",
    foreign: "both ends",
    async once(line) {
      const evse = line.evse();
      await hears(evse, "Listening");
      return good(line.pev(), evse);
    },
  },
  {
    name: "pev and ccs-hil slac --role evse",
    foreign: "one end",
    async once(line) {
      const station = line.hil("se", "slac", "--role", "evse", "--iface", "se", "--timeout", "30");
      await hears(station, "Matching");
      return good(line.pev(), station);
    },
  },
  {
    name: "pev and ccs-hil secc",
    foreign: "one end",
    start: (line) => line.hil("se", "secc", "--iface", "se", "--pilot", "sim"),
    async once(line, standing) {
      const station = standing as Running;
      await hears(station, "Listening");
      const before = count(station, "SLAC matched");
      const left = await good(line.pev());
      // A car that has failed leaves nothing to wait for.
      if (left) await hears(station, "SLAC matched", before + 1);
      if (left) await hears(station, "Session given up", before + 1);
      return left;
    },
  },
  {
    name: "ccs-hil slac --role ev and evse",
    foreign: "one end",
    async once(line) {
      const evse = line.evse();
      await hears(evse, "Listening");
      return good(line.hil("ev", "slac", "--role", "ev", "--iface", "ev", "--timeout", "30"), evse);
    },
  },
];

export interface Outcome {
  readonly matched: number;
  /** The foreign end left before it asked ours for anything: it gives its modem 50 ms to take a key. */
  readonly notBegun: number;
  /** Of each match, from the CM_SLAC_PARM.REQ that was answered to CM_SLAC_MATCH.CNF, at the modem, in ms. */
  readonly durations: readonly number[];
}

/** So many matches in a row, on a power line of their own. */
export async function matchInARow(pair: Pair, runs: number): Promise<Outcome> {
  const line = await PowerLine.open("peers", "--attenuation", "20", "--join-delay", "100");
  const passages: TimedPassage[] = [];
  const onPassage = (passage: TimedPassage): void => void (passage.dir === "in" && passages.push(passage));
  const modem = await ModemClient.open({ path: line.control, origin: 0n, onPassage });
  try {
    const standing = pair.start?.(line);
    const durations: number[] = [];
    let matched = 0;
    let notBegun = 0;
    for (let run = 0; run < runs; run++) {
      passages.length = 0;
      if (await pair.once(line, standing)) matched++;
      else if (!passages.some(({ frame }) => nameOf(frame) === "CM_SLAC_PARM.REQ")) notBegun++;
      durations.push(...durationOf(passages));
    }
    return { matched, notBegun, durations };
  } finally {
    modem.close();
    line.close();
  }
}

function durationOf(passages: readonly TimedPassage[]): number[] {
  const named = passages.map(({ t, frame }) => ({ t, name: nameOf(frame) }));
  const answered = named.findIndex(({ name }) => name === "CM_SLAC_PARM.CNF");
  const start = named.slice(0, answered).findLast(({ name }) => name === "CM_SLAC_PARM.REQ");
  const end = named.find(({ name }) => name === "CM_SLAC_MATCH.CNF");
  return start && end ? [end.t - start.t] : [];
}

function nameOf(frame: Uint8Array): string {
  const message = decodeMme(frame);
  return message.kind === "Mme" ? message.name : message.why;
}
