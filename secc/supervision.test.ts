import assert from "node:assert/strict";
import { test } from "node:test";
import type { PowerReading } from "../core/power";
import { type Power, type PowerStage, powerOff } from "./power";
import { noSupervision, poleLimit, type Supervision, supervise, tripLevel } from "./supervision";

const calm: PowerReading = {
  voltage: 350,
  current: 120,
  energy: 0,
  contactor: true,
  supply: true,
  locked: true,
  isolation: "Valid",
  temperatures: [30, 30],
};
const at = (stage: PowerStage, change: Partial<Power> = {}): Power => ({
  ...powerOff,
  stage,
  target: { voltage: 450, current: 120 },
  carLimit: 450,
  ...change,
});

/** Looks every 50 ms; the time and the response of each finding. */
function watched(power: Power, readings: (now: number) => Partial<PowerReading>, until: number): string[] {
  let supervision: Supervision = noSupervision;
  const told: string[] = [];
  for (let now = 0; now <= until; now += 50) {
    const step = supervise(supervision, power, { ...calm, ...readings(now) }, now);
    supervision = step.supervision;
    for (const { response } of step.findings) told.push(`${now} ${response}`);
  }
  return told;
}

test("the hard limit of the outlet goes by the class of the vehicle", () => {
  const rows = [
    [400, 550],
    [500, 550],
    [501, 825],
    [750, 825],
    [751, 935],
    [850, 935],
    [851, 1100],
    [1000, 1100],
    [1001, 1375],
  ] as const;
  for (const [limit, level] of rows) assert.equal(tripLevel(limit), level, `${limit} V`);
});

test("a pole may be 550 V from earth, and 110 % of the vehicle's limit where that is above 500 V", () => {
  for (const [limit, level] of [
    [400, 550],
    [500, 550],
    [1000, 1100],
  ] as const) {
    assert.ok(Math.abs(poleLimit(limit) - level) < 1e-9, `${limit} V`);
  }
  const lifted = (...poles: [number, number]) => watched(at("Delivering"), () => ({ poles }), 200);
  assert.deepEqual(lifted(550, 200), []);
  assert.deepEqual(lifted(551, 201), ["0 emergency"]);
  assert.deepEqual(lifted(-201, -551), ["0 emergency"]);
  assert.deepEqual(lifted(Number.NaN, 0), ["0 emergency"]);
  assert.deepEqual(
    watched(at("Checked"), () => ({ poles: [600, 250] }), 200),
    [],
  );
});

test("nothing is found in a healthy loop, while the supply ramps, nor in constant voltage", () => {
  assert.deepEqual(
    watched(at("Delivering"), () => ({}), 5_000),
    [],
  );
  assert.deepEqual(
    watched(at("Delivering"), (now) => ({ current: Math.min(120, now / 50) }), 10_000),
    [],
  );
  assert.deepEqual(
    watched(at("Delivering"), () => ({ voltage: 448, current: 3 }), 5_000),
    [],
  );
});

test("a supply that stays off its target is warned of after 0.5 s and given up within 2 s (S18)", () => {
  for (const current of [130, 100, 0]) {
    assert.deepEqual(
      watched(at("Delivering"), () => ({ current }), 5_000),
      ["500 warn", "1900 emergency"],
    );
  }
  assert.deepEqual(
    watched(at("Delivering"), () => ({ current: 124 }), 5_000),
    [],
  );
});

test("volts above the vehicle's limit count between 200 and 400 ms, those above its class at once (S16, S17)", () => {
  const power = at("Delivering", { carLimit: 350 });
  assert.deepEqual(
    watched(power, (now) => ({ voltage: now < 200 ? 370 : 350 }), 2_000),
    [],
  );
  assert.deepEqual(
    watched(power, () => ({ voltage: 370 }), 2_000),
    ["300 emergency"],
  );
  assert.equal(watched(power, () => ({ voltage: 560 }), 200)[0], "0 emergency");
});

test("a contactor that opens under power, and a temperature that is not known, are not borne", () => {
  assert.equal(watched(at("Delivering"), () => ({ contactor: false }), 50)[0], "0 emergency");
  assert.deepEqual(
    watched(at("Delivering"), () => ({ temperatures: [30, Number.NaN] }), 500),
    ["0 stop"],
  );
});

test("after a contact was too hot both have to be below 50 °C for 30 s (S22)", () => {
  let supervision = noSupervision;
  const look = (celsius: number, now: number): boolean => {
    supervision = supervise(supervision, powerOff, { ...calm, temperatures: [25, celsius] }, now).supervision;
    return supervision.heat !== undefined;
  };
  assert.equal(look(89, 0), false);
  assert.equal(look(90, 1_000), true);
  assert.equal(look(49, 2_000), true);
  assert.equal(look(51, 30_000), true);
  assert.equal(look(49, 31_000), true);
  assert.equal(look(49, 60_999), true);
  assert.equal(look(49, 61_000), false);
});
