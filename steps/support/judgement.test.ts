import assert from "node:assert/strict";
import { test } from "node:test";
import { verdictOf } from "../../core/errors";
import { failure, faultOf, Inconclusive, NotPassed } from "./judgement";

const measurement = { text: "the power", required: "off", measured: "on", passed: false };
const circumstances = { requirements: ["HIL-S01"], now: 1_000, allowed: 100 };

test("what is not as required counts against the side under test, where the bench kept time", () => {
  const fault = faultOf(measurement, { ...circumstances, lateness: 100 });
  assert.equal(verdictOf(fault), "fail");
  const silent = faultOf({ ...measurement, silent: true }, { ...circumstances, lateness: 0 });
  assert.equal(silent.kind, "PeerSilent");
  const error = failure(fault, measurement);
  assert.ok(error instanceof NotPassed);
  assert.equal(error.message, "the power: required off, measured on");
});

test("where the bench was late itself it counts against nobody, and says how late", () => {
  const fault = faultOf(measurement, { ...circumstances, lateness: 730.4 });
  assert.equal(verdictOf(fault), "inconclusive");
  const error = failure(fault, measurement);
  assert.ok(error instanceof Inconclusive);
  assert.match(error.message, /^the power: required off, measured on; but the bench came 730 ms late and may 100 ms/);
});
