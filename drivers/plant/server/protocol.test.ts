import assert from "node:assert/strict";
import { test } from "node:test";
import { type Json, protocol, type Role, roles } from "../protocol";
import { protocolBench, type Speaker } from "./bench.contract";

type Bench = ReturnType<typeof protocolBench>;

interface Trio extends Bench {
  readonly evse: Speaker;
  readonly ev: Speaker;
  readonly observer: Speaker;
}

function trio(): Trio {
  const bench = protocolBench();
  return { ...bench, evse: bench.join("evse"), ev: bench.join("ev"), observer: bench.join("observer") };
}

const refusal = (code: number, message: string): Json => ({ code, message });
const bad = (name: string): Json => refusal(-32602, name);
const unplugged = { plugged: false, duty: null, high: 0 };
const noPower = {
  v: 0,
  i: 0,
  e: 0,
  contactor: false,
  supply: false,
  locked: false,
  isolation: "Invalid",
  poles: [0, 0],
  temps: { gun_a: { c: 25 }, gun_b: { c: 25 } },
};
const stands = { v: 0, battery_v: 348.48, i: 0, soc: 35, contactor: false, locked: false };

/** Requests to an idle plant that nobody is plugged into, and what comes back at once. */
const idle: readonly (readonly [Role, string, Json | undefined, Json])[] = [
  ["evse", "sys.ping", undefined, { up_ms: 0, mode: "hw", temps: { mcu: 25 } }],
  ["ev", "sys.ping", undefined, { up_ms: 0 }],
  ["observer", "sys.ping", {}, { up_ms: 0 }],
  [
    "ev",
    "sys.info",
    undefined,
    { role: "ev", proto: 2, plant: 1, capabilities: ["ev.pilot", "ev.contactor", "inlet", "battery"] },
  ],
  ["observer", "sys.info", undefined, { role: "observer", proto: 2, plant: 1, capabilities: ["plant"] }],
  ["evse", "sys.arm", undefined, { armed_until_ms: 1500 }],
  ["evse", "sys.set_mode", { mode: "sim" }, { mode: "sim" }],
  ["evse", "sys.set_mode", { mode: "real" }, bad("bad_mode")],
  ["evse", "contactor.check", undefined, { commanded: false, aux_ok: true, coil_ma: 0, reason: "start" }],
  ["evse", "contactor.set", { on: true }, refusal(1001, "not_armed")],
  ["evse", "contactor.set", { on: "yes" }, bad("bad_on")],
  ["evse", "contactor.set", undefined, bad("bad_on")],
  ["evse", "contactor.set", { on: false }, { ok: true, aux_ok: true, took_ms: 0 }],
  ["evse", "temps.read", undefined, { temps: { gun_a: { c: 25 }, gun_b: { c: 25 } } }],
  ["evse", "temps.stream_start", undefined, { streaming: true, period_ms: 1000 }],
  ["evse", "temps.stream_stop", undefined, { streaming: false }],
  ["evse", "meter.read", undefined, { v: 0, i: 0, p: 0, e: 0 }],
  ["evse", "meter.stream_start", undefined, { streaming: true, period_ms: 1000 }],
  ["evse", "meter.stream_start", { period_ms: 50 }, { streaming: true, period_ms: 50 }],
  ["evse", "meter.stream_start", { period_ms: 19 }, bad("bad_period_ms")],
  ["evse", "adc.stream_start", undefined, { streaming: true }],
  ["evse", "adc.stream_stop", undefined, { streaming: false }],
  ["evse", "contactor.stream_start", undefined, { streaming: true }],
  ["evse", "supply.read", undefined, { on: false, v_set: 0, i_set: 0, v: 0, i: 0 }],
  ["evse", "supply.set", { v: 400, i: 2 }, { on: true, v_set: 400, i_set: 2 }],
  ["evse", "supply.set", { v: 0, i: 0 }, { on: true, v_set: 0, i_set: 0 }],
  ["evse", "supply.set", { v: 1000, i: 200 }, { on: true, v_set: 1000, i_set: 200 }],
  ["evse", "supply.set", { v: 1000.1, i: 2 }, bad("bad_v")],
  ["evse", "supply.set", { v: -1, i: 2 }, bad("bad_v")],
  ["evse", "supply.set", { i: 2 }, bad("bad_v")],
  ["evse", "supply.set", { v: "400", i: 2 }, bad("bad_v")],
  ["evse", "supply.set", { v: 400 }, bad("bad_i")],
  ["evse", "supply.set", { v: 400, i: 201 }, bad("bad_i")],
  ["evse", "supply.off", undefined, { on: false }],
  ["evse", "imd.start", undefined, { isolation: "Invalid", measuring: true }],
  ["evse", "imd.stop", undefined, { isolation: "Invalid", measuring: false }],
  ["evse", "imd.read", undefined, { isolation: "Invalid", measuring: false }],
  ["evse", "lock.set", { on: 1 }, bad("bad_on")],
  ["evse", "lock.set", { on: false }, { ok: true, took_ms: 0 }],
  ["evse", "lock.read", undefined, { locked: false, commanded: false }],
  ["evse", "power.read", undefined, noPower],
  ["evse", "power.stream_start", undefined, { streaming: true, period_ms: 100 }],
  ["evse", "power.stream_start", { period_ms: 20 }, { streaming: true, period_ms: 20 }],
  ["evse", "power.stream_start", { period_ms: 19 }, bad("bad_period_ms")],
  ["evse", "power.stream_start", { period_ms: 1001 }, bad("bad_period_ms")],
  ["evse", "power.stream_stop", undefined, { streaming: false }],
  ["evse", "ev.pilot", { load: "C" }, refusal(1007, "not_yours")],
  ["evse", "plant.plug", undefined, refusal(1007, "not_yours")],
  ["evse", "no.such", undefined, refusal(-32601, "unknown_method")],
  ["evse", "constructor", undefined, refusal(-32601, "unknown_method")],
  ["ev", "ev.pilot", { load: "D" }, { load: "D" }],
  ["ev", "ev.pilot", { load: "E" }, bad("bad_load")],
  ["ev", "ev.pilot", undefined, bad("bad_load")],
  ["ev", "ev.pilot.read", undefined, unplugged],
  ["ev", "ev.contactor.set", { on: false }, { ok: true, took_ms: 0 }],
  ["ev", "ev.contactor.set", {}, bad("bad_on")],
  ["ev", "inlet.read", undefined, stands],
  ["ev", "inlet.stream_start", { period_ms: 500.5 }, { streaming: true, period_ms: 500.5 }],
  ["ev", "inlet.stream_start", { period_ms: null }, bad("bad_period_ms")],
  ["ev", "inlet.stream_stop", undefined, { streaming: false }],
  ["ev", "battery.read", undefined, { v: 348.48, i: 0, soc: 35, wh: 60_000 }],
  ["ev", "supply.off", undefined, refusal(1007, "not_yours")],
  ["ev", "sys.arm", undefined, refusal(1007, "not_yours")],
  ["observer", "plant.plug", undefined, { plugged: true }],
  ["observer", "plant.unplug", undefined, { plugged: false }],
  ["observer", "plant.unplug", { force: 1 }, bad("bad_force")],
  ["observer", "plant.fault", { name: "diodeShort" }, { present: { diodeShort: {} } }],
  ["observer", "plant.fault", { name: "cpForced", figures: { volts: 3 } }, { present: { cpForced: { volts: 3 } } }],
  ["observer", "plant.fault", { name: "diodeShort", on: false }, { present: {} }],
  ["observer", "plant.fault", { name: "toString" }, bad("unknown_fault")],
  ["observer", "plant.fault", { name: "cpForced", figures: { ohms: 3 } }, bad("unknown_figure")],
  ["observer", "plant.fault", { name: "cpForced", figures: { volts: "3" } }, bad("bad_figure")],
  ["observer", "plant.fault", { name: "cpForced", figures: 3 }, bad("bad_figures")],
  ["observer", "plant.fault", { name: "cpForced", on: 3 }, bad("bad_on")],
  ["observer", "plant.fault", {}, bad("bad_name")],
  ["observer", "plant.clear", undefined, { present: {} }],
  ["observer", "plant.clear", { name: "noise" }, { present: {} }],
  ["observer", "plant.clear", { name: "moise" }, bad("unknown_fault")],
  ["observer", "plant.reset", undefined, { plugged: false }],
  ["observer", "plant.reset", { config: { battery: { soc: 101 } } }, bad("bad_config")],
  ["observer", "plant.reset", { config: { battery: { sco: 10 } } }, bad("bad_config")],
  ["observer", "plant.reset", { config: { nothing: {} } }, bad("bad_config")],
  ["observer", "plant.reset", { config: [] }, bad("bad_config")],
  ["observer", "plant.reset", { seed: 1.5 }, bad("bad_seed")],
  ["observer", "contactor.set", { on: true }, refusal(1007, "not_yours")],
];

for (const asker of roles) {
  test(`requests of ${asker} to an idle plant are answered, or refused by code`, () => {
    for (const [role, method, params, expected] of idle) {
      if (role !== asker) continue;
      assert.deepEqual(trio()[role].ask(method, params), expected, `${method} ${JSON.stringify(params)}`);
    }
  });
}

/** What stands on the line, of a status. */
const line = ({ mode, drive, pwm, contactor }: Json): Json => ({ mode, drive, ...(pwm as Json), contactor });
const x1 = { mode: "dc", drive: "x1", enabled: false, duty: 100, hz: 1000, out: 100, contactor: false };
const manual = { ...x1, mode: "manual", drive: "auto" };
const error = (msg: string): Json => ({ type: "error", msg });

/** Pilot commands in a row, and the last line that comes back. */
const commands: readonly (readonly [string, readonly (readonly [string, Json?])[], Json])[] = [
  ["a ping", [["ping"]], { type: "pong" }],
  ["nobody has driven the line", [["get_status"]], x1],
  ["5 %", [["cp.drive", { out: "x2", duty: 5 }]], { ...x1, drive: "x2", enabled: true, duty: 5, out: 5 }],
  [
    "fractions of a percent",
    [["cp.drive", { out: "x2", duty: 9.75 }]],
    { ...x1, drive: "x2", enabled: true, duty: 9.75, out: 9.75 },
  ],
  ["0 % is −12 V", [["cp.drive", { out: "x2", duty: 0 }]], { ...x1, drive: "x2", duty: 0, out: 0 }],
  ["100 % is +12 V", [["cp.drive", { out: "x2", duty: 100 }]], { ...x1, drive: "x2" }],
  ["E", [["cp.drive", { out: "e" }]], { ...x1, drive: "e", duty: 0, out: 0 }],
  ["F", [["cp.drive", { out: "f" }]], { ...x1, drive: "f", duty: 0, out: 0 }],
  ["auto without a car", [["cp.drive", { out: "auto" }]], { ...x1, drive: "auto" }],
  ["no such output", [["cp.drive", { out: "x3" }]], error("bad_out")],
  ["no output", [["cp.drive"]], error("bad_out")],
  ["no duty", [["cp.drive", { out: "x2" }]], error("bad_duty")],
  ["a duty beyond", [["cp.drive", { out: "x2", duty: 100.1 }]], error("bad_duty")],
  ["a mode", [["set_mode", { mode: "manual" }]], manual],
  ["no such mode", [["set_mode", { mode: "auto" }]], error("bad_mode")],
  [
    "a drive in manual mode",
    [
      ["set_mode", { mode: "manual" }],
      ["cp.drive", { out: "x1" }],
    ],
    error("mode_manual"),
  ],
  [
    "a duty by hand",
    [
      ["set_mode", { mode: "manual" }],
      ["set_pwm", { duty: 30, enable: true }],
    ],
    { ...manual, enabled: true, duty: 30, out: 30 },
  ],
  [
    "a duty by hand is clamped, and stays disabled",
    [
      ["set_mode", { mode: "manual" }],
      ["set_pwm", { duty: -3 }],
    ],
    { ...manual, duty: 0 },
  ],
  [
    "enabled by hand",
    [
      ["set_mode", { mode: "manual" }],
      ["set_pwm", { duty: 16 }],
      ["enable_pwm", { enable: true }],
    ],
    { ...manual, enabled: true, duty: 16, out: 16 },
  ],
  [
    "no duty by hand",
    [
      ["set_mode", { mode: "manual" }],
      ["set_pwm", { enable: true }],
    ],
    error("bad_duty"),
  ],
  [
    "no truth value",
    [
      ["set_mode", { mode: "manual" }],
      ["set_pwm", { duty: 3, enable: 1 }],
    ],
    error("bad_enable"),
  ],
  ["nothing to enable", [["set_mode", { mode: "manual" }], ["enable_pwm"]], error("bad_enable")],
  ["by hand in dc mode", [["set_pwm", { duty: 5 }]], error("mode_dc_auto")],
  ["enabled in dc mode", [["enable_pwm", { enable: true }]], error("mode_dc_auto")],
  [
    "a mode ends a drive",
    [
      ["cp.drive", { out: "e" }],
      ["set_mode", { mode: "dc" }],
    ],
    { ...x1, drive: "auto" },
  ],
  ["a hint", [["restart_slac_hint"]], { type: "ok", cmd: "restart_slac_hint" }],
  ["a hint without a length", [["restart_slac_hint", { ms: "long" }]], error("bad_ms")],
  ["what only millivolts need", [["set_freq", { hz: 1000 }]], error("unknown_cmd")],
  ["calibration", [["cp.auto_cal"]], error("unknown_cmd")],
  ["a name of Object", [["toString"]], error("unknown_cmd")],
];

test("pilot commands are answered by a status, a word or an error", () => {
  for (const [what, said, expected] of commands) {
    const { evse } = trio();
    const answers = said.map(([cmd, args]) => evse.command(cmd, args));
    const last = answers.at(-1) ?? {};
    assert.deepEqual(last.type === "status" ? line(last) : last, expected, what);
  }
});

test("ev and observer have no pilot commands", () => {
  const { ev, observer } = trio();
  assert.deepEqual(ev.command("cp.drive", { out: "e" }), error("not_yours"));
  assert.deepEqual(observer.command("set_freq"), error("unknown_cmd"));
});

const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
const wide = (members: number): string =>
  JSON.stringify(Object.fromEntries(Array.from({ length: members }, (_, at) => [at, 0])));

const lines: readonly (readonly [string, Json])[] = [
  ["hello", error("bad_json:syntax")],
  ['{"cmd":"ping"', error("bad_json:syntax")],
  ["[]", error("bad_json:not_an_object")],
  ["7", error("bad_json:not_an_object")],
  ["null", error("bad_json:not_an_object")],
  [deep(6), error("missing_cmd")],
  [deep(7), error("bad_json:depth")],
  ["[".repeat(2000) + "]".repeat(2000), error("bad_json:not_an_object")],
  [wide(64), error("missing_cmd")],
  [wide(65), error("bad_json:too_many_members")],
  ['{"cmd":7}', error("missing_cmd")],
  ['{"type":"res","id":1}', error("missing_cmd")],
  ['{"type":"req"}', { type: "res", id: 0, ts: 0, error: refusal(-32600, "invalid_request") }],
  ['{"type":"req","id":3}', { type: "res", id: 3, ts: 0, error: refusal(-32600, "invalid_request") }],
  [
    '{"type":"req","id":1.5,"method":"sys.ping"}',
    { type: "res", id: 0, ts: 0, error: refusal(-32600, "invalid_request") },
  ],
  [
    '{"type":"req","id":4,"method":"sys.ping","params":[]}',
    { type: "res", id: 4, ts: 0, error: refusal(-32600, "invalid_request") },
  ],
  [
    '{"type":"req","id":5,"method":"lock.read","params":null}',
    { type: "res", id: 5, ts: 0, result: { locked: false, commanded: false } },
  ],
  [
    '{"type":"req","id":6,"method":"lock.set","params":{"__proto__":{"on":true}}}',
    { type: "res", id: 6, ts: 0, error: bad("bad_on") },
  ],
  [
    '{"type":"req","id":9007199254740991,"method":"lock.read"}',
    { type: "res", id: 9007199254740991, ts: 0, result: { locked: false, commanded: false } },
  ],
];

test("every line is answered, whatever it is", () => {
  for (const [text, expected] of lines) {
    const { evse } = trio();
    evse.forget();
    evse.say(text);
    assert.deepEqual(evse.heard, [expected], text.slice(0, 80));
  }
});

test("lines that are none are counted, and do not keep a client alive", () => {
  const { evse, clock } = trio();
  evse.command("cp.drive", { out: "x2", duty: 5 });
  for (let at = 0; at < 4; at++) {
    clock.advance(400);
    evse.say("hello");
  }
  const { bad_lines, drive } = evse.command("get_status");
  assert.deepEqual({ bad_lines, drive }, { bad_lines: 4, drive: "x1" });
});

test("more lines than a second takes cut a client off; as many as it takes do not", () => {
  const { evse, clock } = trio();
  for (let at = 0; at < protocol.lines; at++) evse.say({ cmd: "ping" });
  clock.advance(500);
  for (let at = 0; at < protocol.lines / 2; at++) evse.say({ cmd: "ping" });
  assert.equal(evse.cut, undefined);
  evse.say({ cmd: "ping" });
  assert.match(evse.cut ?? "", /1000 lines a second/);
});

test("everybody is greeted with the role and the origin of time, the car with its pilot", () => {
  const { evse, ev, observer } = trio();
  const greeting = (role: Role): Json => ({ role, proto: 2, plant: 1, origin_ns: "42" });
  assert.deepEqual(
    [evse, observer].map(({ heard }) => heard.map(({ result }) => result)),
    [[greeting("evse")], [greeting("observer")]],
  );
  assert.deepEqual(
    ev.heard.map(({ result }) => result),
    [greeting("ev"), unplugged],
  );
});

test("every fault of the table is known by name, gist and figures", () => {
  const { observer } = trio();
  const { known } = observer.ask("plant.faults") as { known: Json[] };
  assert.ok(known.some(({ name, figures }) => name === "isolation" && (figures as Json).ohms === 50_000));
  for (const { name, figures } of known) {
    const { present } = observer.ask("plant.fault", { name }) as { present: Json };
    assert.deepEqual(present[name as string], figures);
  }
  assert.deepEqual(observer.ask("plant.clear"), { present: {} });
});
