import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { PilotLoad, PilotState } from "../../../core/pilot";
import { foreign } from "../../../scripts/foreign";
import { plantBench } from "./bench";
import { defaultConfig } from "./config";
import { classify, plateaus } from "./pilot-circuit";

const circuit = (load: PilotLoad, more: object = {}) => ({
  drive: { out: "x2", dutyPercent: 5 } as const,
  load,
  plugged: true,
  broken: false,
  diodeShort: false,
  shorted: false,
  noise: 0,
  ...more,
});

test("plateaus lie within a volt of IEC 61851-1's 9, 6 and 3 V, the negative one at −12 V", () => {
  for (const [load, nominal] of [
    ["B", 9],
    ["C", 6],
    ["D", 3],
  ] as const) {
    const { high, low } = plateaus(circuit(load), defaultConfig.pilot);
    assert.ok(Math.abs(high - nominal) < 0.1, `${load}: ${high} V`);
    assert.equal(low, -12);
  }
  assert.deepEqual(plateaus(circuit("B", { plugged: false }), defaultConfig.pilot), { high: 12, low: -12 });
});

foreign(
  "plateaus agree with those that a commercial tester measured",
  ["data/captures/IEC61851_AC_PWM_Basic.pcapng"],
  ([path]) => {
    const text = readFileSync(path!, "latin1");
    const measured: Record<string, number[]> = { A: [], B: [], C: [] };
    for (const [, state, volts] of text.matchAll(/"CP State" : "State_([ABC])\d","CP\/CE Voltage \[V\]" : ([\d.]+)/g)) {
      measured[state!]!.push(Number(volts));
    }
    for (const state of ["A", "B", "C"] as const) {
      // Its state and its voltage are not taken at the same instant: at an edge they disagree, the median does not.
      const sorted = measured[state]!.sort((a, b) => a - b);
      assert.ok(sorted.length >= 3, `${sorted.length} records of ${state}`);
      const median = sorted[Math.floor(sorted.length / 2)]!;
      const load = state === "A" ? circuit("B", { plugged: false }) : circuit(state);
      const ours = plateaus(load, defaultConfig.pilot).high;
      assert.ok(Math.abs(ours - median) < 0.1, `${state}: ${ours} V, measured ${median} V`);
    }
  },
);

test("a shorted diode shows at the negative plateau", () => {
  for (const load of ["B", "C", "D"] as const) {
    const { high, low } = plateaus(circuit(load, { diodeShort: true }), defaultConfig.pilot);
    assert.equal(classify(high, "A"), load);
    assert.ok(low > -11, `${load}: ${low} V`);
  }
});

test("between bands the last state holds; what no generator makes is F", () => {
  for (const [volts, last, state] of [
    [7.5, "B", "B"],
    [7.5, "C", "C"],
    [4.5, "D", "D"],
    [10.5, "A", "A"],
    [6.9, "B", "C"],
    [-5, "C", "C"],
    [0, "C", "E"],
    [-12, "B", "F"],
    [20, "C", "F"],
    [-20, "C", "F"],
    [Number.NaN, "C", "F"],
  ] as [number, PilotState, PilotState][]) {
    assert.equal(classify(volts, last), state, `${volts} V after ${last}`);
  }
});

test("a change that is shorter than the debounce time is not reported; A, E and F are at once", () => {
  const { plant, wait } = plantBench({ pilot: { debounceMs: 50 } });
  const seen: string[] = [];
  plant.evsePilot.onChange(({ state }) => seen.push(state));
  plant.evsePilot.drive({ out: "x2", dutyPercent: 5 });
  plant.plug();
  wait(49);
  assert.equal(plant.evsePilot.read().state, "A");
  wait(1);
  plant.evPilot.present("C");
  wait(100);
  plant.evPilot.present("B");
  wait(40);
  plant.evPilot.present("C");
  wait(100);
  assert.deepEqual(seen, ["B", "C"]);
  for (const fault of ["cpPeShort", "cpOpen"] as const) {
    plant.fault(fault);
    wait(0);
    assert.equal(plant.evsePilot.read().state, fault === "cpOpen" ? "A" : "E");
    plant.clear(fault);
    wait(100);
    assert.equal(plant.evsePilot.read().state, "C");
  }
});

test("the debounce time runs from the change of state, whatever else changes on the wire", () => {
  const { plant, wait } = plantBench({ pilot: { debounceMs: 50 } });
  plant.plug();
  wait(30);
  plant.evsePilot.drive({ out: "x2", dutyPercent: 5 });
  wait(20);
  assert.equal(plant.evsePilot.read().state, "B");
});

test("each pilot fault is seen from both ends as physics has it", () => {
  const { plant, wait } = plantBench();
  plant.plug();
  plant.evsePilot.drive({ out: "x2", dutyPercent: 5 });
  plant.evPilot.present("C");
  wait(50);
  const rows = [
    ["diodeShort", "C", 5, 5.61],
    ["cpPeShort", "E", undefined, 0],
    ["peLost", "A", undefined, 0],
    ["cpOpen", "A", undefined, 0],
    ["cpForced", "F", undefined, 20],
  ] as const;
  for (const [fault, state, duty, high] of rows) {
    plant.fault(fault);
    wait(50);
    assert.equal(plant.evsePilot.read().state, state, fault);
    const car = plant.evPilot.read();
    assert.deepEqual([car.plugged, car.dutyPercent], [true, duty], fault);
    assert.ok(Math.abs(car.high - high) < 0.05, `${fault}: ${car.high} V at the car`);
    plant.clear(fault);
    wait(50);
    assert.equal(plant.evsePilot.read().state, "C", `after ${fault}`);
  }
});

test("noise is the same for the same seed, and shorter than the debounce time it changes no state", () => {
  const run = (seed: number, burstMs: number) => {
    const { plant, trace, wait, clock } = plantBench({ pilot: { debounceMs: 50 } }, seed);
    plant.plug();
    plant.evsePilot.drive({ out: "x2", dutyPercent: 5 });
    plant.evPilot.present("C");
    wait(200);
    const reported: string[] = [];
    plant.evsePilot.onChange(({ state }) => reported.push(state));
    plant.fault("noise", { volts: 3.5, burstMs, gapMs: 100 });
    wait(5000);
    plant.clear("noise");
    wait(200);
    assert.equal(clock.pending, 0, "nothing is left behind");
    assert.equal(plant.evsePilot.read().state, "C");
    return { reported, wire: trace.of("pilot").map(({ t, state, high }) => `${t} ${state} ${high}`) };
  };
  assert.deepEqual(run(7, 5).wire, run(7, 5).wire);
  assert.notDeepEqual(run(7, 5).wire, run(8, 5).wire);
  assert.ok(
    run(7, 5).wire.some((line) => line.includes(" B ")),
    "some bursts look like B on the wire",
  );
  assert.deepEqual(run(7, 5).reported, []);
  assert.ok(run(7, 400).reported.length > 0, "long ones are reported");
});

test("0 % and 100 % are steady and carry no duty cycle", () => {
  const { plant, wait } = plantBench();
  plant.plug();
  for (const [dutyPercent, high] of [
    [0, -12],
    [100, 9],
  ] as const) {
    plant.evsePilot.drive({ out: "x2", dutyPercent });
    wait(20);
    assert.equal(plant.evPilot.read().dutyPercent, undefined);
    assert.ok(Math.abs(plant.evPilot.read().high - high) < 0.1);
  }
});
