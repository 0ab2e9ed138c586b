import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { missingForSerial } from "../../firmware/build";
import { equipped } from "../../scripts/foreign";
import { SystemClock } from "../linux/clock";
import { EnvironmentError } from "../linux/environment";
import { pilotContract } from "../pilot.contract";
import { helperBench } from "./bench.contract";
import { SerialPilot } from "./pilot";

if (missingForSerial === undefined) {
  pilotContract("serial pilot on the firmware's host build", async () => {
    const bench = await helperBench();
    const { plant, clock, path } = bench;
    const evse = await SerialPilot.open({ path, clock });
    evse.drive({ out: "x1" });
    return {
      evse,
      ev: plant.evPilot,
      plug: () => plant.plug(),
      unplug: () => plant.unplug(),
      wait: bench.wait,
      close: async () => {
        evse.close();
        await bench.close();
      },
      latency: 300,
    };
  });
} else {
  equipped("serial pilot on the firmware's host build: pilot contract", missingForSerial, () => undefined);
}

/** Waits until it holds; the test itself has no limit of time that a loaded machine could miss. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

equipped("a helper that is unplugged is lost, and taken up again where it was driven", missingForSerial, async () => {
  const bench = await helperBench();
  const { plant, clock, path } = bench;
  const pilot = await SerialPilot.open({ path, clock });
  try {
    plant.plug();
    pilot.drive({ out: "x2", dutyPercent: 5 });
    await until(() => pilot.read().state === "B" && plant.evPilot.read().dutyPercent === 5);
    await bench.unplug();
    await until(() => pilot.fault === "Lost");
    assert.equal(pilot.read().state, "F");
    plant.evsePilot.drive({ out: "x1" });
    await bench.replug();
    await until(() => pilot.read().state === "B" && plant.evPilot.read().dutyPercent === 5);
    assert.equal(pilot.fault, undefined);
  } finally {
    pilot.close();
    await bench.close();
  }
});

equipped("a host that is gone leaves the line at X1", missingForSerial, async () => {
  const bench = await helperBench();
  const { plant, clock, path } = bench;
  const pilot = await SerialPilot.open({ path, clock });
  try {
    plant.plug();
    pilot.drive({ out: "x2", dutyPercent: 5 });
    await until(() => plant.evPilot.read().dutyPercent === 5);
    pilot.close();
    await until(() => plant.evPilot.read().dutyPercent === undefined);
    assert.equal(plant.evPilot.read().plugged, true);
  } finally {
    await bench.close();
  }
});

equipped("a helper closes the contactor on request, and opens it when the car goes", missingForSerial, async () => {
  const bench = await helperBench();
  const { plant, clock, path } = bench;
  const pilot = await SerialPilot.open({ path, clock });
  const { link } = pilot;
  try {
    plant.plug();
    pilot.drive({ out: "x2", dutyPercent: 5 });
    await until(() => pilot.read().state === "B");
    plant.evPilot.present("C");
    await until(() => pilot.read().state === "C");
    await link.request("sys.arm");
    const { ok, took_ms } = await link.request("contactor.set", { on: true });
    assert.equal(ok, true);
    assert.ok(Number(took_ms) >= 25, `${String(took_ms)} ms, where the plant takes 30`);
    assert.equal(plant.powerPath.read().contactor, true);
    plant.unplug();
    await until(() => !plant.powerPath.read().contactor);
    await until(() => pilot.read().state === "A");
  } finally {
    pilot.close();
    await bench.close();
  }
});

equipped(
  "a line that is not there, and one on which nobody answers, are refused in words",
  missingForSerial,
  async () => {
    const clock = new SystemClock();
    await assert.rejects(SerialPilot.open({ path: "/dev/no-such-line", clock, patienceMs: 50 }), (error: unknown) => {
      assert.ok(error instanceof EnvironmentError);
      assert.equal(error.problem.kind, "NoSerialPort");
      assert.match(error.message, /\/dev\/no-such-line/);
      return true;
    });
  },
);

test("without the package serialport the error says how to get it", () => {
  const script = `
    const modules = require("node:module");
    const resolve = modules._resolveFilename;
    modules._resolveFilename = function (name, ...rest) {
      if (name === "serialport") throw new Error("absent");
      return resolve.call(this, name, ...rest);
    };
    const { SerialPilot } = require("./drivers/serial");
    const { SystemClock } = require("./drivers/linux/clock");
    SerialPilot.open({ path: "/dev/null", clock: new SystemClock() }).catch((error) => console.log(error.problem.kind, error.message));
  `;
  const cwd = join(__dirname, "..", "..");
  const printed = execFileSync(process.execPath, ["-r", "ts-node/register", "-e", script], { cwd, encoding: "utf8" });
  assert.match(printed, /^NoSerialLibrary .*npm install serialport@13/);
});
