import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { hostBuild, missingForSerial } from "../firmware/build";
import { equipped } from "../scripts/foreign";
import {
  type Bench,
  bench,
  delay,
  lack,
  listens,
  type Process,
  patience,
  summary,
  until,
  waits,
} from "./processes.contract";

/** `ccs-hil secc --controller hal` with the firmware's host build on a pseudo-terminal: UA01 to UA04 as a station lives them. */

const absent = lack ?? missingForSerial;

/** The helper measures in the plant; the station reaches it over its serial line, and the plant for what the adapter lacks. */
async function helped(context: TestContext, adapter: string) {
  const made = await bench(context);
  const { folder } = made;
  const serial = join(folder, "serial");
  const config = join(folder, "secc.env");
  writeFileSync(config, `EVSE_HAL_ADAPTER=${adapter}\nESP_CP_PORT=${serial}\n`);
  const program = await hostBuild();
  const startHelper = async (): Promise<ChildProcess> => {
    const args = ["--plant", join(folder, "evse"), "--link", serial, "--die-with-parent"];
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
    context.after(() => child.kill("SIGKILL"));
    await once(child.stderr, "data");
    return child;
  };
  const startStation = (): Process => made.start("secc", "--controller", "hal", "--secc-config", config);
  return { ...made, helper: await startHelper(), startHelper, startStation };
}

type Helped = Awaited<ReturnType<typeof helped>>;

/** Plugs a car in that charges for some loops, and waits for its end. */
async function session({ start, observer }: Bench, secc: Process): Promise<void> {
  const evcc = start("evcc", "--once", "--loops", "5");
  await waits(evcc);
  await observer.plug();
  assert.equal(await evcc.exit, 0, evcc.said.err + secc.said.err);
  assert.equal(summary(evcc).ended, "InOrder");
}

async function flowing(made: Helped, secc: Process): Promise<Process> {
  const { start, observer, power } = made;
  const evcc = start("evcc", "--once");
  await waits(evcc);
  await observer.plug();
  const flows = (): boolean => (power.at(-1)?.current ?? 0) > 20;
  await until("a current flows", flows, () => secc.said.err + evcc.said.err);
  return evcc;
}

/** The plug comes out, when it may. */
async function pulled({ power, observer }: Bench, secc: Process): Promise<void> {
  await until(
    "unlocked",
    () => power.at(-1)?.locked === false,
    () => secc.said.err,
  );
  await observer.unplug();
}

for (const adapter of ["esp-uart", "esp-periph"]) {
  equipped(`a whole session through ${adapter}, and another after it`, absent, async (context) => {
    const made = await helped(context, adapter);
    const secc = made.startStation();
    await listens(secc);
    await session(made, secc);
    await pulled(made, secc);
    await session(made, secc);
    const { energy } = await made.observer.sample();
    assert.ok(energy > 0.5, `${energy} Wh`);
    secc.child.kill("SIGTERM");
    assert.equal(await secc.exit, 0, secc.said.err);
  });
}

equipped("a helper that falls silent under power takes the power away (UA03)", absent, async (context) => {
  const made = await helped(context, "esp-periph");
  const { helper, power, clock } = made;
  const secc = made.startStation();
  await listens(secc);
  const evcc = await flowing(made, secc);
  const at = clock.now();
  helper.kill("SIGSTOP");
  await until(
    "open",
    () => power.at(-1)?.evseContactor === false && power.at(-1)?.supply === false,
    () => secc.said.err,
  );
  const off = delay(power, at, (sample) => !sample.supply);
  const opened = delay(power, at, (sample) => !sample.evseContactor);
  assert.ok(off < patience && opened < patience, `supply off after ${off} ms, contactor open after ${opened} ms`);
  assert.match(secc.said.err, /"fault":"Lost"/);
  await evcc.exit;
  helper.kill("SIGCONT");
  await pulled(made, secc);
  await session(made, secc);
});

equipped("a helper that is pulled out under power is taken up again (UA03)", absent, async (context) => {
  const made = await helped(context, "esp-periph");
  const { helper, startHelper, power, clock } = made;
  const secc = made.startStation();
  await listens(secc);
  const evcc = await flowing(made, secc);
  const at = clock.now();
  helper.kill("SIGKILL");
  await until(
    "open",
    () => power.at(-1)?.evseContactor === false && power.at(-1)?.supply === false,
    () => secc.said.err,
  );
  const opened = delay(power, at, (sample) => !sample.evseContactor);
  assert.ok(opened < patience, `contactor open after ${opened} ms`);
  await evcc.exit;
  await startHelper();
  await pulled(made, secc);
  await session(made, secc);
});

equipped("a serial line that is not there ends the station with a line and status 3", absent, async (context) => {
  const { folder, start } = await bench(context);
  const config = join(folder, "secc.env");
  writeFileSync(config, "EVSE_HAL_ADAPTER=esp-periph\nESP_CP_PORT=/dev/no-such-line\n");
  const secc = start("secc", "--controller", "hal", "--secc-config", config);
  assert.equal(await secc.exit, 3);
  assert.match(secc.said.err, /ccs-hil: .*\/dev\/no-such-line/);
  assert.doesNotMatch(secc.said.err, /\n +at /);
});
