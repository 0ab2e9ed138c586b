import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { Rig } from "../steps/support/veth/rig";
import { throttle } from "./throttle";
import { type Failure, failureOf, loops, open, type SessionBench, session, tellFailures } from "./veth-session";
import { throughput } from "./veth-throughput";

/**
 * `npm run bench:veth`: the station as its own process over real interfaces. Response times are those at the station's cable: from the last
 * frame of a request on its way in to the first frame of the response on its way out. Beside each figure stands what it is measured against.
 * A session that fails makes the status 1.
 */
const budget = { start: 1_000, memory: 120, response: 25 } as const;

const at = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;
const median = (values: readonly number[]): string => at(values, 0.5).toFixed(0);

/** In MB: resident; of that nobody else's; and its share, where a page that n processes have counts for a nth. */
interface Memory {
  readonly resident: number;
  readonly own: number;
  readonly share: number;
}

/** @throws Error when there is no such process */
function memory(pid: number): Memory {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const figure = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1]) / 1024;
  const own = figure("Private_Clean") + figure("Private_Dirty");
  return { resident: figure("Rss"), own, share: figure("Pss") };
}

/** The process that captures the station's frames. */
const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);

/** Responses of the station by the name of the message, in the order in which they were asked for. */
function byMessage(bench: SessionBench, times: Map<string, number[]>): void {
  const names = bench.trace.of("v2g", "secc").filter(({ dir }) => dir === "tx");
  for (const [index, { name }] of names.entries()) {
    const time = bench.answers[index];
    if (time !== undefined) times.set(name, [...(times.get(name) ?? []), time]);
  }
}

function table(title: string, times: ReadonlyMap<string, readonly number[]>): void {
  console.log(`\n${title}`);
  const row = (name: string, ...columns: readonly (string | number)[]): void =>
    console.log(`  ${name.padEnd(30)}${columns.map((it) => String(it).padStart(10)).join("")}`);
  row("response", "number", "p50 ms", "p99 ms", `p99 / ${budget.response}`);
  for (const [name, list] of times) {
    const [half, most] = [at(list, 0.5), at(list, 0.99)];
    row(name, list.length, half.toFixed(2), most.toFixed(2), `${(most / budget.response).toFixed(2)} ×`);
  }
}

/** @returns how many sessions failed */
async function responses(rounds: number, share?: number): Promise<number> {
  const times = new Map<string, number[]>();
  const wholes: number[] = [];
  const starts: number[] = [];
  const failures: Failure[] = [];
  let held: readonly Memory[] = [];
  for (let round = 0; round < rounds; round++) {
    const { bench, start } = await open();
    const station = bench.pid ?? 0;
    const pids = [station, ...childrenOf(station)];
    const release = share === undefined ? () => undefined : throttle(pids, share);
    if (!release) {
      console.log("\nthis kernel lets nobody be held to a share of a core: not measured");
      return 0;
    }
    await session(bench).then(
      (whole) => wholes.push(whole),
      (error: Error) => failures.push(failureOf(error)),
    );
    starts.push(start);
    byMessage(bench, times);
    held = pids.map(memory);
    release();
    await bench.close();
  }
  const whole = `session      ${loops} loop messages, plug to unlocked, ${median(wholes)} ms, median of ${wholes.length}`;
  if (share === undefined) {
    console.log(`${whole}; bench and station ready for it after ${median(starts)} ms`);
    tellMemory(held);
    table("the station held to nothing; p99 of fewer than 100 is the longest", times);
  } else table(`the station held to ${share} of a core\n${whole}`, times);
  tellFailures(failures);
  return failures.length;
}

function tellMemory(held: readonly Memory[]): void {
  const together = held.reduce((sum, { share }) => sum + share, 0);
  const each = held.map(({ resident, own }) => `${resident.toFixed(0)} MB resident (${own.toFixed(0)} its own)`);
  console.log(
    `memory       ${together.toFixed(0)} MB PSS of station and its capturing child together, ${(together / budget.memory).toFixed(2)} × ${budget.memory} MB; ${each.join(" and ")}`,
  );
}

/** From the call of the command to the line by which it says that it listens. */
async function startUp(rounds: number): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { bench } = await open();
    times.push(bench.startedAfter);
    await bench.close();
  }
  const half = median(times);
  console.log(
    `start        listens after ${half} ms, median of ${rounds}, ${(Number(half) / budget.start).toFixed(2)} × ${budget.start} ms`,
  );
}

async function main(): Promise<void> {
  console.log(
    `machine      ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)} before; times are the machine's as well`,
  );
  await startUp(5);
  const failed = (await responses(5)) + (await responses(3, 0.1));
  await Rig.endAll();
  if (failed + (await throughput([1, 4, 8])) > 0) process.exitCode = 1;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
