import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Battery } from "./battery";
import { plantBench } from "./bench";
import { configure } from "./config";
import { DcPath } from "./dc-path";

type Act =
  | { do: "supply"; volts: number; amperes: number }
  | { do: "off" }
  | { do: "evse"; on: boolean }
  | { do: "ev"; on: boolean }
  | { do: "plug"; on: boolean }
  | { do: "short"; on: boolean }
  | { do: "pass"; ms: number };

const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    do: fc.constant("supply" as const),
    volts: fc.double({ min: 0, max: 1000, noNaN: true }),
    amperes: fc.double({ min: 0, max: 200, noNaN: true }),
  }),
  fc.record({ do: fc.constant("off" as const) }),
  fc.record({ do: fc.constant("evse" as const), on: fc.boolean() }),
  fc.record({ do: fc.constant("ev" as const), on: fc.boolean() }),
  fc.record({ do: fc.constant("plug" as const), on: fc.boolean() }),
  fc.record({ do: fc.constant("short" as const), on: fc.boolean() }),
  fc.record({ do: fc.constant("pass" as const), ms: fc.integer({ min: 1, max: 500 }) }),
);

function perform(path: DcPath, act: Act): void {
  if (act.do === "supply") path.supply.start(act.volts, act.amperes, path.capacitor);
  else if (act.do === "off") path.supply.stop();
  else if (act.do === "evse") path.setEvse(act.on);
  else if (act.do === "ev") path.setEv(act.on);
  else if (act.do === "plug") path.setPlugged(act.on);
  else if (act.do === "short") path.setFlaws(act.on ? { shortCircuit: { ohms: 0.05 } } : {});
  else for (let ms = 0; ms < act.ms; ms++) path.step(0.001);
  if (act.do === "supply" || act.do === "off") path.switched();
}

test("energy is conserved: what the supply gave is in the battery, in the capacitors, or lost", () => {
  fc.assert(
    fc.property(fc.array(acts, { minLength: 5, maxLength: 40 }), (sequence) => {
      const config = configure();
      const path = new DcPath(config, new Battery(config.battery));
      let turnover = 1;
      for (const act of sequence) {
        perform(path, act);
        const { supplied, battery, lost } = path.ledger;
        turnover = Math.max(turnover, supplied, lost, Math.abs(battery));
        const missing = supplied - battery - lost - path.stored;
        assert.ok(Math.abs(missing) < 1e-6 * turnover, `${missing} J of ${turnover} J after ${JSON.stringify(act)}`);
      }
    }),
    { numRuns: 200 },
  );
});

test("volts stay between nothing and the greatest source, current never flows back into the station", () => {
  fc.assert(
    fc.property(fc.array(acts, { minLength: 5, maxLength: 40 }), (sequence) => {
      const config = configure();
      const path = new DcPath(config, new Battery(config.battery));
      for (const act of sequence) {
        perform(path, act);
        for (const volts of [path.capacitor, path.outlet]) assert.ok(volts >= 0 && volts < 1001, `${volts} V`);
        assert.ok(path.current >= 0, `${path.current} A`);
      }
    }),
    { numRuns: 100 },
  );
});

test("the meter counts ∫ U·I at the outlet, and SOC counts the charge", () => {
  const { plant, wait, charge } = plantBench();
  charge(100);
  const start = plant.powerPath.read();
  const before = plant.inlet.read();
  let joules = 0;
  let coulombs = 0;
  for (let ms = 0; ms < 20_000; ms++) {
    wait(1);
    const { voltage, current } = plant.powerPath.read();
    joules += voltage * current * 0.001;
    coulombs += plant.inlet.read().current * 0.001;
  }
  const counted = plant.powerPath.read().energy - start.energy;
  assert.ok(Math.abs(counted - joules / 3600) < 1e-4 * counted, `${counted} Wh, not ${joules / 3600} Wh`);
  assert.ok(Math.abs(counted - (354 * 100 * 20) / 3600) < 0.01 * counted, "about 354 V × 100 A × 20 s");
  const gained = plant.inlet.read().soc - before.soc;
  const capacity = (60_000 * 3600) / (96 * 3.727);
  assert.ok(Math.abs(gained - (100 * coulombs) / capacity) < 0.01 * gained, `${gained} %`);
});

test("from empty to full a battery takes its nominal energy", () => {
  const config = configure({ battery: { soc: 0 } });
  const battery = new Battery(config.battery);
  let joules = 0;
  while (battery.soc < 100) {
    joules += battery.volts * 10;
    battery.take(10);
  }
  assert.ok(Math.abs(joules / 3600 - 60_000) < 100, `${joules / 3600} Wh`);
  assert.ok(Math.abs(battery.volts - 4.18 * 96) < 0.01);
});

test("the meter starts at zero when the connector is plugged in", () => {
  const { plant, wait, charge } = plantBench();
  charge(50);
  plant.powerPath.supply("off");
  plant.inlet.contactor(false);
  wait(2000);
  assert.ok(plant.powerPath.read().energy > 0.5);
  plant.powerPath.lock(false);
  wait(400);
  plant.unplug();
  assert.ok(plant.powerPath.read().energy > 0.5, "still to be read after the session");
  plant.plug();
  assert.equal(plant.powerPath.read().energy, 0);
});
