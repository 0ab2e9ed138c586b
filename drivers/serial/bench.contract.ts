import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { PilotDrive } from "../../core/pilot";
import { Trace } from "../../core/trace";
import { hostBuild } from "../../firmware/build";
import { SystemClock } from "../linux/clock";
import { SeededEntropy } from "../virtual/entropy";
import { Plant } from "../virtual/plant";

type Json = Record<string, unknown>;

/** The pilot half of the plant protocol, as much of it as the helper asks for, on a Unix socket (firmware/PROTOCOL.md, chapter 5). */
function servePilotHalf(plant: Plant, trace: Trace): Server {
  const server = createServer((socket) => {
    const push = (method: string, result: Json): void => {
      if (socket.writable) socket.write(`${JSON.stringify({ type: "evt", ts: 0, id: 0, method, result })}\n`);
    };
    const tick = (): void => {
      const { high, low } = plant.evsePilot.read();
      push("evt:adc.tick", { high, low });
    };
    trace.onEvent(({ type }) => type === "pilot" && setImmediate(tick));
    plant.powerPath.onChange(({ contactor }) => push("evt:contactor.tick", { aux: contactor }));
    const beat = setInterval(tick, 200);
    socket.on("close", () => clearInterval(beat));
    socket.on("error", () => undefined);
    createInterface({ input: socket }).on("line", (text) => obey(plant, JSON.parse(text) as Json, tick));
    answerPings(socket);
  });
  return server;
}

function obey(plant: Plant, message: Json, tick: () => void): void {
  if (message.cmd === "cp.drive") {
    plant.evsePilot.drive(
      message.out === "x2" ? { out: "x2", dutyPercent: message.duty as number } : (message as PilotDrive),
    );
  }
  if (message.method === "adc.stream_start") tick();
  if (message.method === "contactor.set") plant.powerPath.contactor((message.params as { on: boolean }).on);
}

function answerPings(socket: Socket): void {
  createInterface({ input: socket }).on("line", (text) => {
    const { id, method } = JSON.parse(text) as Json;
    if (method === "sys.ping") socket.write(`${JSON.stringify({ type: "res", id, ts: 0, result: {} })}\n`);
  });
}

export interface HelperBench {
  readonly plant: Plant;
  readonly clock: SystemClock;
  /** Where the helper's serial line is. */
  readonly path: string;
  /** Ends the helper as if its plug were pulled, or starts another one at the same place. */
  unplug(): Promise<void>;
  replug(): Promise<void>;
  wait(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** A plant, and the host build of the firmware that measures in it, with its serial line on a pseudo-terminal. */
export async function helperBench(): Promise<HelperBench> {
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-helper-"));
  const path = join(folder, "serial");
  const socket = join(folder, "evse");
  const clock = new SystemClock();
  const trace = new Trace(() => clock.now());
  const plant = new Plant({ clock, trace, entropy: new SeededEntropy(1) });
  const server = servePilotHalf(plant, trace);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  const program = await hostBuild();
  let child: ChildProcess | undefined;
  const replug = async (): Promise<void> => {
    const started = spawn(program, ["--plant", socket, "--link", path, "--die-with-parent"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    child = started;
    await new Promise<void>((resolve) => started.stderr.once("data", () => resolve()));
  };
  const unplug = async (): Promise<void> => {
    const ended = child;
    child = undefined;
    if (!ended) return;
    const exit = new Promise((resolve) => ended.once("exit", resolve));
    ended.kill("SIGKILL");
    await exit;
  };
  await replug();
  const close = async (): Promise<void> => {
    await unplug();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  };
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  return { plant, clock, path, unplug, replug, wait, close };
}
