import assert from "node:assert/strict";
import { test } from "node:test";
import { sdpResponse, security, transport } from "../protocol/sdp";
import { type Car, type CarInput, type CarSeen, car } from "./car";
import { defaultConfig } from "./config";

const seen: CarSeen = {
  now: 0,
  duty: { plugged: true, high: 9, dutyPercent: 5 },
  inlet: { voltage: 0, batteryVoltage: 350, current: 0, soc: 20, contactor: false, locked: false },
  random: (length) => new Uint8Array(length),
};
const from = { address: "fe80::5e", port: 15118 };
const answerOf = (address: string, port = 61341): CarInput => ({
  kind: "datagram",
  bytes: sdpResponse({ address, port, security: security.none, transport: transport.tcp }),
  from,
});

/** A car on a link without SLAC that is plugged in, and what it has done about each input. */
function through(...inputs: readonly CarInput[]) {
  const machine = car({ ...defaultConfig, link: "none" }, "");
  let { state } = machine.start(seen);
  const done = inputs.map((input) => {
    const step = machine.step(state, input, seen);
    state = step.state as Car;
    return step.effects;
  });
  return { state, done };
}

test("another station that answers is not followed, and told once for each answer (SD08)", () => {
  const { done, state } = through(
    answerOf("fe80::5e"),
    answerOf("fe80::5e"),
    answerOf("fe80::bad"),
    { kind: "connected" },
    answerOf("fe80::5e", 4711),
    answerOf("2001:db8::1"),
  );
  const kinds = done.map((effects) => effects.map((effect) => effect.do));
  assert.deepEqual(kinds[0], ["disarm", "connect"]);
  assert.deepEqual(kinds[1], []);
  assert.deepEqual(done[2], [
    { do: "log", level: "warn", text: "Another station answers", fields: { address: "fe80::bad", port: 61341 } },
  ]);
  assert.deepEqual(kinds[4], ["log"]);
  assert.deepEqual(kinds[5], []);
  assert.equal(state.at, "InSession");
});

test("after the plug was out any station may answer again", () => {
  const unplugged: CarInput = { kind: "pilot", reading: { plugged: false, high: 12 } };
  const plugged: CarInput = { kind: "pilot", reading: { plugged: true, high: 9, dutyPercent: 5 } };
  const { done } = through(answerOf("fe80::5e"), unplugged, plugged, answerOf("fe80::2"));
  assert.deepEqual(
    done[3]?.filter((effect) => effect.do === "connect"),
    [{ do: "connect", to: { address: "fe80::2", port: 61341 } }],
  );
});
