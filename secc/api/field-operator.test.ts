import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { Trace } from "../../core/trace";
import { VirtualClock } from "../../drivers/virtual/clock";
import { fieldOperator } from "./field-operator";

test("an emergency takes back what an operator has allowed, and the limit of its time", () => {
  const clock = new VirtualClock();
  const trace = new Trace(() => clock.now());
  const told: string[] = [];
  const node = {
    stimulus: (what: string) => void told.push(what),
    emergency: (reason: string) => void told.push(`emergency: ${reason}`),
    drive: () => undefined,
  };
  const operator = fieldOperator(node, clock, trace);
  operator.start({ target_voltage: 400, initial_current: 50, duration_s: 1 });
  trace.record("secc", { type: "state", machine: "power", from: "PreCharging", to: "Delivering", because: "" });
  operator.emergency("E_STOP");
  clock.runUntil(() => false, 5_000);
  deepEqual(told, ["authorise", "deauthorise", "emergency: E_STOP"]);
});
