import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import { goodSession } from "./example-session";
import { latencyHistogram } from "./latency";
import { type Timing, timingsOf } from "./timing";

const timing = (times: readonly number[], ms = 25): Timing => ({
  of: "secc",
  layer: "v2g",
  what: "CurrentDemandReq → Res",
  limit: { name: "HIL-TM08", ms },
  times,
});

test("a row has number, median, jitter, the longest time, and what it may take", () => {
  const svg = latencyHistogram([timing([0, 1, 2, 3, 4], 1_500)]) ?? "";
  for (const label of ["CurrentDemandReq → Res", "5", "2.00 ms", "4.00 ms", "1.5 s", "HIL-TM08"])
    match(svg, new RegExp(`>${label}<`));
  doesNotMatch(svg, /NaN|Infinity|undefined/);
});

test("rows of too few times are left out, and nothing is drawn of nothing", () => {
  equal(latencyHistogram([timing([1, 2, 3, 4])], { fewest: 5 }), undefined);
  equal(latencyHistogram([]), undefined);
});

test("what takes too long is counted and stands out, and leads to where it was", () => {
  const svg = latencyHistogram([timing([5, 5, 5, 24, 40, 300_000])], { longestAt: () => "#there" }) ?? "";
  match(svg, />2 late</);
  equal(svg.match(/<rect[^>]*fill="var\(--bad\)"/g)?.length, 2);
  match(svg, /<a href="#there"><text[^>]*fill="var\(--bad\)"[^>]*>300 s</);
  const good = latencyHistogram([timing([5, 5, 5, 24, 25])]) ?? "";
  match(good, />25 ms</);
  doesNotMatch(good, /fill="var\(--bad\)"/);
});

test("a session of thousands of loops is a small drawing", () => {
  const svg = latencyHistogram([timing(Array(20_000).fill(3))]) ?? "";
  ok(svg.length < 20_000, `${svg.length}`);
  ok(latencyHistogram(timingsOf({ events: goodSession(28).trace.events }, "secc")));
});
