import assert from "node:assert/strict";
import { test } from "node:test";
import { protocolBench, type Speaker } from "./bench.contract";

/** A car plugged in at state C, locked, contactor closed, 400 V and 2 A given, the car's contactor closed. */
function charging() {
  const bench = protocolBench();
  const { join, wait } = bench;
  const evse = join("evse");
  const ev = join("ev");
  const observer = join("observer");
  evse.command("cp.drive", { out: "x2", duty: 5 });
  observer.ask("plant.plug");
  ev.ask("ev.pilot", { load: "C" });
  evse.ask("lock.set", { on: true });
  evse.ask("imd.start");
  evse.ask("sys.arm");
  evse.ask("contactor.set", { on: true });
  wait(400);
  evse.ask("supply.set", { v: 348, i: 2 });
  wait(2500);
  ev.ask("ev.contactor.set", { on: true });
  wait(500);
  for (const speaker of [evse, ev, observer]) speaker.forget();
  return { ...bench, evse, ev, observer };
}

const power = (evse: Speaker) => {
  const { supply, contactor, locked, isolation } = evse.ask("power.read") ?? {};
  return { supply, contactor, locked, isolation };
};
const live = { supply: true, contactor: true, locked: true, isolation: "Valid" };
const off = { ...live, supply: false, contactor: false };

test("a station that pings keeps what it holds for ever", () => {
  const { evse, wait } = charging();
  wait(20_000);
  assert.deepEqual(power(evse), live);
});

test("a station that is silent for 1.5 s loses supply, contactor and line; lock and monitor stay", () => {
  const { evse, ev, observer, clock, server } = charging();
  evse.ask("sys.ping");
  assert.deepEqual(server.heldBy(evse.client), ["supply", "contactor", "line", "lock", "monitor"]);
  for (let at = 0; at < 3; at++) {
    clock.advance(at === 2 ? 499 : 500);
    ev.ask("sys.ping");
  }
  assert.deepEqual(observer.events("evt:failsafe.client"), []);
  clock.advance(1);
  const told = { role: "evse", because: "silent", released: ["supply", "contactor", "line"] };
  assert.deepEqual(
    observer.events("evt:failsafe.client").map(({ seq: _, ...rest }) => rest),
    [told],
  );
  assert.deepEqual(evse.events("evt:failsafe.client"), []);
  clock.advance(15);
  assert.deepEqual(power(evse), off);
  assert.equal(evse.command("get_status").drive, "x1");
  assert.equal(evse.ask("contactor.check")?.reason, "keepalive");
  assert.equal(ev.ask("ev.pilot.read")?.duty, null);
  assert.deepEqual(server.heldBy(evse.client), []);
});

test("a station that has gone is let go at once", () => {
  const { evse, observer, clock, server } = charging();
  server.disconnect(evse.client);
  assert.equal(observer.ask("plant.sample")?.supply, false);
  clock.advance(15);
  assert.equal(observer.ask("plant.sample")?.evse_contactor, false);
  assert.equal(observer.events("evt:failsafe.client")[0]?.because, "gone");
});

test("a client that speaks again holds nothing until it commands again", () => {
  const { evse, clock, server, wait } = charging();
  clock.advance(1600);
  wait(100);
  assert.deepEqual([power(evse), server.heldBy(evse.client)], [off, []]);
  evse.ask("supply.set", { v: 100, i: 1 });
  assert.deepEqual([power(evse).supply, server.heldBy(evse.client)], [true, ["supply"]]);
  clock.advance(1600);
  assert.equal(power(evse).supply, false);
});

test("a car that is silent, or has gone, gets its contactor open and state B", () => {
  for (const how of ["silent", "gone"] as const) {
    const { evse, ev, observer, clock, server } = charging();
    if (how === "gone") server.disconnect(ev.client);
    evse.ask("sys.ping");
    clock.advance(how === "gone" ? 20 : 1000);
    evse.ask("sys.ping");
    clock.advance(how === "gone" ? 0 : 520);
    const { ev_contactor, evse_contactor, pilot } = observer.ask("plant.sample") as { [name: string]: unknown };
    assert.deepEqual({ ev_contactor, evse_contactor }, { ev_contactor: false, evse_contactor: true }, how);
    assert.equal((pilot as { state: string }).state, "B");
    const { seq: _, ...told } = observer.events("evt:failsafe.client")[0] ?? {};
    assert.deepEqual(told, { role: "ev", because: how, released: ["ev_contactor", "load"] });
  }
});

test("with two clients of the station, who commands last holds; one of them gone takes both supply and contactor", () => {
  const { evse, observer, join, server, clock, wait } = charging();
  const helper = join("evse");
  helper.command("cp.drive", { out: "x2", duty: 5 });
  helper.ask("sys.arm");
  helper.ask("contactor.set", { on: true });
  assert.deepEqual(helper.answerTo(), { ok: true, aux_ok: true, took_ms: 0 });
  assert.deepEqual(
    [server.heldBy(helper.client), server.heldBy(evse.client)],
    [
      ["contactor", "line"],
      ["supply", "lock", "monitor"],
    ],
  );
  evse.forget();
  server.disconnect(helper.client);
  clock.advance(15);
  assert.deepEqual(power(evse), off);
  assert.equal(observer.ask("plant.sample")?.supply, false);
  assert.deepEqual(evse.events("evt:failsafe.client"), [
    { role: "evse", because: "gone", released: ["supply", "contactor", "line"] },
  ]);
  assert.deepEqual(server.heldBy(evse.client), ["lock", "monitor"]);
  wait(3000);
  assert.equal(observer.events("evt:failsafe.client").length, 1);
});

test("a second client that only looks takes nothing with it", () => {
  const { evse, observer, join, server, clock } = charging();
  const looker = join("evse");
  looker.command("get_status");
  looker.ask("power.read");
  looker.ask("sys.arm");
  server.disconnect(looker.client);
  clock.advance(100);
  assert.deepEqual(power(evse), live);
  assert.deepEqual(observer.events("evt:failsafe.client"), []);
});

test("who had armed the contactor before it was let go has to arm it again", () => {
  const { evse, clock } = charging();
  clock.advance(1600);
  evse.ask("contactor.set", { on: true });
  assert.deepEqual(evse.answerTo(), { code: 1001, message: "not_armed" });
});

test("an observer needs no keep-alive", () => {
  const { observer, evse, ev, wait } = charging();
  observer.ask("plant.fault", { name: "noise" });
  wait(10_000, [evse, ev]);
  assert.deepEqual(observer.events("evt:failsafe.client"), []);
  const clients = observer.ask("plant.clients")?.clients as { role: string; holds: string[] }[];
  assert.deepEqual(
    clients.map(({ role, holds }) => [role, holds.length]),
    [
      ["evse", 5],
      ["ev", 2],
      ["observer", 0],
    ],
  );
});
