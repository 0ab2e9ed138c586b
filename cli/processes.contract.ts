import { type SpawnOptions, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { SystemClock } from "../drivers/linux/clock";
import { Namespaces, namespacesProblem } from "../drivers/linux/namespace";
import { type Failsafe, type PlantHappening, PlantObserver } from "../drivers/plant";
import type { Summary } from "./dialogue";
import { heard, type Process, until } from "./programs.contract";

export { heard, type Process, until };

/** Station and car as processes with a cable between their namespaces, and the plant as a third: `ccs-hil secc`, `evcc` and `plant`. */

const main = join(__dirname, "main.ts");
const project = join(__dirname, "..");
const env = { ...process.env, NODE_TEST_CONTEXT: undefined, EVSE_LOG_FORMAT: "json" };

export const lack = namespacesProblem()?.message;
if (lack !== undefined && process.env.CCS_HIL_REQUIRE_NAMESPACES === "1") throw new Error(lack);

export type Power = Extract<PlantHappening, { type: "power" }>;

const hosts = {
  secc: { role: "secc", interface: "eth0", mac: "02:00:00:00:5e:01", address: "fe80::5e" },
  evcc: { role: "evcc", interface: "eth0", mac: "02:00:00:00:ee:01", address: "fe80::ee" },
} as const;

/** The plain cable, or a power line with a modem at each end of it. */
export const wirings = {
  cable: { roles: ["secc", "evcc"], cables: [[hosts.secc, hosts.evcc]] },
  modems: {
    roles: ["secc", "evcc", "line"],
    cables: [
      [hosts.secc, { role: "line", interface: "plc_se" }],
      [hosts.evcc, { role: "line", interface: "plc_ev" }],
    ],
  },
} as const;
const modemPorts = ["--port", "plc_ev=02:b0:52:00:ee:02,ev", "--port", "plc_se=02:b0:52:00:5e:02,evse"];

/** A plant with its observer, and what goes from namespace to namespace. */
export async function bench(context: TestContext, wiring: keyof typeof wirings = "cable") {
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-two-"));
  const worker = `two${Math.floor(Math.random() * 1e6)}`;
  const spaces = Namespaces.create({ worker, ...wirings[wiring] });
  context.after(() => {
    spaces.destroy();
    rmSync(folder, { recursive: true, force: true });
  });
  const node = ["-r", "ts-node/register", main];
  const config = JSON.stringify({
    supply: { voltsPerSecond: 2000 },
    isolation: { selfTestMs: 100, measureMs: 200 },
    actuators: { lock: { onMs: 50, offMs: 50 } },
  });
  const clock = new SystemClock();
  const startPlant = async () => {
    const args = [...node, "plant", "--dir", folder, "--config", config];
    const plant = heard(spawn(process.execPath, args, { cwd: project, env, stdio: "pipe" }));
    context.after(() => plant.child.kill("SIGKILL"));
    await until(
      "plant ready",
      () => plant.said.out !== "",
      () => plant.said.err,
    );
    const observer = await PlantObserver.open({ path: join(folder, "observer"), clock, originNs: clock.origin });
    context.after(() => observer.close());
    const power: Power[] = [];
    const failsafes: Failsafe[] = [];
    observer.onHappening((it) => it.type === "power" && power.push(it));
    observer.onFailsafe((it) => failsafes.push(it));
    return { plant, observer, power, failsafes };
  };
  const start = (role: "secc" | "evcc", ...args: string[]): Process => {
    const socket = join(folder, role === "secc" ? "evse" : "ev");
    const where = args.includes("--pilot") || args.includes("--plant") ? [] : ["--plant", socket];
    const link = wiring === "cable" ? "none" : "slac";
    return spawned(role, role, "--iface", "eth0", "--link", link, ...where, ...args);
  };
  const spawned = (role: string, ...args: string[]): Process => {
    const options: SpawnOptions = { cwd: project, env, stdio: ["ignore", "pipe", "pipe"] };
    const started = heard(spaces.spawn(role, process.execPath, [...node, ...args], options));
    context.after(() => started.child.kill("SIGKILL"));
    return started;
  };
  if (wiring === "modems") {
    const line = spawned("line", "modem", ...modemPorts, "--control", join(folder, "line"));
    await until(
      "modems",
      () => line.said.out !== "",
      () => line.said.err,
    );
  }
  return { ...(await startPlant()), folder, clock, spaces, start, startPlant };
}

export type Bench = Awaited<ReturnType<typeof bench>>;

export const listens = (secc: Process) =>
  until(
    "listening",
    () => secc.said.err.includes("Listening"),
    () => secc.said.err,
  );
export const waits = (evcc: Process) =>
  until(
    "waiting",
    () => evcc.said.err.includes("Waiting for a plug"),
    () => evcc.said.err,
  );

/** A station that listens, and a car that waits for its plug. */
export async function waiting(made: Bench, ...args: string[]) {
  const [secc, evcc] = [made.start("secc"), made.start("evcc", ...args)];
  await listens(secc);
  await waits(evcc);
  return { ...made, secc, evcc };
}

/** Both processes, up to a current into the battery. */
export async function charging(context: TestContext, args: readonly string[] = ["--once"]) {
  const made = await waiting(await bench(context), ...args);
  const { observer, power, secc, evcc } = made;
  await observer.plug();
  const flows = (): boolean => (power.at(-1)?.current ?? 0) > 20;
  await until("a current flows", flows, () => secc.said.err + evcc.said.err);
  return made;
}

export const summary = ({ said }: Process) => JSON.parse(said.out) as Summary;

/** Milliseconds from the instant to the first sample for which it holds. */
export function delay(power: readonly Power[], from: number, holds: (sample: Power) => boolean): number {
  const first = power.find((sample) => sample.t >= from && holds(sample));
  return (first?.t ?? Number.POSITIVE_INFINITY) - from;
}

/** The plant itself takes 1.5 s at most; a loaded machine takes its time. */
export const patience = 1500 + 1500;
