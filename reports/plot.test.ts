import { doesNotMatch, equal, match as matches, ok } from "node:assert/strict";
import { test } from "node:test";
import { goodSession, Scene } from "./example-session";
import { plot } from "./plot";

test("pilot, switches, volts, amperes and SOC of a session are drawn", () => {
  const svg = plot(goodSession(28).trace.events);
  for (const label of ["C 5 %", "plug locked", "EV contactor", "battery", "outlet", "current", "SOC"])
    matches(svg, new RegExp(`>${label}<`));
  doesNotMatch(svg, /NaN|undefined|<script|href="/);
});

test("a curve reaches the top of its panel when its value is the highest", () => {
  const scene = new Scene()
    .plant({ outlet: 0 })
    .wait(100)
    .plant({ outlet: 400, battery: 0 })
    .wait(100)
    .plant({ outlet: 0 });
  const outlet = /<path d="([^"]+)" fill="none" stroke="var\(--outlet\)"/.exec(plot(scene.trace.events))?.[1] ?? "";
  const heights = [...outlet.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y));
  equal(Math.max(...heights) - Math.min(...heights), 150);
});

test("a short peak among many samples is not lost, and the drawing stays small", () => {
  const scene = new Scene();
  for (let i = 0; i < 50_000; i++) scene.wait(1).plant({ outlet: 400, current: i === 25_000 ? 333 : 100 });
  const svg = plot(scene.trace.events);
  ok(svg.length < 150_000, `${svg.length}`);
  const current = /<path d="([^"]+)" fill="none" stroke="var\(--current\)"/.exec(svg)?.[1] ?? "";
  ok(new Set([...current.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => y)).size > 1);
});

test("a trace without power, or without anything, is drawn without a number that is none", () => {
  doesNotMatch(plot([]), /NaN|Infinity/);
  doesNotMatch(plot(new Scene().pilot("A", 12).trace.events), /NaN|Infinity/);
  doesNotMatch(plot(new Scene().plant({ outlet: Number.NaN }).trace.events), /NaN|Infinity/);
});

test("a judgement that did not pass is marked at its time", () => {
  const scene = goodSession(3);
  scene.trace.record("bench", {
    type: "judgement",
    verdict: "fail",
    requirements: ["V2G2-443"],
    text: "x",
    required: "a",
    measured: "b",
  });
  matches(plot(scene.trace.events), /✗ V2G2-443/);
});
