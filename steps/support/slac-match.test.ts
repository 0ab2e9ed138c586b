import assert from "node:assert/strict";
import { test } from "node:test";
import { Runner, type Step, Trace } from "../../core";
import { VirtualClock } from "../../drivers/virtual/clock";
import { SeededEntropy } from "../../drivers/virtual/entropy";
import { type Attachment, type PowerlineOptions, VirtualPowerline } from "../../drivers/virtual/powerline";
import * as car from "../../evcc/slac";
import type { SlacEffect, SlacEvent, SlacInput, SlacSeen } from "../../protocol/homeplug";
import * as station from "../../secc/slac";

/*
 * Both ends are ours here: these tests show that the parts fit together and that time and faults go where they should. They prove
 * no conformance; frames of real devices do that in the tests beside the machines.
 */

interface Part<S> {
  start: (options: { mac: string }, seen: SlacSeen) => Step<S, SlacEffect>;
  step: (state: S, input: SlacInput, seen: SlacSeen) => Step<S, SlacEffect>;
  at: (state: S) => string;
}
const carPart: Part<car.SlacState> = { start: car.startSlac, step: car.stepSlac, at: car.atSlac };
const stationPart: Part<station.SlacState> = { start: station.startSlac, step: station.stepSlac, at: station.atSlac };

interface Peer<S> {
  runner: Runner<S, SlacInput, SlacEffect, SlacSeen>;
  events: SlacEvent[];
  at: () => string;
}

class Bench {
  readonly clock = new VirtualClock();
  readonly trace = new Trace(() => this.clock.now());
  readonly entropy = new SeededEntropy("match");
  readonly line: VirtualPowerline;

  constructor(options: Partial<PowerlineOptions> = {}) {
    const { clock, trace, entropy } = this;
    this.line = new VirtualPowerline({ clock, trace, entropy: entropy.fork("line"), plugged: true, ...options });
  }

  peer<S>(part: Part<S>, modem: Attachment, node: "secc" | "evcc", options: object = {}): Peer<S> {
    const { clock, trace } = this;
    const entropy = this.entropy.fork(modem.modem.options.name);
    const events: SlacEvent[] = [];
    const mac = modem.modem.hostMac;
    const runner: Peer<S>["runner"] = new Runner<S, SlacInput, SlacEffect, SlacSeen>(
      {
        start: (seen) => part.start({ mac, ...options }, seen),
        step: part.step,
        at: (state) => ({ slac: part.at(state) }),
      },
      {
        node,
        clock,
        trace,
        seen: () => ({ now: clock.now(), random: (length) => entropy.bytes(length) }),
        perform: { mme: ({ frame }) => modem.link.send(frame), tell: ({ event }) => void events.push(event) },
      },
    );
    modem.link.onFrame((frame) => runner.dispatch({ kind: "mme", frame }));
    runner.start();
    return { runner, events, at: () => part.at(runner.state) };
  }

  station(name = "evse", host = "5E:01") {
    const mac = `02:B0:52:00:${host}`;
    const modem = this.line.modem({ name, mac, hostMac: `02:00:00:00:${host}`, role: "evse" });
    return { modem, ...this.peer(stationPart, modem, "secc") };
  }

  car(name = "ev", host = "EE:01", options: object = {}) {
    const mac = `02:B0:52:00:${host}`;
    const modem = this.line.modem({ name, mac, hostMac: `02:00:00:00:${host}`, role: "ev" });
    return { modem, ...this.peer(carPart, modem, "evcc", options) };
  }

  plugIn(...peers: { runner: { dispatch(input: SlacInput): void } }[]) {
    for (const { runner } of peers) runner.dispatch({ kind: "plugged" });
  }

  /** Names of the frames that this side has sent, in order. */
  sent(node: "secc" | "evcc"): string[] {
    return this.trace
      .of("mme", node)
      .filter(({ dir }) => dir === "tx")
      .map(({ name }) => name);
  }
}

test("car and station match, and only then a datagram passes", () => {
  const bench = new Bench();
  const [evse, ev] = [bench.station(), bench.car()];
  bench.clock.advance(100);
  const heard: string[] = [];
  evse.modem.network.datagrams(15118, (bytes) => void heard.push(Buffer.from(bytes).toString()), {
    multicast: "ff02::1",
  });
  const socket = ev.modem.network.datagrams(0, () => undefined);
  const shout = (text: string) => socket.send(Buffer.from(text), { address: "ff02::1", port: 15118 });
  shout("too early");
  bench.plugIn(evse, ev);
  assert.ok(bench.clock.runUntil(() => ev.at() === "Matched" && evse.at() === "Matched", 20_000));
  shout("now");
  bench.clock.advance(10);
  assert.deepEqual(heard, ["now"]);
  const [matched] = evse.events;
  assert.ok(matched?.kind === "matched");
  assert.equal(matched.peer, "02:00:00:00:EE:01");
  assert.equal(matched.attenuationDb, 15);
  assert.deepEqual(ev.events, [{ ...matched, peer: "02:00:00:00:5E:01" }]);
  assert.deepEqual(
    bench.sent("secc").filter((it) => it.startsWith("CM_") && it !== "CM_SET_KEY.REQ"),
    ["CM_SLAC_PARM.CNF", "CM_ATTEN_CHAR.IND", "CM_SLAC_MATCH.CNF"],
  );
  evse.runner.dispatch({ kind: "leave" });
  ev.runner.dispatch({ kind: "unplugged" });
  shout("too late");
  bench.clock.advance(100);
  assert.deepEqual(heard, ["now"]);
  assert.deepEqual([evse.at(), ev.at()], ["AwaitVehicle", "AwaitPlug"]);
  assert.deepEqual([...evse.runner.runningTimers(), ...ev.runner.runningTimers()], []);
});

test("no key stands in clear outside the frames", () => {
  const bench = new Bench();
  const [evse, ev] = [bench.station(), bench.car()];
  bench.clock.advance(100);
  bench.plugIn(evse, ev);
  bench.clock.runUntil(() => ev.at() === "Matched", 20_000);
  const { nmk } = evse.modem.modem.key;
  const shown = bench.trace.events.map((event) => JSON.stringify({ ...event, hex: "" }));
  assert.equal(shown.filter((line) => line.includes(nmk)).length, 0);
});

test("of two stations the less attenuated one is matched, and both are answered", () => {
  const attenuationDb = (from: string, to: string) => (from === "near" || to === "near" ? 26 : 31);
  const bench = new Bench({ attenuationDb });
  const [far, near] = [bench.station("far", "5E:02"), bench.station("near", "5E:03")];
  const ev = bench.car();
  bench.clock.advance(100);
  bench.plugIn(far, near, ev);
  assert.ok(bench.clock.runUntil(() => ev.at() === "Matched" && near.at() === "Matched", 20_000));
  assert.equal(bench.sent("evcc").filter((it) => it === "CM_ATTEN_CHAR.RSP").length, 2);
  assert.equal(bench.line.areJoined("ev", "near"), true);
  assert.equal(bench.line.areJoined("ev", "far"), false);
  bench.clock.advance(11_000);
  assert.deepEqual([far.at(), far.events], ["AwaitCmSlacParmReq", []]);
});

test("two cars that match at once do not disturb each other's sounding", () => {
  const bench = new Bench({ attenuationDb: (from) => (from === "ev1" ? 12 : 30) });
  const evse = bench.station();
  const [first, second] = [bench.car("ev1", "EE:01"), bench.car("ev2", "EE:02")];
  bench.clock.advance(100);
  bench.plugIn(evse, first);
  bench.clock.advance(1);
  bench.plugIn(second);
  bench.clock.runUntil(() => bench.sent("secc").filter((it) => it === "CM_ATTEN_CHAR.IND").length >= 2, 5000);
  const means = bench.trace
    .of("mme", "secc")
    .filter(({ dir, name }) => dir === "tx" && name === "CM_ATTEN_CHAR.IND")
    .map(({ fields }) => fields as { da: string; NumSounds: number; AAG: number[] });
  assert.deepEqual(
    means.map(({ da, NumSounds, AAG }) => [da, NumSounds, AAG[0]]),
    [
      ["02:00:00:00:EE:01", 10, 12],
      ["02:00:00:00:EE:02", 10, 30],
    ],
  );
});

test("every message may be lost once", () => {
  for (const name of [
    "CM_SLAC_PARM.REQ",
    "CM_SLAC_PARM.CNF",
    "CM_START_ATTEN_CHAR.IND",
    "CM_MNBC_SOUND.IND",
    "CM_ATTEN_CHAR.IND",
    "CM_ATTEN_CHAR.RSP",
    "CM_SLAC_MATCH.REQ",
    "CM_SLAC_MATCH.CNF",
  ] as const) {
    const bench = new Bench();
    const [evse, ev] = [bench.station(), bench.car()];
    bench.clock.advance(100);
    bench.line.lose(name);
    bench.plugIn(evse, ev);
    assert.ok(
      bench.clock.runUntil(() => ev.at() === "Matched" && evse.at() === "Matched", 3000),
      name,
    );
  }
});

test("a modem without profiles brings no invented attenuation, and no match", () => {
  const bench = new Bench();
  const [evse, ev] = [bench.station(), bench.car()];
  evse.modem.modem.faults.add("noAttenuation");
  bench.clock.advance(100);
  bench.plugIn(evse, ev);
  assert.ok(bench.clock.runUntil(() => ev.events.length > 0, 30_000));
  assert.deepEqual(ev.events, [{ kind: "matchFailed", reason: "TT_EV_atten_results" }]);
  bench.clock.advance(60_000);
  assert.deepEqual(evse.events, [{ kind: "matchFailed", reason: "TT_EVSE_SLAC_init" }]);
  assert.ok(!bench.sent("secc").includes("CM_ATTEN_CHAR.IND"));
});

test("a pulled plug ends the network, and the next car finds a fresh key", () => {
  const bench = new Bench();
  const [evse, ev] = [bench.station(), bench.car()];
  bench.clock.advance(100);
  bench.plugIn(evse, ev);
  bench.clock.runUntil(() => ev.at() === "Matched" && evse.at() === "Matched", 20_000);
  const { nid } = evse.modem.modem.key;
  bench.line.setPlugged(false);
  bench.clock.advance(2500);
  assert.deepEqual([evse.events.at(-1), ev.events.at(-1)], [{ kind: "linkLost" }, { kind: "linkLost" }]);
  evse.runner.dispatch({ kind: "unplugged" });
  ev.runner.dispatch({ kind: "unplugged" });
  bench.line.setPlugged(true);
  bench.clock.advance(100);
  bench.plugIn(evse, ev);
  assert.ok(bench.clock.runUntil(() => ev.at() === "Matched" && evse.at() === "Matched", 20_000));
  assert.notEqual(evse.modem.modem.key.nid, nid);
});

test("the same seed gives the same run, byte for byte", () => {
  const run = () => {
    const bench = new Bench();
    bench.line.faults = { loss: 0.1, duplication: 0.1, reordering: 0.1, delay: 2, jitter: 5 };
    const [evse, ev] = [bench.station(), bench.car()];
    bench.clock.advance(100);
    bench.plugIn(evse, ev);
    bench.clock.advance(20_000);
    return bench.trace.toJsonLines();
  };
  assert.equal(run(), run());
});
