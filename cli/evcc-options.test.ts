import assert from "node:assert/strict";
import { test } from "node:test";
import { type BehaviourName, behaviours } from "../evcc/behaviours";
import { defaultConfig } from "../evcc/config";
import { VirtualBench } from "../steps/support/virtual-bench";
import { CommandError } from "./errors";
import { type EvccOptions, evccConfigOf, protocolList } from "./evcc-options";
import { type PilotOptions, pilotChoice } from "./peer";
import type { Settings } from "./settings";

const options: EvccOptions = { link: "slac", protocols: ["iso2"], behaviour: "good", tls: "never" };

const usage = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof CommandError);
  assert.equal(error.exitCode, 2);
  assert.match(error.message, pattern);
  return true;
};

test("options stand over the behaviour, the behaviour over the default car", () => {
  const { maximumVoltage, targetCurrent, stopAt, maximumPower } = evccConfigOf({
    ...options,
    behaviour: "800-volt",
    maxVoltage: 850,
    loops: 7,
  });
  assert.deepEqual(
    { maximumVoltage, targetCurrent, stopAt, maximumPower },
    { maximumVoltage: 850, targetCurrent: 100, stopAt: { loops: 7 }, maximumPower: 90_000 },
  );
  assert.deepEqual(evccConfigOf(options).stopAt, { soc: 80 });
  assert.deepEqual(evccConfigOf({ ...options, duration: 5 }).stopAt, {});
  assert.deepEqual(evccConfigOf({ ...options, soc: 50, loops: 3 }).stopAt, { soc: 50, loops: 3 });
  assert.deepEqual(evccConfigOf({ ...options, tls: "require", link: "none" }).protocols, defaultConfig.protocols);
});

test("a car asks for no more than it takes", () => {
  assert.equal(evccConfigOf({ ...options, maxCurrent: 50 }).targetCurrent, 50);
  assert.equal(evccConfigOf({ ...options, maxCurrent: 50, targetCurrent: 40 }).targetCurrent, 40);
  assert.throws(() => evccConfigOf({ ...options, maxCurrent: 50, targetCurrent: 60 }), usage(/60 is above .* 50 A/));
});

test("protocols are named in order; those to come are refused by name", () => {
  assert.deepEqual(protocolList("iso2"), ["iso2"]);
  for (const [text, pattern] of [
    ["din", /din is not spoken by this car yet/],
    ["iso2,iso20", /iso20 is not spoken by this car yet/],
    ["iso2, iso2", /named twice/],
    ["chademo", /"chademo" is none of iso2, din, iso20/],
    ["", /"" is none of/],
    ["toString", /"toString" is none of/],
  ] as const) {
    assert.throws(() => protocolList(text), pattern);
  }
});

test("where the pilot is has to be said once", () => {
  const rows: [PilotOptions, Settings, ReturnType<typeof pilotChoice> | RegExp][] = [
    [{ plant: "s" }, {}, { plant: "s" }],
    [{ plant: "s", pilot: "plant" }, {}, { plant: "s" }],
    [{ plant: "s" }, { EVSE_CONTROLLER: "sim" }, { plant: "s" }],
    [{ pilot: "sim" }, {}, "sim"],
    [{ controller: "sim" }, {}, "sim"],
    [{}, { EVSE_CONTROLLER: "sim" }, "sim"],
    [{}, {}, /there is no pilot: --plant SOCKET/],
    [{ pilot: "plant" }, {}, /FOLDER\/evse/],
    [{ pilot: "plant", controller: "sim" }, {}, /exclude each other/],
    [{ plant: "s", pilot: "sim" }, {}, /exclude each other/],
    [{ plant: "s", controller: "sim" }, {}, /exclude each other/],
    [{ controller: "hal" }, {}, /serial line is not wired to this command yet/],
    [{}, { EVSE_CONTROLLER: "hal" }, /serial line/],
  ];
  for (const [given, settings, expected] of rows) {
    const what = JSON.stringify([given, settings]);
    if (expected instanceof RegExp) assert.throws(() => pilotChoice(given, settings, "evse"), usage(expected), what);
    else assert.deepEqual(pilotChoice(given, settings, "evse"), expected, what);
  }
});

for (const behaviour of Object.keys(behaviours) as BehaviourName[]) {
  test(`the car "${behaviour}" completes a session with our station`, async () => {
    const { protocols: _, ...evcc } = evccConfigOf({ ...options, behaviour, loops: 3 });
    const { battery = {} } = behaviours[behaviour] as { battery?: object };
    const bench = new VirtualBench({ seed: 1, evcc, plant: { battery } });
    bench.plug();
    await bench.run(() => bench.evcc.state.ended !== undefined, 120_000);
    assert.deepEqual(bench.evcc.state.ended, { how: "InOrder", because: "3 loops" });
    assert.ok(bench.plant.sample().energy > 0);
  });
}
