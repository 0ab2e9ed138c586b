import assert from "node:assert/strict";
import { test } from "node:test";
import type { PowerFault } from "../../../core/power";
import { plantBench } from "./bench";
import { type FaultName, faults, isFault } from "./faults";

/** A charging bench that notes the faults which its power path reports, with their times. */
function charging(amperes = 100) {
  const bench = plantBench();
  const reported: { fault: PowerFault; t: number }[] = [];
  bench.plant.powerPath.onChange((_, fault) => {
    if (fault) reported.push({ fault, t: bench.clock.now() });
  });
  if (amperes > 0) bench.charge(amperes);
  return { ...bench, reported, path: bench.plant.powerPath, inlet: bench.plant.inlet };
}

test("a supply without output never reaches the precharge voltage", () => {
  const { plant, path, wait } = charging(0);
  plant.fault("supplyDead");
  plant.plug();
  path.contactor(true);
  path.supply({ voltage: 400, current: 2 });
  wait(10_000);
  assert.deepEqual([path.read().supply, path.read().voltage], [true, 0]);
});

test("a supply that does not obey off goes on until it does", () => {
  const { plant, path, wait } = charging(100);
  plant.fault("supplyStuckOn");
  path.supply("off");
  wait(1000);
  assert.ok(path.read().supply && path.read().current > 99);
  plant.clear("supplyStuckOn");
  wait(30);
  assert.ok(!path.read().supply && path.read().current < 1);
});

test("a wrong voltage and a wrong current are there, and reported as over-voltage and over-current", () => {
  const { plant, path, wait, reported } = charging(0);
  plant.plug();
  path.contactor(true);
  path.supply({ voltage: 400, current: 2 });
  wait(1500);
  plant.fault("supplyVoltageOffset", { volts: 80 });
  wait(500);
  assert.ok(Math.abs(path.read().voltage - 480) < 1, `${path.read().voltage} V`);
  assert.deepEqual(
    reported.map(({ fault }) => fault),
    ["OverVoltage"],
  );

  const other = charging(100);
  other.plant.fault("supplyCurrentOffset", { amperes: 40 });
  other.wait(100);
  assert.ok(Math.abs(other.path.read().current - 140) < 1);
  assert.deepEqual(
    other.reported.map(({ fault }) => fault),
    ["OverCurrent"],
  );
});

test("a healthy session reports no fault", () => {
  const { path, inlet, wait, reported } = charging(200);
  for (const current of [50, 150, 0, 100]) {
    path.supply({ voltage: 420, current });
    wait(1500);
  }
  path.supply("off");
  inlet.contactor(false);
  path.contactor(false);
  path.lock(false);
  wait(3000);
  assert.deepEqual(reported, []);
});

test("a short circuit is limited, a hard one is found within 50 ms, and it dies with the supply (S10)", () => {
  const { plant, path, wait, reported, clock } = charging(0);
  plant.plug();
  path.contactor(true);
  path.supply({ voltage: 500, current: 2 });
  wait(1500);
  for (const [ohms, volts, found] of [
    [0.05, 0.1, ["ShortCircuit"]],
    [110, 220, []],
  ] as const) {
    reported.length = 0;
    const start = clock.now();
    plant.fault("shortCircuit", { ohms });
    wait(500);
    assert.deepEqual(
      reported.map(({ fault }) => fault),
      found,
      `${ohms} Ω`,
    );
    if (reported[0]) assert.ok(reported[0].t - start <= 50, `${reported[0].t - start} ms`);
    assert.ok(path.read().current <= 2.01, `${path.read().current} A`);
    assert.ok(Math.abs(path.read().voltage - volts) < 2, `${path.read().voltage} V`);
    path.supply("off");
    wait(500);
    assert.ok(path.read().current < 5 && path.read().voltage < 60);
    plant.clear("shortCircuit");
    path.supply({ voltage: 500, current: 2 });
    wait(1500);
    assert.ok(path.read().voltage > 490, "as before once it is gone");
  }
});

test("without discharge the outlet keeps its voltage", () => {
  const { plant, path, wait } = charging(0);
  plant.plug();
  path.contactor(true);
  path.supply({ voltage: 400, current: 2 });
  wait(1500);
  plant.fault("dischargeLost");
  path.supply("off");
  path.contactor(false);
  wait(60_000);
  assert.ok(path.read().voltage > 350, `${path.read().voltage} V a minute later`);
  plant.clear();
  wait(200);
  assert.ok(path.read().voltage < 60);
});

test("welded contactors hold, stuck ones do not close, and the station's feedback says so", () => {
  for (const [fault, closed, report] of [
    ["evseContactorWelded", true, "ContactorWelded"],
    ["evseContactorStuck", false, "ContactorStuck"],
  ] as const) {
    const { plant, path, wait, reported, clock } = charging(0);
    plant.plug();
    path.contactor(!closed);
    wait(50);
    path.contactor(closed);
    wait(50);
    plant.fault(fault);
    const start = clock.now();
    path.contactor(!closed);
    wait(300);
    assert.equal(path.read().contactor, closed, fault);
    assert.deepEqual(
      reported.map(({ fault }) => fault),
      [report],
    );
    assert.ok(reported[0]!.t - start <= 150);
    plant.clear(fault);
    wait(50);
    assert.equal(path.read().contactor, !closed, "it goes where it was told");
  }
});

test("a car's welded contactor keeps the battery at the outlet; plugged in, it is there before any start (S08, S23)", () => {
  const { plant, path, inlet, wait } = charging(20);
  plant.fault("evContactorWelded");
  path.supply("off");
  inlet.contactor(false);
  path.contactor(false);
  wait(1000);
  assert.equal(inlet.read().contactor, true);
  assert.ok(path.read().voltage > 340, `${path.read().voltage} V`);
  path.lock(false);
  wait(400);
  plant.unplug();
  wait(1000);
  assert.ok(path.read().voltage < 1);
  plant.plug();
  wait(100);
  assert.ok(path.read().voltage > 340);
});

test("a stuck contactor of the car never connects the battery", () => {
  const { plant, inlet, wait } = charging(0);
  plant.fault("evContactorStuck");
  plant.plug();
  inlet.contactor(true);
  wait(500);
  assert.equal(inlet.read().contactor, false);
});

test("the lock: needs a connector, sticks, jams, springs open, and gives way to force", () => {
  const { plant, path, wait, reported } = charging(0);
  path.lock(true);
  wait(400);
  assert.equal(path.read().locked, false, "nothing to lock");
  plant.plug();
  wait(400);
  assert.equal(path.read().locked, true);
  assert.throws(() => plant.unplug(), RangeError);
  assert.equal(plant.plugged, true);

  plant.fault("lockJammed");
  path.lock(false);
  wait(1000);
  assert.equal(path.read().locked, true, "jammed");
  plant.clear("lockJammed");
  wait(400);
  assert.equal(path.read().locked, false);

  plant.fault("lockStuck");
  path.lock(true);
  wait(1000);
  assert.equal(path.read().locked, false, "stuck");
  plant.clear("lockStuck");
  wait(400);
  assert.equal(path.read().locked, true);

  reported.length = 0;
  plant.fault("lockLost");
  wait(500);
  assert.equal(path.read().locked, false);
  assert.deepEqual(
    reported.map(({ fault }) => fault),
    ["LockLost"],
  );
  plant.clear();
  wait(400);
  plant.unplug("by force");
  assert.deepEqual([plant.plugged, path.read().locked], [false, false]);
});

test("the station measures what the fault makes it measure; the trace keeps the truth", () => {
  const { plant, path } = charging(100);
  plant.fault("measurementOffset", { volts: 12, amperes: -5 });
  const truth = plant.sample();
  assert.ok(Math.abs(path.read().voltage - truth.outlet - 12) < 0.01);
  assert.ok(Math.abs(path.read().current - truth.current + 5) < 0.01);
});

test("unknown faults and figures are refused by name, and nothing changes", () => {
  const { plant } = charging(0);
  assert.throws(() => plant.fault("nonsense" as FaultName), /there is no fault "nonsense"/);
  assert.throws(() => plant.fault("toString" as FaultName), RangeError);
  assert.throws(() => plant.fault("shortCircuit", { ohms: 0 }), /ohms cannot be 0/);
  assert.throws(() => plant.fault("shortCircuit", { volts: 1 } as object), /has no figure "volts"/);
  assert.throws(() => plant.fault("isolation", { pole: "left" }), RangeError);
  assert.throws(() => plant.clear("nonsense" as FaultName), RangeError);
  assert.deepEqual(plant.present, {});
  for (const name of Object.keys(faults).filter(isFault)) {
    plant.fault(name);
    assert.ok(plant.present[name], name);
    plant.fault(name, false);
  }
  assert.deepEqual(plant.present, {});
});

test("figures that no plant can have are refused when it is built", () => {
  assert.throws(() => plantBench({ battery: { soc: 101 } }), /battery.soc/);
  assert.throws(() => plantBench({ supply: { farads: 0 } }), /supply.farads/);
  assert.throws(() => plantBench({ path: { cableOhms: Number.NaN } }), /path.cableOhms/);
  assert.throws(() => plantBench({ bettery: {} } as object), /bettery/);
});
