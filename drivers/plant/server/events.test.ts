import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../protocol";
import { protocolBench } from "./bench.contract";

function trio(config?: Parameters<typeof protocolBench>[0]) {
  const bench = protocolBench(config);
  return { ...bench, evse: bench.join("evse"), ev: bench.join("ev"), observer: bench.join("observer") };
}

/** Times of the lines of this kind. */
const times = (heard: readonly Json[], kind: string): unknown[] =>
  heard.filter(({ type, method }) => type === kind || method === kind).map(({ ts }) => ts);

test("a contactor is answered when it has moved, an opening overtakes a closing", () => {
  const { evse, wait } = trio();
  evse.ask("sys.arm");
  assert.equal(evse.ask("contactor.set", { on: true }), undefined);
  const first = evse.heard.length;
  evse.ask("contactor.set", { on: true });
  assert.deepEqual(evse.answerTo(), { code: 1004, message: "busy" });
  wait(29);
  evse.ask("contactor.set", { on: false });
  const answers = evse.heard
    .slice(first)
    .filter(({ type, error, result }) => type === "res" && (error || (result as Json).ok));
  assert.deepEqual(
    answers.map(({ id, error, result }) => [id, (error as Json | undefined)?.message ?? (result as Json).took_ms]),
    [
      [3, "busy"],
      [2, "busy"],
      [5, 0],
    ],
  );
  evse.ask("sys.arm");
  evse.ask("contactor.set", { on: true });
  const id = evse.heard.length;
  wait(31, []);
  const moved = evse.heard.slice(id).find(({ type }) => type === "res");
  assert.deepEqual(moved?.result, undefined === moved ? {} : { ok: true, aux_ok: true, took_ms: 30 });
});

test("what does not move is told so: contactor, lock, the car's contactor", () => {
  const { evse, ev, observer, clock } = trio();
  for (const name of ["evseContactorStuck", "evContactorStuck", "lockStuck"]) observer.ask("plant.fault", { name });
  observer.ask("plant.plug");
  evse.ask("sys.arm");
  evse.ask("contactor.set", { on: true });
  ev.ask("ev.contactor.set", { on: true });
  clock.advance(140);
  assert.deepEqual(
    [evse.answerTo(), ev.answerTo()],
    [
      { code: 1002, message: "aux_mismatch" },
      { code: 1002, message: "aux_mismatch" },
    ],
  );
  const { commanded, reason } = evse.ask("contactor.check") ?? {};
  assert.deepEqual({ commanded, reason }, { commanded: false, reason: "aux" });
  assert.deepEqual(
    evse.events("evt:power.fault").map(({ fault }) => fault),
    ["ContactorStuck"],
  );
  evse.ask("lock.set", { on: true });
  clock.advance(599);
  assert.equal(evse.answerTo(), undefined);
  clock.advance(1);
  assert.deepEqual(evse.answerTo(), { code: 1002, message: "aux_mismatch" });
});

test("a station that is let go while its contactor moves is told that it was opened", () => {
  const { evse, clock, server } = trio();
  evse.ask("sys.arm");
  evse.ask("contactor.set", { on: true });
  clock.advance(20);
  server.release(evse.client, "silent");
  assert.deepEqual(evse.answerTo(), { code: 1006, message: "forced_open" });
});

test("a connector comes out only unlocked or by force", () => {
  const { evse, observer, wait } = trio();
  observer.ask("plant.plug");
  evse.ask("lock.set", { on: true });
  wait(300);
  assert.deepEqual(observer.ask("plant.unplug"), { code: 1008, message: "locked" });
  assert.deepEqual(observer.ask("plant.unplug", { force: true }), { plugged: false });
  assert.deepEqual(
    observer.events("evt:plant.stimulus").map(({ what }) => what),
    ["plug", "unplug by force"],
  );
});

test("statuses come with the first command, then every 200 ms and at once at a change of state, after its short event", () => {
  const { evse, observer, wait } = trio();
  wait(1000);
  assert.deepEqual(times(evse.heard, "status"), []);
  evse.command("cp.drive", { out: "x2", duty: 5 });
  wait(450);
  observer.ask("plant.plug");
  wait(250);
  assert.deepEqual(times(evse.heard, "status"), [1000, 1200, 1400, 1460, 1660]);
  assert.deepEqual(times(evse.heard, "evt:cp.state"), [1460]);
  assert.deepEqual(evse.events("evt:cp.state"), [{ state: "B", from: "A", cp_v: { high: 8.979, low: -12 } }]);
  const order = evse.heard.filter(({ ts, type }) => ts === 1460 && type !== "res").map(({ type }) => type);
  assert.deepEqual(order, ["evt", "status"]);
});

test("a plateau that moves within its band is told 60 ms after the last status", () => {
  const { evse, observer, wait } = trio();
  evse.command("get_status");
  wait(100);
  evse.command("get_status");
  wait(20);
  observer.ask("plant.fault", { name: "cpForced", figures: { volts: 13 } });
  wait(100);
  assert.deepEqual(times(evse.heard, "status"), [0, 100, 160]);
});

test("auto follows the car: 5 % while one is plugged in; a hint takes it off for its time", () => {
  const { evse, ev, observer, wait } = trio();
  evse.command("cp.drive", { out: "auto" });
  observer.ask("plant.plug");
  wait(50);
  assert.equal(ev.ask("ev.pilot.read")?.duty, 5);
  evse.command("restart_slac_hint", { ms: 10 });
  assert.equal(ev.ask("ev.pilot.read")?.duty, null);
  wait(49);
  assert.equal(ev.ask("ev.pilot.read")?.duty, null);
  wait(1);
  assert.equal(ev.ask("ev.pilot.read")?.duty, 5);
  evse.ask("sys.arm");
  evse.ask("contactor.set", { on: true });
  assert.deepEqual(evse.command("restart_slac_hint"), { type: "error", msg: "contactor_closed" });
  observer.ask("plant.unplug");
  wait(50);
  assert.deepEqual([evse.command("get_status").state, ev.ask("ev.pilot.read")?.plugged], ["A", false]);
});

test("a car without a diode shows in the status", () => {
  const { evse, observer, wait } = trio();
  evse.command("cp.drive", { out: "x2", duty: 5 });
  observer.ask("plant.plug");
  wait(50);
  assert.equal(evse.command("get_status").diode, "ok");
  observer.ask("plant.fault", { name: "diodeShort" });
  assert.equal(evse.command("get_status").diode, "missing");
});

test("streams begin after their answer, keep their period, and end", () => {
  const { evse, ev, clock } = trio();
  evse.forget();
  evse.ask("power.stream_start", { period_ms: 250 });
  assert.deepEqual(
    evse.heard.map(({ type }) => type),
    ["res", "evt"],
  );
  evse.ask("adc.stream_start");
  ev.ask("inlet.stream_start", { period_ms: 500 });
  clock.advance(1000);
  assert.deepEqual(times(evse.heard, "evt:power.tick"), [0, 250, 500, 750, 1000]);
  assert.deepEqual(times(evse.heard, "evt:adc.tick"), [0, 200, 400, 600, 800, 1000]);
  assert.deepEqual(times(ev.heard, "evt:inlet.tick"), [0, 500, 1000]);
  evse.ask("power.stream_stop");
  evse.ask("adc.stream_stop");
  clock.advance(1000);
  assert.equal(times(evse.heard, "evt:power.tick").length, 5);
  assert.equal(times(evse.heard, "evt:adc.tick").length, 6);
});

test("changes are pushed: the wire, the contactor, the lock, what a car can tell", () => {
  const { evse, ev, observer, wait } = trio();
  for (const stream of ["adc", "contactor", "power"]) evse.ask(`${stream}.stream_start`, { period_ms: 1000 });
  ev.ask("inlet.stream_start", { period_ms: 1000 });
  for (const speaker of [evse, ev]) speaker.forget();
  observer.ask("plant.plug");
  evse.command("cp.drive", { out: "x2", duty: 5 });
  evse.ask("lock.set", { on: true });
  evse.ask("sys.arm");
  evse.ask("contactor.set", { on: true });
  wait(400);
  const none = { high: 8.979, low: 8.979, duty: null };
  assert.deepEqual(evse.events("evt:adc.tick").slice(0, 2), [none, { high: 8.979, low: -12, duty: 5 }]);
  assert.deepEqual(evse.events("evt:contactor.tick"), [{ commanded: true, aux: true }]);
  assert.deepEqual(
    evse.events("evt:power.tick").map(({ contactor, locked }) => [contactor, locked]),
    [
      [true, false],
      [true, true],
    ],
  );
  assert.deepEqual(
    ev.events("evt:inlet.tick").map(({ locked }) => locked),
    [true],
  );
  assert.deepEqual(
    ev.events("evt:ev.pilot").map(({ plugged, duty }) => [plugged, duty]),
    [[true, 5]],
  );
});

test("the observer sees commands, the wire and the power path in order, without a gap, at their time", () => {
  const { evse, ev, observer, wait } = trio();
  wait(100);
  observer.forget();
  evse.say('{"cmd":"cp.drive", "out":"x2","duty":5}');
  evse.command("cp.drive", { out: "x3" });
  evse.command("get_status");
  ev.ask("ev.pilot", { load: "C" });
  observer.ask("plant.plug");
  evse.ask("supply.set", { v: 400, i: 2 });
  wait(1000);
  const events = observer.heard.filter(({ type }) => type === "evt");
  assert.deepEqual(
    events.map(({ result }) => (result as Json).seq),
    events.map((_, at) => at),
  );
  const named = events
    .filter(({ method }) => method !== "evt:plant.power")
    .slice(0, 6)
    .map(({ ts, method, result }) => [
      ts,
      method,
      (result as Json).line ?? (result as Json).what ?? (result as Json).state,
    ]);
  assert.deepEqual(
    named.map(([ts, method, what]) => [
      ts,
      method,
      typeof what === "string" && what.startsWith("{")
        ? ((JSON.parse(what) as Json).method ?? (JSON.parse(what) as Json).cmd)
        : what,
    ]),
    [
      [100, "evt:plant.command", "cp.drive"],
      [100, "evt:plant.pilot", "A"],
      [100, "evt:plant.command", "ev.pilot"],
      [100, "evt:plant.stimulus", "plug"],
      [100, "evt:plant.pilot", "C"],
      [100, "evt:plant.command", "supply.set"],
    ],
  );
  assert.equal(named[0]?.[2], '{"cmd":"cp.drive", "out":"x2","duty":5}');
  const ramp = events.filter(({ method }) => method === "evt:plant.power").map(({ ts }) => ts as number);
  assert.ok(ramp.length > 5 && ramp.every((ts, at) => at === 0 || ts >= ramp[at - 1]!));
});

test("a reset makes a new plant: everybody is greeted, nobody holds, nothing of the old one comes any more", () => {
  const { evse, ev, observer, wait, clock, server } = trio();
  evse.command("cp.drive", { out: "x2", duty: 5 });
  observer.ask("plant.plug");
  observer.ask("plant.fault", { name: "noise" });
  ev.ask("ev.pilot", { load: "C" });
  evse.ask("imd.start");
  evse.ask("supply.set", { v: 500, i: 2 });
  evse.ask("sys.arm");
  evse.ask("contactor.set", { on: true });
  wait(10);
  for (const speaker of [evse, ev, observer]) speaker.forget();
  const answered = observer.ask("plant.reset", {
    config: { battery: { soc: 80 }, actuators: { lock: { onMs: 10 } } },
    seed: 7,
  });
  assert.deepEqual(answered, { plugged: false });
  assert.deepEqual(server.heldBy(evse.client), []);
  assert.equal(
    evse.events("evt:hello").length + ev.events("evt:hello").length + observer.events("evt:hello").length,
    3,
  );
  assert.deepEqual(ev.events("evt:ev.pilot").at(-1), { plugged: false, duty: null, high: 0 });
  const busy = evse.heard.find(({ type, error }) => type === "res" && error);
  assert.deepEqual(busy?.error, { code: 1004, message: "busy" });
  const before = observer.heard.length;
  clock.advance(5000);
  assert.deepEqual(observer.heard.slice(before), []);
  const { soc, supply, plugged } = observer.ask("plant.sample") ?? {};
  assert.deepEqual({ soc, supply, plugged }, { soc: 80, supply: false, plugged: false });
  const { drive, ts } = evse.command("get_status");
  assert.deepEqual([drive, ts], ["x1", 5010]);
  assert.equal(server.rig.plant.config.actuators.lock.offMs, 300);
});

test("a reset that cannot be leaves the plant as it is", () => {
  const { observer } = trio();
  observer.ask("plant.plug");
  observer.ask("plant.reset", { config: { battery: { soc: -1 } } });
  assert.deepEqual(observer.answerTo(), { code: -32602, message: "bad_config" });
  assert.equal(observer.ask("plant.sample")?.plugged, true);
});

test("an idle plant asks nothing of its clock", () => {
  const { clock, evse, observer } = trio();
  clock.advance(100);
  assert.equal(clock.pending, 0);
  observer.ask("plant.plug");
  evse.ask("supply.set", { v: 400, i: 2 });
  clock.advance(2000);
  assert.ok(clock.pending > 0, "a supply that is on is followed");
  evse.ask("supply.off");
  clock.advance(20_000);
  assert.equal(clock.pending, 0);
});

test("the same seed and commands give the same lines", () => {
  const play = (): string => {
    const { evse, observer, wait } = trio();
    evse.command("cp.drive", { out: "x2", duty: 5 });
    observer.ask("plant.plug");
    observer.ask("plant.fault", { name: "noise" });
    wait(500);
    return JSON.stringify([evse.heard, observer.heard]);
  };
  assert.equal(play(), play());
});
