import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { type Verdict, verdicts } from "../core";
import { requirements } from "../requirements";
import { offline } from "./allure";
import { attachEvidence, type ScenarioSummary, summaryType } from "./evidence";
import { exampleRun } from "./example-run";
import { goodSession, match as matching, Scene } from "./example-session";
import { matrixOf } from "./matrix";
import { report } from "./report";
import { countsOf, kindOf, type Run, replayCommand, roleOf, type ScenarioResult } from "./run";

const run = exampleRun(20);
const page = report(run, requirements);

const scenario = (more: Partial<ScenarioResult>): ScenarioResult => ({
  ref: "x-1",
  feature: "F",
  name: "N",
  place: "x.feature:1",
  tags: [],
  requirements: [],
  verdict: "pass",
  duration: 1,
  steps: [],
  judgements: [],
  files: [],
  ...more,
});

const judgement = (verdict: Verdict, ...ids: string[]) => ({
  t: 0,
  verdict,
  requirements: ids,
  text: "x",
  required: "a",
  measured: "b",
});

test("the front page counts all seven verdicts", () => {
  const counts = countsOf(run.scenarios);
  for (const verdict of verdicts) {
    match(page, new RegExp(`<b>${counts[verdict]}</b><span>${verdict}</span>`));
    ok(counts[verdict] > 0, verdict);
  }
  for (const fact of ["Example station 50", "2.4.1", "DE\\*HIL\\*E0001\\*1", "0123abc", "PICS", "maximumVoltage"])
    match(page, new RegExp(fact));
});

test("every failure says what was required, measured and tolerated, and how to run it again", () => {
  const card = /<article class="card v-fail" id="f-example-0">.*?<\/article>/s.exec(page)?.[0] ?? "";
  match(
    card,
    /<dt>required<dd>60 s after its last response<dt>measured<dd class="measured">still open after 61\.5 s<dt>tolerance<dd>± 10 ms/,
  );
  match(card, /npx cucumber-js &#39;features\/iso15118-2\/example\.feature:10&#39; --world-parameters/);
  match(card, /V2G2-443<\/b> The SECC ends the session/);
});

test("who was under test is what the scenarios say, where they agree", () => {
  const of = (...sides: string[]) => ({ ...run, scenarios: sides.map((side) => scenario({ tags: [`@sut-${side}`] })) });
  const both: Run = { ...of(), facts: { ...run.facts, sut: { role: "both", name: "x" } } };
  equal(roleOf({ ...both, ...of("evcc", "evcc"), facts: both.facts }), "evcc");
  equal(roleOf({ ...both, ...of("evcc", "secc"), facts: both.facts }), "both");
  equal(roleOf(both), "both");
});

test("the command of a replay survives a shell, with all that the run was given", () => {
  const parameters = { profile: "it's mine", seed: 7, tolerant: true };
  const command = replayCommand("a.feature:3", { ...run.facts, parameters });
  equal(
    command,
    `npx cucumber-js 'a.feature:3' --world-parameters '{"profile":"it'\\''s mine","seed":7,"tolerant":true}'`,
  );
});

test("the report asks the network for nothing and runs its own script only", () => {
  doesNotMatch(page, /(?:src|href|action)="(?!#|data:)/);
  doesNotMatch(page, /@import|url\(/);
  const [, code = ""] = /<script>(.*)<\/script><\/body>/s.exec(page) ?? [];
  const hash = createHash("sha256").update(code).digest("base64");
  ok(page.includes(`default-src 'none'`) && page.includes(`script-src 'sha256-${hash}'`));
});

test("what a peer or a scenario is called does no harm to the page", () => {
  const evil = `"><img src=x onerror=alert(1)></script>`;
  const hostile: Run = {
    ...run,
    facts: { ...run.facts, sut: { role: "secc", name: evil } },
    scenarios: [
      scenario({
        name: evil,
        feature: evil,
        rule: evil,
        tags: [evil],
        requirements: [evil],
        verdict: "fail",
        reason: evil,
        judgements: [judgement("fail", evil)],
      }),
    ],
  };
  doesNotMatch(report(hostile, requirements), /<img/);
});

test("a run of 500 scenarios stays below 10 MB with all its evidence", () => {
  const size = Buffer.byteLength(report(exampleRun(500), requirements));
  ok(size < 10_000_000, `${size}`);
});

test("a run without scenarios, or with none that applies, claims nothing", () => {
  match(report({ ...run, scenarios: [] }, requirements), /nothing can be said/);
  match(report({ ...run, scenarios: [scenario({ verdict: "not applicable" })] }, requirements), /nothing can be said/);
});

test("a requirement is as bad as its worst judgement, and open where a scenario failed before it came to it", () => {
  const scenarios = [
    scenario({
      requirements: ["V2G2-459", "V2G2-539"],
      verdict: "fail",
      judgements: [judgement("pass", "V2G2-459"), judgement("fail", "V2G2-459")],
    }),
    scenario({ requirements: ["V2G2-459", "V2G2-460"], judgements: [judgement("pass", "V2G2-459")] }),
    scenario({ requirements: ["V2G2-443"], verdict: "inconclusive", judgements: [judgement("pass", "V2G2-443")] }),
    scenario({ requirements: ["HIL-XX"], verdict: "not applicable" }),
  ];
  const rows = matrixOf(scenarios.reverse(), requirements);
  const verdict = (id: string) => rows.find((row) => row.id === id)?.verdict;
  deepEqual(["V2G2-459", "V2G2-539", "V2G2-460", "V2G2-443", "HIL-XX", "V2G2-542"].map(verdict), [
    "fail",
    "inconclusive",
    "pass",
    "inconclusive",
    "not applicable",
    undefined,
  ]);
  equal(rows.find((row) => row.id === "HIL-XX")?.requirement, undefined);
  equal(rows.filter((row) => row.scenarios.length === 0).length, Object.keys(requirements).length - 4);
});

test("robustness and performance are told apart from conformance", () => {
  deepEqual([["@robustness"], ["@performance", "@robustness"], ["@V2G2-443"]].map(kindOf), [
    "robustness",
    "performance",
    "conformance",
  ]);
});

/** What is attached: file names, and the summary. */
function attached(
  verdict: Verdict,
  tags: string[],
  scene?: Scene,
): { names: string[]; files: Map<string, Buffer>; summary: ScenarioSummary | undefined } {
  const files = new Map<string, Buffer>();
  let summary: ScenarioSummary | undefined;
  const attach = (data: Buffer | string, { mediaType, fileName }: { mediaType: string; fileName?: string }) => {
    if (mediaType === summaryType) summary = JSON.parse(String(data));
    else if (fileName) files.set(fileName, Buffer.from(data));
  };
  attachEvidence(attach, { verdict, tags, ...(scene && { trace: scene.trace }) });
  return { names: [...files.keys()], files, summary };
}

test("a scenario that passed keeps messages, chart and capture; one that did not keeps all", () => {
  const brief = ["messages.txt", "sequence.svg", "capture.pcapng.gz"];
  deepEqual(attached("pass", [], matching(new Scene())).names, brief);
  deepEqual(attached("fail", [], matching(new Scene())).names, [...brief, "plot.svg", "slac.svg", "trace.jsonl.gz"]);
  deepEqual(attached("pass", ["@good-session"], matching(new Scene())).names, [
    ...brief,
    "plot.svg",
    "slac.svg",
    "trace.jsonl.gz",
  ]);
  deepEqual(attached("not applicable", []).names, []);
});

test("where modems have told their frames, the capture has these and not what is made of the trace", () => {
  const files = new Map<string, Buffer | string>();
  const frame = Buffer.alloc(60, 0xa5);
  const captured = { frames: [{ node: "evcc", dir: "in", t: 1, frame }], omitted: 0 } as const;
  attachEvidence((data, { fileName = "" }) => files.set(fileName, data), {
    verdict: "pass",
    tags: [],
    trace: goodSession(3).trace,
    captured,
  });
  const capture = gunzipSync(files.get("capture.pcapng.gz") as Buffer);
  ok(capture.includes(frame));
  ok(!capture.includes("secc"));
});

test("the whole trace of a failure can be read back", () => {
  const scene = goodSession(5);
  const { files } = attached("fail", [], scene);
  const lines = gunzipSync(files.get("trace.jsonl.gz")!).toString().trimEnd().split("\n");
  deepEqual(
    lines.map((line) => JSON.parse(line)),
    JSON.parse(JSON.stringify(scene.trace.events)),
  );
  equal(gunzipSync(files.get("capture.pcapng.gz")!).readUInt32LE(0), 0x0a0d0d0a);
});

test("judgements are handed over as they stand in the trace", () => {
  const scene = new Scene();
  scene.trace.record("bench", {
    type: "judgement",
    verdict: "fail",
    requirements: ["V2G2-443"],
    text: "x",
    required: "a",
    measured: "b",
    tolerance: "c",
  });
  const { summary, names } = attached("fail", [], scene);
  deepEqual(summary?.judgements, [{ ...judgement("fail", "V2G2-443"), tolerance: "c" }]);
  deepEqual(names, [], "judgements alone are no exchange to draw");
});

test("Allure's page loses its analytics, and its policy keeps it to itself", () => {
  const before = `<meta charset="utf-8"><script async src="https://www.googletagmanager.com/gtag/js?id=G-X"></script>
    <script>\n window.dataLayer = []; function gtag(){} gtag('config', 'G-X', {});\n</script><script>keep()</script>`;
  const after = offline(before);
  doesNotMatch(after, /googletagmanager|gtag/);
  match(after, /Content-Security-Policy/);
  match(after, /keep\(\)/);
});
