import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { insideNamespace, skippingWithoutCapture } from "../drivers/linux/inside-namespace.contract";
import { type Process, program, until } from "./programs.contract";

/** Of both directions together, and how many a second of each. */
const FRAMES = 200_000;
const RATE = 4_000;
/** In MiB; what a process of ours may grow while nothing but bad frames come. */
const GROWTH = 64;

const macs = { ev: "02:00:00:00:ee:01", se: "02:00:00:00:5e:01" } as const;
const cable = (side: "ev" | "se") =>
  [
    { role: "lab", interface: side, mac: macs[side] },
    { role: "lab", interface: `plc_${side}` },
  ] as const;
const plan = { worker: "flood", roles: ["lab"], cables: [cable("ev"), cable("se")] } as const;

function start(context: TestContext, name: string, ...args: readonly string[]): Process {
  const started = program(name, ...args);
  context.after(() => started.child.kill("SIGKILL"));
  return started;
}

const residentMiB = ({ pid }: ChildProcess): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;

/** Frames that have come to the station's interface: not what was sent, but what it had to bear. */
function arrived(): number {
  const line = readFileSync("/proc/self/net/dev", "utf8").match(/^ *se:(.*)$/m)?.[1] ?? "";
  return Number(line.trim().split(/\s+/)[1]);
}

insideNamespace(__filename, plan, () => {
  const { skip } = skippingWithoutCapture();
  if (skip !== undefined) return void test("a match among bad frames", { skip }, () => undefined);

  test(`${FRAMES} bad frames stop no match, end no process and fill no memory`, async (context) => {
    const ports = ["--port", "plc_ev=02:b0:52:00:ee:02,ev", "--port", "plc_se=02:b0:52:00:5e:02,evse"];
    const modem = start(context, "main.ts", "modem", "--mortal", "--join-delay", "100", ...ports);
    await until("the modem is ready", () => modem.said.out !== "");
    const station = start(context, "main.ts", "slac", "--role", "evse", "--iface", "se", "--timeout", "300");
    await until("the station waits", () => station.said.err.includes("Matching"));
    const flood = (from: "ev" | "se", to: "ev" | "se") =>
      start(context, "flood.contract.ts", from, macs[to], String(RATE), String(FRAMES / 2));
    const floods = [flood("ev", "se"), flood("se", "ev")];
    const processes = [modem, station];
    const half = FRAMES / 2;
    // A heap grows to its working size first.
    await until("a fifth of the flood", () => arrived() > half / 5);
    const before = processes.map(({ child }) => residentMiB(child));
    await until("most of the flood", () => arrived() > (half * 4) / 5);
    const grown = processes.map(({ child }, index) => residentMiB(child) - (before[index] ?? 0));
    for (const mib of grown) assert.ok(mib < GROWTH, `grown by ${grown.map((it) => it.toFixed(0)).join(", ")} MiB`);
    assert.equal(station.child.exitCode, null, "a bad frame was taken for a match");

    // It goes on beyond its number, so the whole match is among bad frames.
    const car = start(context, "main.ts", "slac", "--role", "ev", "--iface", "ev", "--timeout", "60");
    assert.equal(await car.exit, 0, car.said.out + car.said.err);
    assert.equal(await station.exit, 0, station.said.out + station.said.err);
    assert.equal((JSON.parse(station.said.out) as { peer: string }).peer, "02:00:00:00:EE:01");
    await until("the whole flood", () => floods.every(({ said }) => said.out !== ""));
    assert.equal(modem.child.exitCode, null, modem.said.err);
  });
});
