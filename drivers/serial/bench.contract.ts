import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hostBuild } from "../../firmware/build";
import { SystemClock } from "../linux/clock";
import { openPlantSockets, PlantServer } from "../plant";
import { SeededEntropy } from "../virtual/entropy";
import type { Plant, PlantOptions } from "../virtual/plant";

export interface HelperBench {
  readonly plant: Plant;
  readonly clock: SystemClock;
  /** Where the helper's serial line is, and the plant's socket for a station. */
  readonly path: string;
  readonly plantSocket: string;
  /** Stops the helper, or lets it go on: it is there and says nothing. */
  silence(silent: boolean): void;
  /** Ends the helper as if its plug were pulled, or starts another one at the same place. */
  unplug(): Promise<void>;
  replug(): Promise<void>;
  wait(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** A plant, and the host build of the firmware that measures in it, with its serial line on a pseudo-terminal. */
export async function helperBench(config?: PlantOptions): Promise<HelperBench> {
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-helper-"));
  const path = join(folder, "serial");
  const clock = new SystemClock();
  const server = new PlantServer({
    clock,
    originNs: clock.origin,
    entropy: (seed) => new SeededEntropy(seed),
    ...(config && { config }),
  });
  const sockets = await openPlantSockets(server, folder, () => undefined);
  const { plant } = server.rig;
  const program = await hostBuild();
  let child: ChildProcess | undefined;
  const replug = async (): Promise<void> => {
    const started = spawn(program, ["--plant", sockets.paths.evse, "--link", path, "--die-with-parent"], {
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
    sockets.close();
    server.close();
    rmSync(folder, { recursive: true });
  };
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const silence = (silent: boolean): void => void child?.kill(silent ? "SIGSTOP" : "SIGCONT");
  return { plant, clock, path, plantSocket: sockets.paths.evse, silence, unplug, replug, wait, close };
}
