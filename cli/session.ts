import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { VirtualBench } from "../steps/support/virtual-bench";
import { CommandError } from "./errors";
import { gauge, Narrator } from "./narrator";
import { numberBetween } from "./options";

interface Options {
  readonly seed: number;
  readonly loops: number;
  readonly soc?: number;
  readonly speed?: number;
  readonly trace?: string;
  readonly pcapng?: string;
}

/** Virtual time between two looks at the terminal. */
const slice = 20;
const longest = 24 * 3_600_000;

/** `ccs-hil session`: our car charges at our station on the virtual bench. */
export const sessionCommand = (): Command =>
  new Command("session")
    .description("play one session of our car with our station on the virtual bench, live, with a summary")
    .option(
      "--seed <n>",
      "randomness of the session; the same seed gives the same trace, byte for byte",
      numberBetween(0, 2 ** 32, true),
      1,
    )
    .option("--loops <n>", "CurrentDemand messages before the car stops", numberBetween(1, 1_000_000, true), 30)
    .option("--soc <percent>", "state of charge at which the car stops, if it comes first", numberBetween(0, 100))
    .option(
      "--speed <factor>",
      "virtual seconds a second; 0 is as fast as can be (10 on a terminal, else 0)",
      numberBetween(0, 1000),
    )
    .option("--trace <file>", "write the trace, one JSON object a line")
    .option("--pcapng <file>", "write the frames of both sides for Wireshark")
    .action(play);

async function play(options: Options): Promise<void> {
  const stopAt = { loops: options.loops, ...(options.soc !== undefined && { soc: options.soc }) };
  const bench = new VirtualBench({ seed: options.seed, evcc: { stopAt } });
  const terminal = process.stdout.isTTY === true;
  const narrator = new Narrator((line) => process.stdout.write(`${terminal ? "\x1b[2K\r" : ""}${line}\n`));
  bench.trace.onEvent((event) => narrator.hear(event));
  await bench.run(() => false, 1_000);
  bench.plug();
  const speed = options.speed ?? (terminal ? 10 : 0);
  const ended = await follow(bench, speed, terminal);
  bench.unplug();
  await bench.run(() => false, 2_000);
  narrator.flush();
  write(bench, options);
  const complete = summarise(bench) && ended;
  if (!complete) throw new CommandError("failed", "the session did not complete");
}

/** Until the station has let go of the connector; a session that never ends is cut off after a day of virtual time. */
async function follow(bench: VirtualBench, speed: number, terminal: boolean): Promise<boolean> {
  const over = (): boolean => ["AwaitUnplug"].includes(bench.evcc.state.at) && !bench.plant.sample().locked;
  if (speed === 0) return bench.run(over, longest);
  while (!over() && bench.clock.now() < longest) {
    await bench.run(over, slice * speed);
    if (terminal) process.stdout.write(`\x1b[2K\r${gauge(bench.clock.now(), bench.plant.sample())}`);
    await new Promise((resolve) => setTimeout(resolve, slice));
  }
  if (terminal) process.stdout.write("\x1b[2K\r");
  return over();
}

function write(bench: VirtualBench, { trace, pcapng: capture }: Options): void {
  if (trace !== undefined) save(trace, bench.trace.toJsonLines());
  if (capture === undefined) return;
  const { pcapng } = require("../reports/pcapng") as typeof import("../reports/pcapng");
  save(capture, pcapng(bench.trace.events));
}

function save(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw new CommandError("environment", `cannot write ${file}: ${(error as Error).message}`);
  }
}

/** The end of the story in five lines; answers whether it was a whole session. */
function summarise(bench: VirtualBench): boolean {
  const { trace, plant } = bench;
  const messages = trace.of("v2g").filter(({ dir }) => dir === "tx").length;
  const stopped = trace.of("v2g", "evcc").some(({ dir, name }) => dir === "rx" && name === "SessionStopRes");
  const samples = trace.of("power");
  const most = (pick: (sample: (typeof samples)[number]) => number): number =>
    samples.reduce((top, sample) => Math.max(top, pick(sample)), 0);
  const end = plant.sample();
  const first = samples[0]?.soc ?? end.soc;
  const lines = [
    ["result", stopped ? "complete: charged, stopped in order, unlocked" : "NOT complete"],
    ["duration", `${(bench.clock.now() / 1000).toFixed(1)} s of virtual time, ${messages} V2G messages`],
    [
      "power",
      `at most ${most(({ outlet }) => outlet).toFixed(1)} V and ${most(({ current }) => current).toFixed(1)} A`,
    ],
    ["energy", `${end.energy.toFixed(1)} Wh at the meter`],
    ["battery", `${first.toFixed(2)} % → ${end.soc.toFixed(2)} %`],
  ];
  process.stdout.write(`\n${lines.map(([name, value]) => `${name?.padEnd(9)} ${value}`).join("\n")}\n`);
  return stopped;
}
