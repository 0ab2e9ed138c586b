import assert from "node:assert/strict";
import { test } from "node:test";
import { plantBench } from "./bench";

/** Plugged in, contactor closed, car's contactor open. */
function open(config: Parameters<typeof plantBench>[0] = {}) {
  const bench = plantBench(config);
  bench.plant.plug();
  bench.plant.powerPath.contactor(true);
  bench.wait(50);
  return bench;
}

test("voltage ramps at the configured slope and stays at its target", () => {
  const { plant, wait } = open({ supply: { voltsPerSecond: 200 } });
  plant.powerPath.supply({ voltage: 400, current: 2 });
  for (let ms = 100; ms <= 2000; ms += 100) {
    wait(100);
    const expected = 0.2 * ms;
    assert.ok(
      Math.abs(plant.powerPath.read().voltage - expected) < 2,
      `${plant.powerPath.read().voltage} V at ${ms} ms`,
    );
  }
  wait(5000);
  assert.ok(Math.abs(plant.powerPath.read().voltage - 400) < 0.1);
});

test("a target that falls is followed down without a load", () => {
  const { plant, wait } = open();
  plant.powerPath.supply({ voltage: 500, current: 2 });
  wait(1500);
  plant.powerPath.supply({ voltage: 350, current: 2 });
  wait(1000);
  assert.ok(Math.abs(plant.powerPath.read().voltage - 350) < 1, `${plant.powerPath.read().voltage} V`);
});

test("into the capacitance alone a small current limit sets the slope: dU/dt = I/C", () => {
  const { plant, wait } = open({ supply: { farads: 1000e-6, ripple: 0, bleedOhms: 1e9 }, path: { bleedOhms: 1e9 } });
  plant.powerPath.supply({ voltage: 400, current: 0.1 });
  wait(1000);
  const before = plant.powerPath.read().voltage;
  wait(1000);
  assert.ok(Math.abs(plant.powerPath.read().voltage - before - 0.1 / 1003e-6) < 0.5);
});

test("current ramps at its slope, holds the limit, and voltage is battery plus drop", () => {
  const { plant, wait, charge } = plantBench({ supply: { ripple: 0 } });
  charge(20);
  const { ohms } = plant.config.battery;
  const { cableOhms, contactOhms } = plant.config.path;
  plant.powerPath.supply({ voltage: 500, current: 120 });
  wait(500);
  assert.ok(Math.abs(plant.powerPath.read().current - 70) < 1, `${plant.powerPath.read().current} A half way up`);
  wait(1000);
  const { current, voltage } = plant.powerPath.read();
  assert.ok(Math.abs(current - 120) < 0.2);
  const car = plant.inlet.read();
  assert.ok(Math.abs(voltage - car.voltage - current * (cableOhms + 2 * contactOhms)) < 0.01, "drop of the cable");
  assert.ok(Math.abs(car.batteryVoltage - 348.6 - current * ohms) < 0.3, "drop of the battery");
});

test("power is limited", () => {
  const { plant, charge } = plantBench({ supply: { maxWatts: 20_000 } });
  charge(150);
  const { voltage, current } = plant.powerPath.read();
  assert.ok(Math.abs(voltage * current - 20_000) < 100, `${voltage * current} W`);
});

test("a voltage target below the battery gives no current, and none flows back", () => {
  const { plant, wait, charge } = plantBench();
  charge(50);
  plant.powerPath.supply({ voltage: 250, current: 50 });
  wait(2000);
  const { voltage, current } = plant.powerPath.read();
  assert.ok(Math.abs(current) < 0.01, `${current} A`);
  assert.ok(voltage > 340, "the battery holds the outlet");
});

test("ripple has its frequency and height", () => {
  const { plant, wait, charge } = plantBench({ supply: { ripple: 0.02, rippleHertz: 50 } });
  charge(100);
  const seen: number[] = [];
  for (let ms = 0; ms < 200; ms++) {
    wait(1);
    seen.push(plant.powerPath.read().current);
  }
  assert.ok(Math.abs(Math.max(...seen) - 102) < 0.2 && Math.abs(Math.min(...seen) - 98) < 0.2);
  const crossings = seen.filter((value, at) => at > 0 && seen[at - 1]! < 100 && value >= 100).length;
  assert.ok(Math.abs(crossings - 10) <= 1, `${crossings} periods in 200 ms`);
});

test("after off: below 5 A in 30 ms; the open outlet below 60 V in 100 ms from 1000 V, the closed one in a second", () => {
  const { plant, wait, charge } = plantBench();
  charge(200);
  plant.powerPath.supply("off");
  wait(30);
  assert.ok(plant.powerPath.read().current < 5);

  for (const [opened, ms] of [
    [true, 100],
    [false, 1000],
  ] as const) {
    const bench = open();
    bench.plant.powerPath.supply({ voltage: 1000, current: 2 });
    bench.wait(3000);
    assert.ok(bench.plant.powerPath.read().voltage > 990);
    bench.plant.powerPath.supply("off");
    if (opened) bench.plant.powerPath.contactor(false);
    bench.wait(ms);
    assert.ok(bench.plant.powerPath.read().voltage < 60, `${bench.plant.powerPath.read().voltage} V after ${ms} ms`);
  }
});

test("closing onto a voltage difference shows the inrush of difference over resistance", () => {
  const { plant, wait, trace } = open();
  const { batteryVoltage } = plant.inlet.read();
  const inrush = (difference: number): number => {
    plant.inlet.contactor(false);
    wait(50);
    plant.powerPath.supply({ voltage: batteryVoltage + difference, current: 2 });
    wait(2500);
    const before = trace.events.length;
    plant.inlet.contactor(true);
    wait(50);
    const after = trace.of("power").filter(({ seq }) => seq >= before);
    return Math.max(...after.map(({ current }) => current));
  };
  const loop = 0.0044 + 0.05;
  assert.ok(Math.abs(inrush(20) - 20 / loop) < 5, "20 V");
  assert.ok(inrush(0.2) < 5, "well precharged");
  assert.ok(plant.powerPath.read().current <= 2.1, "over after some milliseconds");
});

test("closing onto a higher battery draws nothing through the station: its diode blocks", () => {
  const { plant, wait, trace } = open();
  plant.powerPath.supply({ voltage: plant.inlet.read().batteryVoltage - 20, current: 2 });
  wait(1500);
  const before = trace.events.length;
  let lowest = 0;
  plant.inlet.onChange(({ current }) => {
    lowest = Math.min(lowest, current);
  });
  plant.inlet.contactor(true);
  wait(50);
  const after = trace.of("power").filter(({ seq }) => seq >= before);
  assert.ok(after.length > 0 && after.every(({ current }) => current >= 0));
  assert.ok(Math.abs(lowest + 20 / (0.0044 + 0.05)) < 5, `${lowest} A out of the battery into the cable's capacitance`);
});

test("while it precharges the outlet draws what its capacitance and its bleeder take", () => {
  const { plant, wait } = open({ supply: { voltsPerSecond: 500 } });
  plant.powerPath.supply({ voltage: 500, current: 2 });
  wait(800);
  const { voltage, current } = plant.powerPath.read();
  const { outletFarads, inletFarads, bleedOhms } = plant.config.path;
  const expected = (outletFarads + inletFarads) * 500 + voltage / bleedOhms;
  assert.ok(Math.abs(current - expected) < 0.05 * expected, `${current} A, not ${expected} A`);
});

test("when nothing moves a day costs one step", () => {
  const { plant, wait, trace } = plantBench();
  plant.plug();
  wait(1000);
  const events = trace.events.length;
  wait(86_400_000);
  assert.equal(trace.events.length, events);
  assert.equal(plant.advance(86_401_000, 86_401_000 + 86_400_000), 2 * 86_400_000 + 1000);
});
