import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Direction, Node } from "../core";
import { goodSession, Scene } from "./example-session";
import { latencyHistogram, responseTimes } from "./latency";

/** Requests that are answered after so many ms each, seen at one end. */
function scene(name: string, times: readonly (number | undefined)[], node: Node = "secc"): Scene {
  const made = new Scene();
  const [asks, answers]: Direction[] = node === "secc" ? ["rx", "tx"] : ["tx", "rx"];
  const say = (dir: Direction, what: string) =>
    made.trace.record(node, { type: "v2g", dir, connection: 1, name: what, hex: "" });
  for (const time of times) {
    say(asks as Direction, `${name}Req`);
    if (time !== undefined) {
      made.wait(time);
      say(answers as Direction, `${name}Res`);
    }
    made.wait(100);
  }
  return made;
}

test("times are from a request to its own response, at the station's end", () => {
  const { trace } = scene("CableCheck", [1, 2, undefined, 3]);
  trace.record("secc", { type: "v2g", dir: "rx", connection: 1, name: "PreChargeReq", hex: "" });
  trace.record("secc", { type: "v2g", dir: "tx", connection: 1, name: "CableCheckRes", hex: "" });
  trace.record("secc", { type: "v2g", dir: "tx", connection: 1, name: "PreChargeRes", hex: "" });
  deepEqual(responseTimes(trace.events), [{ name: "CableCheckReq", times: [1, 2, 3] }]);
});

test("two connections are kept apart, and the car's end counts where the station's records nothing", () => {
  const both = new Scene();
  const say = (connection: number, dir: Direction) =>
    both.trace.record("evcc", {
      type: "v2g",
      dir,
      connection,
      name: dir === "tx" ? "PreChargeReq" : "PreChargeRes",
      hex: "",
    });
  say(1, "tx");
  both.wait(5);
  say(2, "tx");
  both.wait(5);
  say(1, "rx");
  both.wait(5);
  say(2, "rx");
  deepEqual(responseTimes(both.trace.events), [{ name: "PreChargeReq", times: [10, 10] }]);
});

test("a histogram is drawn from five responses on, with their number and what they may take", () => {
  equal(latencyHistogram(scene("PreCharge", [1, 2, 3, 4]).trace.events), undefined);
  equal(latencyHistogram([]), undefined);
  const svg = latencyHistogram(scene("PreCharge", [0, 1, 2, 3, 4]).trace.events) ?? "";
  for (const label of ["PreCharge", "5", "2.00 ms", "4.00 ms", "at most 1.50 s"]) match(svg, new RegExp(`>${label}<`));
  doesNotMatch(svg, /NaN|Infinity|undefined/);
});

test("what takes too long is counted and stands out", () => {
  const svg = latencyHistogram(scene("CurrentDemand", [5, 5, 5, 24, 40, 30_000]).trace.events) ?? "";
  match(svg, />2 over 25 ms</);
  equal(svg.match(/<rect[^>]*fill="var\(--bad\)"/g)?.length, 2);
  match(latencyHistogram(scene("CurrentDemand", [5, 5, 5, 24, 25]).trace.events) ?? "", />at most 25 ms</);
});

test("a session of thousands of loops is a small drawing", () => {
  const svg = latencyHistogram(scene("CurrentDemand", Array(20_000).fill(3)).trace.events) ?? "";
  ok(svg.length < 20_000, `${svg.length}`);
  ok(latencyHistogram(goodSession(28).trace.events));
});
