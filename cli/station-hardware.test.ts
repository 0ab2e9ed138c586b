import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Trace } from "../core/trace";
import type { HardwareOptions } from "../drivers/hardware";
import { SystemClock } from "../drivers/linux/clock";
import { SystemEntropy } from "../drivers/linux/entropy";
import { hostBuild, missingForSerial } from "../firmware/build";
import { equipped } from "../scripts/foreign";
import { CommandError } from "./errors";
import type { PilotOptions } from "./peer";
import type { Settings } from "./settings";
import { type HardwareChoice, hardwareChoice, openHardware } from "./station-hardware";

test("options and settings choose the adapter; what contradicts itself is refused", () => {
  const port = "/dev/serial0";
  const hal = { EVSE_CONTROLLER: "hal", EVSE_HAL_ADAPTER: "esp-uart" } as const;
  const rows: [PilotOptions, Settings, HardwareChoice | RegExp][] = [
    [{ controller: "sim" }, {}, { adapter: "sim", port }],
    [{ plant: "s" }, {}, { adapter: "sim", port, plant: "s" }],
    [{ controller: "hal" }, {}, { adapter: "sim", port }],
    [{ controller: "hal" }, { EVSE_HAL_ADAPTER: "esp-uart" }, { adapter: "esp-uart", port }],
    [{}, { ...hal, ESP_CP_PORT: "x" }, { adapter: "esp-uart", port: "x" }],
    [{ controller: "hal", plant: "s" }, hal, { adapter: "esp-uart", port, plant: "s" }],
    [{ plant: "s" }, hal, { adapter: "sim", port, plant: "s" }],
    [{ pilot: "sim" }, hal, { adapter: "sim", port }],
    [{ controller: "hal", pilot: "sim" }, {}, /exclude each other/],
    [{}, {}, /there is no pilot/],
  ];
  for (const [options, settings, expected] of rows) {
    const what = JSON.stringify([options, settings]);
    if (expected instanceof RegExp) assert.throws(() => hardwareChoice(options, settings), expected, what);
    else assert.deepEqual(hardwareChoice(options, settings), expected, what);
  }
});

function options(port = "/dev/serial0"): HardwareOptions {
  const clock = new SystemClock();
  return { clock, trace: new Trace(() => clock.now()), entropy: new SystemEntropy(), port, log: () => undefined };
}

test("a module of one's own is an adapter when it exports one as open", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-adapter-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const written = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const good = written("good.js", "exports.open = async ({ port }) => ({ pilot: port });");
  assert.deepEqual(await openHardware(good, options("here")), { pilot: "here" });
  const refused = (path: string, pattern: RegExp): Promise<void> =>
    assert.rejects(openHardware(path, options()), (error: unknown) => {
      assert.ok(error instanceof CommandError);
      assert.match(error.message, pattern);
      return true;
    });
  await refused(written("empty.js", ""), /does not export a function "open"/);
  await refused(written("wrong.js", "}"), /cannot load the adapter/);
  await refused(join(folder, "absent.js"), /cannot load the adapter/);
});

equipped(
  "without a plant, lock and supply are simulated behind the helper's pilot",
  missingForSerial,
  async (context) => {
    const child = spawn(await hostBuild(), ["--die-with-parent"], { stdio: ["pipe", "ignore", "pipe"] });
    context.after(() => child.kill("SIGKILL"));
    const [bytes] = (await once(child.stderr, "data")) as [Buffer];
    const made = options(bytes.toString().split("\n")[0]);
    const say = (line: object): void => void child.stdin.write(`${JSON.stringify(line)}\n`);
    const { pilot, power, close } = await openHardware("esp-periph", made);
    context.after(close);
    const until = async (holds: () => boolean): Promise<void> => {
      while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    pilot.drive({ out: "x2", dutyPercent: 5 });
    say({ car: "B" });
    await until(() => pilot.read().state === "B");
    power.lock(true);
    await until(() => power.read().locked);
    say({ car: "C" });
    await until(() => pilot.read().state === "C");
    power.contactor(true);
    await until(() => power.read().contactor);
    power.supply({ voltage: 300, current: 2 });
    await until(() => power.read().voltage > 290);
    power.supply("off");
    say({ car: "none" });
    await until(() => pilot.read().state === "A" && !power.read().contactor);
    await until(() => power.read().voltage < 60 && !power.read().locked);
  },
);
