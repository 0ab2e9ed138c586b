import assert from "node:assert/strict";
import { test } from "node:test";
import { plantBench } from "./bench";
import type { FaultFigures } from "./faults";

/** Plugged in, contactor closed, 500 V at the outlet, the monitor started; its states with their times since. */
function cableCheck(prepare: (plant: ReturnType<typeof plantBench>["plant"]) => void = () => undefined) {
  const bench = plantBench();
  const { plant, wait, clock } = bench;
  plant.plug();
  plant.powerPath.contactor(true);
  plant.powerPath.supply({ voltage: 500, current: 2 });
  wait(1500);
  prepare(plant);
  const start = clock.now();
  const seen: string[] = [];
  plant.powerPath.onChange(({ isolation }) => seen.push(`${isolation} ${Math.round(clock.now() - start)}`));
  plant.powerPath.measureIsolation(true);
  return { ...bench, seen, path: plant.powerPath };
}

test("a healthy path is Valid after self-test and measurement", () => {
  const { seen, wait } = cableCheck();
  wait(10_000);
  assert.deepEqual(seen, ["Valid 2000"]);
});

test("Valid from 500 kΩ, Warning from 100 kΩ, Fault below, whichever pole and place", () => {
  // In parallel with four healthy resistances of 10 MΩ.
  const withHealthy = (ohms: number): number => 1 / (1 / ohms - 4 / 10e6);
  for (const [ohms, status] of [
    [501_000, "Valid"],
    [499_000, "Warning"],
    [101_000, "Warning"],
    [99_000, "Fault"],
    [1000, "Fault"],
  ] as const) {
    for (const pole of ["plus", "minus"]) {
      for (const where of ["cable", "inlet"]) {
        const figures: FaultFigures<"isolation"> = { ohms: withHealthy(ohms), pole, where };
        const { wait, path } = cableCheck((plant) => plant.fault("isolation", figures));
        wait(2100);
        assert.equal(path.read().isolation, status, `${ohms} Ω ${pole} ${where}`);
      }
    }
  }
});

test("an isolation fault during the measurement appears with the next result", () => {
  const { plant, wait, path } = cableCheck();
  wait(2100);
  plant.fault("isolation");
  wait(1500);
  assert.equal(path.read().isolation, "Fault");
  plant.clear("isolation");
  wait(1500);
  assert.equal(path.read().isolation, "Valid");
});

test("both poles are half the voltage from earth; a leak moves them, a foreign voltage lifts them", () => {
  const { plant, path } = cableCheck();
  const poles = (): number[] => path.read().poles?.map((volts) => Math.round(volts / 10) * 10) ?? [];
  assert.deepEqual(poles(), [250, -250]);
  plant.fault("isolation", { ohms: 1000 });
  assert.deepEqual(poles(), [0, -500]);
  plant.clear("isolation");
  plant.fault("earthShift", { volts: 400 });
  assert.deepEqual(poles(), [650, 150]);
});

test("without voltage there is no result", () => {
  const { plant, wait } = plantBench();
  plant.plug();
  plant.powerPath.contactor(true);
  plant.powerPath.measureIsolation(true);
  wait(30_000);
  assert.equal(plant.powerPath.read().isolation, "Invalid");
});

test("monitor defects: absent, self-test failed, silent from the start, silent later", () => {
  const absent = cableCheck((plant) => plant.fault("imdAbsent"));
  absent.wait(30_000);
  assert.equal(absent.path.read().isolation, "No_IMD");

  const failing = cableCheck((plant) => plant.fault("imdSelfTest"));
  failing.wait(30_000);
  assert.deepEqual(failing.seen, ["Fault 500"]);

  const silent = cableCheck((plant) => plant.fault("imdSilent"));
  silent.wait(30_000);
  assert.equal(silent.path.read().isolation, "Invalid");

  const later = cableCheck();
  later.wait(2100);
  later.plant.fault("imdSilent");
  later.wait(10_000);
  assert.deepEqual(later.seen, ["Valid 2000", "Invalid 7000"], "stale five seconds after the last sample");
});

test("with PE lost the monitor is blind to the car", () => {
  const { plant, wait, path } = cableCheck((plant) => {
    plant.fault("isolation", { where: "inlet" });
    plant.fault("peLost");
  });
  wait(2100);
  assert.equal(path.read().isolation, "Valid");
  plant.clear("peLost");
  wait(1500);
  assert.equal(path.read().isolation, "Fault");
});

test("poles stand at half the voltage each, and a leaking one is pulled to PE", () => {
  const { plant } = cableCheck();
  const [plus, minus] = plant.poles();
  assert.ok(Math.abs(plus - 250) < 1 && Math.abs(minus + 250) < 1);
  plant.fault("isolation", { ohms: 1000, pole: "plus" });
  const [pulled, other] = plant.poles();
  assert.ok(pulled < 1 && Math.abs(other + 500) < 1, `${pulled} V, ${other} V`);
});

test("a measurement that has ended leaves no timer behind", () => {
  const { plant, wait, clock } = cableCheck();
  wait(2100);
  plant.powerPath.measureIsolation(false);
  plant.powerPath.supply("off");
  wait(5000);
  assert.equal(clock.pending, 0);
});
