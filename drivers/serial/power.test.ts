import assert from "node:assert/strict";
import type { PowerFault } from "../../core/power";
import { missingForSerial } from "../../firmware/build";
import { equipped } from "../../scripts/foreign";
import { PlantStation } from "../plant";
import { powerPathContract } from "../power-path.contract";
import { helperBench } from "./bench.contract";
import { HelperError } from "./helper-link";
import { SerialPilot } from "./pilot";
import { HelperPower } from "./power";

/** Swift where the tests only wait. */
const config = {
  supply: { voltsPerSecond: 1000 },
  isolation: { selfTestMs: 50, measureMs: 100 },
  actuators: { lock: { onMs: 50, offMs: 50 } },
};
const times = { actuator: 600, ramp: 1200, isolation: 800 };

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The contactor, meter and temperatures behind the helper; supply, monitor and lock in the plant itself. */
async function powerBench() {
  const bench = await helperBench(config);
  const { plant, clock, path, plantSocket } = bench;
  const station = await PlantStation.open({ path: plantSocket, clock });
  const pilot = await SerialPilot.open({ path, clock });
  const power = new HelperPower({ link: pilot.link, clock, rest: station.power });
  const faults: (PowerFault | undefined)[] = [];
  power.onChange((_, fault) => faults.push(fault));
  await until(() => power.known);
  const plug = async (): Promise<void> => {
    plant.plug();
    pilot.drive({ out: "x2", dutyPercent: 5 });
    await until(() => pilot.read().state === "B");
    plant.evPilot.present("C");
    await until(() => pilot.read().state === "C");
  };
  const close = async (): Promise<void> => {
    pilot.close();
    station.close();
    await bench.close();
  };
  return { ...bench, pilot, power, faults, plug, close };
}

if (missingForSerial === undefined) {
  powerPathContract("a power path behind the helper", async () => {
    const { power, plug, wait, close } = await powerBench();
    return { path: power, plug, wait, close, times };
  });
} else {
  equipped("a power path behind the helper: power path contract", missingForSerial, () => undefined);
}

type Bench = Awaited<ReturnType<typeof powerBench>>;

const on = (what: string, body: (bench: Bench) => Promise<void>): void =>
  equipped(what, missingForSerial, async () => {
    const bench = await powerBench();
    try {
      await body(bench);
    } finally {
      await bench.close();
    }
  });

/** Closed, and seen to be. */
async function connected({ plug, power }: Bench): Promise<void> {
  await plug();
  power.lock(true);
  power.contactor(true);
  await until(() => power.read().contactor);
}

on("the contactor opens by the helper's hand when the car leaves C, and is told", async (bench) => {
  const { plant, power } = bench;
  await connected(bench);
  plant.evPilot.present("B");
  await until(() => !power.read().contactor);
  await until(() => !plant.powerPath.read().contactor);
});

on("an arming that is older than 1.5 s closes nothing (UA03)", async (bench) => {
  const { plug, pilot, plant, wait } = bench;
  await plug();
  await pilot.link.request("sys.arm");
  await wait(1_600);
  await assert.rejects(pilot.link.request("contactor.set", { on: true }), (error: unknown) => {
    assert.ok(error instanceof HelperError);
    assert.deepEqual(error.reason, { kind: "Refused", code: 1001, message: "not_armed" });
    return true;
  });
  assert.equal(plant.powerPath.read().contactor, false);
});

on("a contactor that does not close, and one that does not open, are faults", async (bench) => {
  const { plant, plug, power, faults } = bench;
  await plug();
  plant.fault("evseContactorStuck");
  power.contactor(true);
  await until(() => faults.includes("ContactorStuck"));
  assert.equal(power.read().contactor, false);
  plant.clear();
  power.contactor(true);
  await until(() => power.read().contactor);
  plant.fault("evseContactorWelded");
  power.contactor(false);
  await until(() => faults.includes("ContactorWelded"));
  assert.equal(power.read().contactor, true);
});

on(
  "temperatures are the helper's; one that falls silent leaves them unknown and the contactor open (UA03)",
  async (bench) => {
    const { plant, power, pilot, silence } = bench;
    plant.fault("contactTemperature", { celsius: 61 });
    await until(() => power.read().temperatures[0] === 61);
    silence(true);
    await until(() => pilot.fault === "Lost");
    const { temperatures, contactor } = power.read();
    assert.ok(temperatures.every(Number.isNaN), `${temperatures.join()} °C`);
    assert.equal(contactor, false);
    silence(false);
    await until(() => power.known && power.read().temperatures[0] === 61);
  },
);

on("a contact that is too hot is told with its temperature, once (S22)", async ({ plant, power, wait }) => {
  const told: number[] = [];
  power.onChange(({ temperatures: [celsius] }, fault) => {
    if (fault === "OverTemperature") told.push(celsius);
  });
  plant.fault("contactTemperature", { celsius: 95 });
  await until(() => told.length > 0);
  await wait(500);
  assert.deepEqual(told, [95]);
});

on(
  "a helper that is pulled out under power: open within its time, taken up again, closed anew (UA03)",
  async (bench) => {
    const { plant, power, pilot, unplug, replug } = bench;
    await connected(bench);
    await unplug();
    await until(() => pilot.read().state === "F" && !power.read().contactor);
    // The plant lets go of what a client held that has gone.
    await until(() => !plant.powerPath.read().contactor);
    plant.evPilot.present("B");
    await replug();
    await until(() => pilot.read().state === "B" && power.known);
    plant.evPilot.present("C");
    await until(() => pilot.read().state === "C");
    assert.equal(power.read().contactor, false);
    power.contactor(true);
    await until(() => power.read().contactor && plant.powerPath.read().contactor);
  },
);
