import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import type { TimedPassage } from "../drivers/linux/modem-control";
import { profileOf } from "../steps/support/profile";
import { VethBench } from "../steps/support/veth/bench";
import { Rig } from "../steps/support/veth/rig";
import { root } from "./files";
import { tcpPayload } from "./tcp-payload";
import { throttle } from "./throttle";

/**
 * `npm run bench:veth`: the station as its own process over real interfaces. Response times are those at the station's cable: from the last
 * frame of a request on its way in to the first frame of the response on its way out. Beside each figure stands what it is measured against.
 */
const budget = { start: 1_000, memory: 120, response: 25 } as const;
const loops = 30;

const now = (): number => Number(process.hrtime.bigint()) / 1e6;
const at = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;

/** A bench that keeps when requests and responses pass the station's end of its cable. */
class Measured extends VethBench {
  readonly answers: number[] = [];
  private requested: number | undefined;

  override onPassage(passage: TimedPassage): void {
    super.onPassage(passage);
    const { port, dir, t, frame } = passage;
    if (port !== "plc_se" || tcpPayload(frame) === 0) return;
    if (dir === "out") this.requested = t;
    else if (this.requested !== undefined) {
      this.answers.push(t - this.requested);
      this.requested = undefined;
    }
  }
}

async function open(): Promise<{ bench: Measured; start: number }> {
  const { secc, plant } = profileOf("veth");
  const same = (it: never): never => it;
  const peers = { secc: {}, evcc: { stopAt: { loops } }, gateStation: same, gateCar: same };
  const options = { sut: "secc", seed: 1, needs: [], ...peers };
  const bench = new Measured(await Rig.ofThisWorker(), options as never);
  const began = now();
  if (secc) await bench.open(secc, plant);
  return { bench, start: now() - began };
}

/** From the plug to the end of the dialogue and an unlocked plug. */
async function session(bench: Measured): Promise<number> {
  const began = now();
  bench.plug();
  const ended = (): boolean =>
    bench.trace.of("v2g", "evcc").some(({ name, dir }) => name === "SessionStopRes" && dir === "rx") &&
    !bench.plant.sample().locked;
  if (!(await bench.run(ended, 120_000))) throw new Error("the session did not complete");
  return now() - began;
}

/** Kilobytes resident of a process and its children. */
function memory(pid: number): number {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const its = all.filter((of) => of === String(pid) || figure(of, "PPid") === pid);
  return its.reduce((sum, of) => sum + figure(of, "VmRSS"), 0);
}

/** 0 of a process that has ended meanwhile. */
function figure(pid: string, name: string): number {
  try {
    return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Responses of the station by the name of the message, in the order in which they were asked for. */
function byMessage(bench: Measured, times: Map<string, number[]>): void {
  const names = bench.trace.of("v2g", "secc").filter(({ dir }) => dir === "tx");
  for (const [index, { name }] of names.entries()) {
    const time = bench.answers[index];
    if (time !== undefined) times.set(name, [...(times.get(name) ?? []), time]);
  }
}

function table(title: string, times: ReadonlyMap<string, readonly number[]>): void {
  console.log(`\n${title}`);
  console.log(
    `  ${"response".padEnd(30)} ${"n".padStart(4)} ${"p50".padStart(9)} ${"p99".padStart(9)}   p99 / ${budget.response} ms`,
  );
  for (const [name, list] of times) {
    const [half, most] = [at(list, 0.5), at(list, 0.99)];
    console.log(
      `  ${name.padEnd(30)} ${String(list.length).padStart(4)} ${half.toFixed(2).padStart(6)} ms ${most.toFixed(2).padStart(6)} ms   ${(most / budget.response).toFixed(2)} ×`,
    );
  }
}

async function responses(rounds: number, share?: number): Promise<void> {
  const times = new Map<string, number[]>();
  const wholes: number[] = [];
  const starts: number[] = [];
  let resident = 0;
  for (let round = 0; round < rounds; round++) {
    const { bench, start } = await open();
    const pid = bench.pid ?? 0;
    const release = share === undefined ? () => undefined : throttle([pid], share);
    if (!release) return console.log("\nthis kernel lets nobody be held to a share of a core: not measured");
    wholes.push(await session(bench));
    starts.push(start);
    byMessage(bench, times);
    resident = Math.max(resident, memory(pid));
    release();
    await bench.close();
  }
  if (share === undefined) {
    console.log(
      `whole DC session, ${loops} loop messages, plug to unlocked: ${at(wholes, 0.5).toFixed(0)} ms (of ${rounds})`,
    );
    console.log(
      `bench and station ready: ${at(starts, 0.5).toFixed(0)} ms; station and its child resident: ${(resident / 1024).toFixed(0)} MB, ${(resident / 1024 / budget.memory).toFixed(2)} × ${budget.memory} MB`,
    );
  }
  table(
    share === undefined ? "the station with the machine to itself" : `the station held to ${share} of a core`,
    times,
  );
}

/** From the call of the command to the line by which it says that it listens. */
async function startUp(): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const { bench } = await open();
    times.push(bench.startedAfter);
    await bench.close();
  }
  console.log(
    `station listens after ${at(times, 0.5).toFixed(0)} ms, ${(at(times, 0.5) / budget.start).toFixed(2)} × ${budget.start} ms`,
  );
}

const duration = 40_000;

/** Sessions that so many workers complete, each with namespaces, modem, plant and station of its own. */
async function throughput(workers: number): Promise<void> {
  const crew = Array.from({ length: workers }, (_, index) =>
    spawn(process.execPath, ["-r", "ts-node/register", __filename, "--worker"], {
      cwd: root,
      env: { ...process.env, CUCUMBER_WORKER_ID: `bench${index}` },
      stdio: ["ignore", "pipe", "inherit"],
    }),
  );
  const counts = await Promise.all(crew.map(count));
  const sum = counts.reduce((all, it) => all + it, 0);
  console.log(`  ${String(workers).padStart(2)} workers: ${(sum / (duration / 1000)).toFixed(2)} sessions a second`);
}

const count = (child: ChildProcess): Promise<number> =>
  new Promise((resolve) => {
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.once("exit", () => resolve(Number(text.trim()) || 0));
  });

async function worker(): Promise<void> {
  await Rig.ofThisWorker();
  const until = now() + duration;
  let done = 0;
  while (now() < until) {
    const { bench } = await open();
    await session(bench);
    await bench.close();
    done++;
  }
  console.log(done);
}

async function main(): Promise<void> {
  if (process.argv.includes("--worker")) await worker();
  else {
    await startUp();
    await responses(5);
    await responses(3, 0.1);
    await Rig.endAll();
    console.log("\nthroughput");
    for (const workers of [1, 4, 8]) await throughput(workers);
  }
  await Rig.endAll();
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
