import assert from "node:assert/strict";
import { test } from "node:test";
import type { EventOf } from "../../../core/trace";
import { plantBench } from "./bench";

type Power = EventOf<"power">;
const gaps = (events: readonly Power[]): number[] => events.slice(1).map(({ t }, at) => t - events[at]!.t);

test("time and readings in the trace agree with the plant, decimated: ∫ U·I over the samples is the meter's energy", () => {
  const { trace, plant, wait, charge } = plantBench();
  charge(100);
  plant.powerPath.supply({ voltage: 420, current: 180 });
  wait(5000);
  plant.powerPath.supply({ voltage: 420, current: 5 });
  wait(3000);
  const samples = trace.of("power");
  let joules = 0;
  for (let at = 1; at < samples.length; at++) {
    const [a, b] = [samples[at - 1]!, samples[at]!];
    joules += ((a.outlet * a.current + b.outlet * b.current) / 2) * ((b.t - a.t) / 1000);
  }
  const { energy } = plant.powerPath.read();
  assert.ok(Math.abs(joules / 3600 - energy) < 0.005 * energy, `${joules / 3600} Wh in the trace, ${energy} Wh`);
  assert.ok(samples.length < 400, `${samples.length} samples`);
});

test("a curve drawn through the samples is nowhere far from the plant", () => {
  const { trace, plant, wait } = plantBench();
  const truth: [number, number][] = [];
  plant.plug();
  plant.powerPath.contactor(true);
  wait(50);
  plant.powerPath.supply({ voltage: 500, current: 2 });
  for (let ms = 0; ms < 3000; ms++) {
    if (ms === 2000) plant.powerPath.supply("off");
    truth.push([50 + ms, plant.powerPath.read().voltage]);
    wait(1);
  }
  const samples = trace.of("power");
  for (const [t, volts] of truth) {
    const after = samples.findIndex((sample) => sample.t >= t);
    if (after < 1) continue;
    const [a, b] = [samples[after - 1]!, samples[after]!];
    const drawn = b.t === a.t ? b.outlet : a.outlet + ((b.outlet - a.outlet) * (t - a.t)) / (b.t - a.t);
    assert.ok(Math.abs(drawn - volts) < 3, `${drawn} V drawn, ${volts} V at ${t} ms`);
  }
});

test("a fall that is no shutdown is followed as well", () => {
  const { trace, plant, wait, clock } = plantBench();
  plant.plug();
  plant.powerPath.contactor(true);
  wait(50);
  plant.powerPath.supply({ voltage: 500, current: 2 });
  wait(1500);
  const start = clock.now();
  plant.fault("shortCircuit", { ohms: 110 });
  wait(300);
  const falling = trace.of("power").filter(({ t, outlet }) => t >= start && outlet > 230);
  assert.ok(Math.max(...gaps(falling)) <= 25, `${Math.max(...gaps(falling))} ms`);
});

test("a slow movement is written every 100 ms, a standstill every second", () => {
  const { trace, plant, wait } = plantBench({ supply: { voltsPerSecond: 5 } });
  plant.plug();
  plant.powerPath.contactor(true);
  wait(50);
  plant.powerPath.supply({ voltage: 200, current: 2 });
  wait(60_000);
  const moving = trace.of("power").filter(({ outlet }) => outlet > 100 && outlet < 199);
  assert.ok(Math.max(...gaps(moving)) <= 101 && Math.min(...gaps(moving)) > 50);
  const standing = trace.of("power").filter(({ t }) => t > 45_000);
  assert.ok(Math.max(...gaps(standing)) <= 1001 && Math.min(...gaps(standing)) > 500);
});

test("time in the trace never goes back, at whatever fractions of a millisecond commands come", () => {
  const { trace, plant, wait } = plantBench();
  plant.plug();
  plant.powerPath.contactor(true);
  for (let at = 0; at < 300; at++) {
    wait(0.1 + at / 7);
    plant.powerPath.supply(at % 5 === 4 ? "off" : { voltage: 100 + at, current: 1 });
  }
  assert.ok(trace.events.length > 1000);
  assert.ok(gaps(trace.of("power")).every((gap) => gap >= 0));
});

test("a step is written on both sides", () => {
  const { trace, plant, wait } = plantBench();
  plant.plug();
  plant.powerPath.contactor(true);
  wait(50);
  plant.powerPath.supply({ voltage: plant.inlet.read().batteryVoltage + 20, current: 2 });
  wait(1500);
  plant.inlet.contactor(true);
  wait(32);
  const [before, after, settled] = trace.of("power").filter(({ t }) => t >= 1580);
  assert.deepEqual([before!.t, before!.evContactor, after!.t, after!.evContactor], [1580, false, 1580, true]);
  assert.ok(before!.current < 1 && after!.current > 300);
  assert.ok(settled!.t <= 1581.001 && settled!.current < 5, "the inrush is over within a millisecond");
});

test("at least every 100 ms while it moves; every 5 ms from a shutdown until it is discharged", () => {
  const { trace, plant, wait, clock } = plantBench();
  plant.plug();
  plant.powerPath.contactor(true);
  wait(50);
  plant.powerPath.supply({ voltage: 450, current: 2 });
  wait(1500);
  assert.ok(Math.max(...gaps(trace.of("power").filter(({ outlet }) => outlet > 0 && outlet < 449))) <= 101);
  const off = clock.now();
  plant.powerPath.supply("off");
  wait(3000);
  const shutdown = trace.of("power").filter(({ t, outlet }) => t >= off && outlet > 25);
  assert.ok(shutdown.length > 50);
  assert.ok(Math.max(...gaps(shutdown)) <= 5.001, `${Math.max(...gaps(shutdown))} ms`);
});

test("pilot lost under load, both sides reacting: I < 5 A in 30 ms and U < 60 V in 100 ms, judged by the trace (S01)", () => {
  const { trace, plant, wait, clock, charge } = plantBench();
  plant.evsePilot.onChange(({ state }) => {
    if (state !== "A") return;
    plant.powerPath.supply("off");
    plant.powerPath.contactor(false);
  });
  plant.evPilot.onChange(({ dutyPercent }) => {
    if (dutyPercent === undefined) plant.inlet.contactor(false);
  });
  charge(200);
  const lost = clock.now();
  plant.fault("cpOpen");
  wait(500);
  const after = trace.of("power").filter(({ t }) => t >= lost);
  const current = after.find((sample) => sample.current < 5)!.t - lost;
  const volts = after.find((sample) => sample.outlet < 60)!.t - lost;
  assert.ok(current <= 30, `I < 5 A after ${current} ms`);
  assert.ok(volts <= 100, `U < 60 V after ${volts} ms`);
  assert.ok(Math.max(...gaps(after.filter(({ t }) => t - lost < volts))) <= 5.001);
  assert.equal(trace.of("pilot").at(-1)?.state, "A");
  assert.equal(trace.of("pilot").at(-1)?.t, lost);
});

test("the pilot lost under load is written finely though nobody reacts", () => {
  const { trace, plant, wait, clock, charge } = plantBench();
  charge(100);
  const lost = clock.now();
  plant.fault("cpOpen");
  wait(200);
  assert.ok(Math.max(...gaps(trace.of("power").filter(({ t }) => t >= lost - 1))) <= 5.001);
  assert.ok(trace.of("power").filter(({ t }) => t > lost).length >= 39);
});

test("a car that does not open keeps the outlet at battery voltage, and the trace shows it", () => {
  const { trace, plant, wait, charge } = plantBench();
  charge(100);
  plant.powerPath.supply("off");
  plant.powerPath.contactor(false);
  wait(2000);
  const last = trace.of("power").at(-1)!;
  assert.ok(last.outlet > 340 && last.evContactor && !last.evseContactor && !last.supply);
});

test("every change of a contactor, the lock, isolation and supply is an event at its instant", () => {
  const { trace, plant, wait } = plantBench();
  plant.plug();
  wait(10);
  const changes = (field: "evseContactor" | "evContactor" | "locked" | "supply"): number[] =>
    trace.of("power").flatMap((event, at, all) => (at > 0 && event[field] !== all[at - 1]![field] ? [event.t] : []));
  plant.powerPath.lock(true);
  plant.powerPath.contactor(true);
  plant.inlet.contactor(true);
  plant.powerPath.supply({ voltage: 400, current: 1 });
  wait(1000);
  plant.powerPath.supply("off");
  wait(10);
  assert.deepEqual(
    {
      locked: changes("locked"),
      evse: changes("evseContactor"),
      ev: changes("evContactor"),
      supply: changes("supply"),
    },
    { locked: [310], evse: [40], ev: [40], supply: [10, 1010] },
  );
});

test("the same commands give the same trace, byte for byte", () => {
  const run = (): string => {
    const { trace, plant, wait, charge } = plantBench({}, 42);
    plant.fault("noise");
    charge(120);
    plant.fault("shortCircuit");
    wait(500);
    return trace.toJsonLines();
  };
  assert.equal(run(), run());
});

test("another clock may drive it: periodic advances give the same physics", () => {
  const { plant, wait, charge } = plantBench();
  charge(100);
  wait(1000);
  const expected = plant.sample();

  const other = plantBench();
  // Idle deadlines every 7 ms cut the time into other pieces.
  const tick = (): void => void other.clock.after(7, tick);
  tick();
  other.charge(100);
  other.wait(1000);
  const got = other.plant.sample();
  for (const field of ["outlet", "current", "energy", "soc"] as const) {
    assert.ok(Math.abs(got[field] - expected[field]) < 2e-3 * Math.max(1, expected[field]), `${field}: ${got[field]}`);
  }
});
