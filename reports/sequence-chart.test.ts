import { deepEqual, doesNotMatch, equal, match as matches, ok } from "node:assert/strict";
import { test } from "node:test";
import { Trace } from "../core";
import { chartRows } from "./chart-rows";
import { charge, goodSession, match, prepare, Scene, setUp } from "./example-session";
import { fold } from "./folding";
import { sequenceChart } from "./sequence-chart";

const heightOf = (svg: string) => Number(/height="(\d+)" role/.exec(svg)?.[1]);

test("a run of equal cycles is folded, its first and last cycle are shown", () => {
  const folded = fold([..."xabababababy"], (letter) => letter);
  deepEqual(
    folded.map((each) => each.item ?? `${each.fold?.items.join("")} ${each.fold?.hidden}`),
    ["x", "a", "b", "ababab 3", "a", "b", "y"],
  );
  deepEqual(fold([..."aaa"], (letter) => letter).length, 3, "three of a kind are drawn");
  deepEqual(fold([..."aaaaaaaa"], () => undefined).length, 8, "what has no key is never folded");
});

test("the charge loop is one fold with its count and pace", () => {
  const rows = chartRows(charge(prepare(setUp(match(new Scene()))), 30).trace.events);
  const loop = rows.find((row) => row.kind === "fold" && row.names.startsWith("CurrentDemand"));
  ok(loop?.kind === "fold");
  equal(loop.names, "CurrentDemandReq / Res");
  equal(loop.hidden, 28);
  equal(Math.round(loop.every), 108);
});

test("a change within a run of polls is not folded away", () => {
  const scene = new Scene().connect();
  for (let i = 0; i < 20; i++) scene.exchange("CableCheck", {}, { EVSEProcessing: i === 10 ? "Finished" : "Ongoing" });
  const names = chartRows(scene.trace.events).map((row) =>
    row.kind === "frame" ? row.passage.event.fields : row.kind,
  );
  ok(JSON.stringify(names).includes("Finished"));
});

test("the height of a chart does not grow with the length of the charge loop", () => {
  equal(heightOf(sequenceChart(goodSession(30).trace.events)), heightOf(sequenceChart(goodSession(3000).trace.events)));
});

test("a trace that never repeats itself is drawn in bounded height, and every failed judgement is in it", () => {
  const scene = new Scene().connect();
  for (let i = 0; i < 2000; i++) {
    scene.v2g("evcc", `Message${i}`);
    if (i === 1000) judge(scene.trace);
  }
  const svg = sequenceChart(scene.trace.events);
  ok(heightOf(svg) < 5000);
  matches(svg, /rows are not drawn here/);
  matches(svg, /the SECC refuses/);
});

const judge = (trace: Trace) =>
  trace.record("bench", {
    type: "judgement",
    verdict: "fail",
    requirements: ["V2G2-459"],
    text: "the SECC refuses",
    required: "FAILED_SequenceError",
    measured: "OK",
  });

test("a failed judgement stands at its place with what was required and measured", () => {
  const scene = setUp(match(new Scene()));
  judge(scene.trace);
  const svg = sequenceChart(scene.trace.events);
  matches(svg, /fill="var\(--bad\)" font-weight="600">✗ fail: the SECC refuses/);
  matches(svg, /required {2}FAILED_SequenceError/);
  ok(svg.indexOf("ServiceDiscoveryRes") < svg.indexOf("✗ fail"));
});

test("lost frames, refusals and what was not understood stand out", () => {
  const trace = new Trace(() => 0);
  const frame = { type: "v2g", connection: 1, name: "CableCheckRes", hex: "01FE800100000000" } as const;
  trace.record("secc", { ...frame, dir: "tx", fields: { ResponseCode: "FAILED_SequenceError" } });
  trace.record("secc", {
    ...frame,
    dir: "tx",
    name: "Undecodable",
    hex: "00",
    error: "payload type 0x7001 at offset 2",
  });
  trace.record("evcc", { type: "mme", dir: "rx", name: "CM_SLAC_PARM.CNF", hex: "00" });
  trace.record("secc", { type: "mme", dir: "tx", name: "CM_ATTEN_CHAR.IND", hex: "01" });
  const svg = sequenceChart(trace.events);
  matches(svg, /class="fr-bad">FAILED_SequenceError/);
  matches(svg, /payload type 0x7001 at offset 2/);
  matches(svg, />lost</);
});

test("a chart is one well-formed drawing without scripts, links or foreign fonts, whatever the peer sent", () => {
  const scene = new Scene().connect();
  scene.v2g("evcc", "<script>alert(1)</script>", { EVCCID: "]]><a href='x'>\u0000\u0007\ud800" });
  const svg = sequenceChart(scene.trace.events);
  doesNotMatch(svg, /<script|<a |href="|url\(|@import|\p{Cc}|\p{Cs}/u);
  equal(svg.match(/<svg/g)?.length, 1);
  ok(!svg.replace("http://www.w3.org/2000/svg", "").includes("http"));
});

test("a timer is drawn only if it is a timeout and expires", () => {
  const trace = new Trace(() => 0);
  trace.record("secc", { type: "timer", name: "TT_match_sequence", op: "arm", ms: 5 });
  trace.record("secc", { type: "timer", name: "TT_match_sequence", op: "disarm" });
  trace.record("secc", { type: "timer", name: "pace", op: "arm", ms: 5 });
  trace.record("secc", { type: "timer", name: "pace", op: "expire", ms: 5 });
  trace.record("secc", { type: "timer", name: "V2G_SECC_Sequence_Timeout", op: "arm", ms: 60_000 });
  trace.record("secc", { type: "timer", name: "V2G_SECC_Sequence_Timeout", op: "expire", ms: 60_000 });
  const notes = chartRows(trace.events).map((row) => (row.kind === "note" ? row.text : row.kind));
  deepEqual(notes, ["V2G_SECC_Sequence_Timeout 60 s starts", "V2G_SECC_Sequence_Timeout expired"]);
});

test("a state that no frame brought about stands by itself at its time", () => {
  const scene = new Scene()
    .connect()
    .v2g("evcc", "SessionSetupReq")
    .state("secc", "session", "a", "AwaitServiceDiscoveryReq");
  scene.wait(5000).state("secc", "session", "AwaitServiceDiscoveryReq", "Ended");
  const rows = chartRows(scene.trace.events);
  const frame = rows.find((row) => row.kind === "frame");
  equal(frame?.kind === "frame" && frame.beside.secc, "AwaitServiceDiscoveryReq");
  ok(rows.some((row) => row.kind === "note" && row.text === "Ended" && row.t > 5000));
});
