import assert from "node:assert/strict";
import { test } from "node:test";
import type { PilotReading } from "../../core/pilot";
import { decodeMme, encodeMme } from "../../protocol/homeplug";
import { defaultConfig } from "../config";
import { powerOff } from "../power-off.contract";
import { type StationInput, station } from "../station";

const mac = "02:00:00:00:5E:01";
const car = "02:00:00:00:EE:01";
/** Just plugged in; the station has begun to oscillate and not measured since. */
const before: PilotReading = { state: "B", high: 9, low: 9 };
const healthy: PilotReading = { state: "B", high: 9, low: -12 };
const request = encodeMme({
  name: "CM_SLAC_PARM.REQ",
  da: "FF:FF:FF:FF:FF:FF",
  sa: car,
  fields: { RunID: "0102030405060708" },
});

function nameOf(frame: Uint8Array): string {
  const mme = decodeMme(frame);
  return "name" in mme ? mme.name : "no MME";
}

/** A station that has called a car; `at` steps it at a time with what its pilot reads, and answers what it has sent and armed. */
function called() {
  const machine = station(defaultConfig, mac);
  const seen = (now: number, pilot: PilotReading) => ({
    now,
    pilot,
    power: powerOff,
    random: (length: number) => new Uint8Array(length).fill(7),
  });
  let { state, effects } = machine.start(seen(0, { state: "A", high: 12, low: 12 }));
  const at = (now: number, pilot: PilotReading, input: StationInput): string[] => {
    ({ state, effects } = machine.step(state, input, seen(now, pilot)));
    return effects.flatMap((effect) => {
      if (effect.do === "mme") return [nameOf(effect.frame)];
      return effect.do === "arm" && effect.timer === "CP_negative_half" ? ["looks again"] : [];
    });
  };
  const YourNonce = state.slac?.keying.nonce;
  const fields = { Result: 1, MyNonce: "00000000", YourNonce };
  const modem = encodeMme({ name: "CM_SET_KEY.CNF", da: mac, sa: "02:B0:52:00:5E:01", fields } as never);
  at(1, { state: "A", high: 12, low: 12 }, { kind: "mme", frame: modem });
  at(2, before, { kind: "pilot", reading: before });
  return at;
}
const look: StationInput = { kind: "expired", timer: "CP_negative_half" };

test("a request before the first negative half wave was measured is answered as soon as it was (CP01)", () => {
  const at = called();
  assert.deepEqual(at(5, before, { kind: "mme", frame: request }), ["looks again"]);
  assert.deepEqual(at(15, before, look), ["looks again"]);
  assert.deepEqual(at(25, healthy, look), ["CM_SLAC_PARM.CNF"]);
});

test("a vehicle that turns out to have no diode is not answered", () => {
  const at = called();
  at(5, before, { kind: "mme", frame: request });
  assert.deepEqual(at(15, { ...before, low: -8.8 }, look), []);
  assert.deepEqual(at(20, { ...before, low: -8.8 }, { kind: "mme", frame: request }), []);
});

test("an oscillation that is never seen leaves the request unanswered, and nothing waits any more", () => {
  const at = called();
  at(5, before, { kind: "mme", frame: request });
  assert.deepEqual(at(94, before, look), ["looks again"]);
  assert.deepEqual(at(95, before, look), []);
});
