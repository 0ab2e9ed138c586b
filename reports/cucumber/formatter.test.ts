import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const root = join(__dirname, "..", "..");

const feature = `
@sut-secc
Feature: Sequence errors
  @V2G2-459 @good-session
  Rule: An unexpected request is refused
    Scenario: A good session
      Given a session
      Then it is judged "pass"
    Scenario Outline: <message> too early
      Given a session
      Then it is judged "<verdict>"
      Examples:
        | message          | verdict |
        | CurrentDemandReq | fail    |
        | PreChargeReq     | pass    |
    Scenario: A precondition that does not come about
      Given a session
      Then it is judged "inconclusive"
    Scenario: Our own mistake
      Given a session
      Then it is judged "error"
  @V2G2-999999
  Rule: What nobody has written or can do
    Scenario: A step that nobody wrote
      Then the moon rises
    Scenario: A thing the bench cannot do
      Given a bench that lacks it
        | current | 500 A |
  Rule: What nobody looks at closely
    Scenario: A good session
      Given a session
`;

const steps = `
const assert = require("node:assert");
const { Given, Then, After, setDefaultTimeout } = require("@cucumber/cucumber");
const { attachEvidence, evidenceHook } = require(${JSON.stringify(join(root, "reports", "evidence"))});
const { goodSession } = require(${JSON.stringify(join(root, "reports", "example-session"))});
const run = { sut: { role: "secc", name: "Example station", version: "1.2" }, profile: "virtual", bench: "virtual", seed: 7, pics: { slac: true } };
Given("a session", function () { this.scene = goodSession(5); });
Given("a bench that lacks it", function (table) { this.verdict = "not applicable"; this.reason = "no such bench"; return "skipped"; });
Then("it is judged {string}", function (verdict) {
  if (verdict === "error") throw new Error("undefined is not a function");
  this.verdict = verdict;
  if (verdict === "inconclusive") { this.reason = "no session"; throw new Error(this.reason); }
  this.scene.trace.record("bench", { type: "judgement", verdict, requirements: ["V2G2-459"], text: "ResponseCode", required: "FAILED", measured: verdict });
  if (verdict === "fail") assert.fail("ResponseCode: required FAILED, measured fail");
});
After(evidenceHook, function ({ pickle }) {
  const tags = pickle.tags.map((tag) => tag.name);
  attachEvidence(this.attach, { verdict: this.verdict ?? "pass", trace: this.scene?.trace, reason: this.reason, tags, underTest: "secc", run });
});
`;

/** Runs cucumber in a folder of its own, which has to be in the project so that it finds its packages. */
function run(...more: string[]): { folder: string; stdout: string; stderr: string; status: number | null } {
  mkdirSync(join(root, "reports", "out"), { recursive: true });
  const folder = mkdtempSync(join(root, "reports", "out", "test-"));
  writeFileSync(join(folder, "sequence.feature"), feature);
  writeFileSync(join(folder, "steps.js"), steps);
  const config = {
    requireModule: ["ts-node/register"],
    require: ["steps.js"],
    format: [
      "progress",
      [join(root, "reports", "cucumber", "formatter.js"), "out/run.log"],
      [join(root, "reports", "cucumber", "allure-formatter.js"), "out/allure.log"],
    ],
    formatOptions: { resultsDir: "out/allure-results", reportsDir: "out" },
    publishQuiet: true,
  };
  const formats = config.format.map((each) =>
    Array.isArray(each) && each[0]!.startsWith("/") ? [`file://${each[0]}`, each[1]] : each,
  );
  writeFileSync(join(folder, "cucumber.json"), JSON.stringify({ default: { ...config, format: formats } }));
  const bin = join(root, "node_modules", "@cucumber", "cucumber", "bin", "cucumber.js");
  const env = { ...process.env, TS_NODE_PROJECT: join(root, "tsconfig.json") };
  const { stdout, stderr, status } = spawnSync(process.execPath, [bin, "sequence.feature", ...more], {
    cwd: folder,
    encoding: "utf8",
    env,
  });
  return { folder, stdout, stderr, status };
}

for (const workers of [0, 2]) {
  test(`a run with ${workers || "no"} workers leaves a report, a matrix and Allure's page`, () => {
    const { folder, stdout, stderr, status } = run(...(workers ? ["--parallel", String(workers)] : []));
    try {
      equal(status, 1, stderr);
      deepEqual(
        stdout.trimEnd().split("\n").slice(-5),
        ["Reports:", "  out/report.html", "  out/matrix.html", "  out/matrix.json", "  out/allure/index.html"],
        stdout + stderr,
      );
      doesNotMatch(stdout, /CM_SLAC_PARM/, "evidence is not printed");
      match(stderr, /no registry knows: V2G2-999999/);
      const report = readFileSync(join(folder, "out", "report.html"), "utf8");
      verdictsOf(report);
      match(report, /Example station/);
      match(report, /npx cucumber-js &#39;sequence\.feature:14&#39;/);
      matrixOf(join(folder, "out", "matrix.json"));
      allureOf(join(folder, "out"));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

function verdictsOf(report: string): void {
  const rows = [...report.matchAll(/<details class="s" id="([^"]+)" data-v="([^"]+)"/g)].map(
    ([, id, verdict]) => `${id?.split("-").at(-1)} ${verdict}`,
  );
  deepEqual(rows, [
    "6 pass",
    "14 fail",
    "15 pass",
    "16 inconclusive",
    "19 error",
    "24 error",
    "26 not applicable",
    "30 pass",
  ]);
  match(report, /no single definition of the step: Then the moon rises/);
  match(report, /undefined is not a function/);
  match(report, /no such bench/);
  match(report, /<td>current<td>500 A<\/tr>/);
  equal(report.match(/data-name="capture\.pcapng"/g)?.length, 6, "every scenario with a trace has a capture");
  equal(report.match(/data-name="plot\.svg"/g)?.length, 5);
  doesNotMatch(report, /(src|href)="(https?:)?\/\//);
}

function matrixOf(path: string): void {
  const rows: { id: string; verdict: string; registered: boolean; scenarios: unknown[] }[] = JSON.parse(
    readFileSync(path, "utf8"),
  );
  const row = (id: string) => rows.find((each) => each.id === id);
  equal(row("V2G2-459")?.verdict, "error");
  equal(row("V2G2-459")?.scenarios.length, 5);
  equal(row("V2G2-443")?.verdict, "not covered");
  equal(row("V2G2-999999")?.registered, false);
}

function allureOf(out: string): void {
  const folder = join(out, "allure-results");
  const results = readdirSync(folder)
    .filter((name) => name.endsWith("-result.json"))
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
  const status = (name: string) =>
    results
      .filter((result) => result.name.startsWith(name))
      .map((result) => result.status)
      .sort();
  deepEqual(status("A step that nobody wrote"), ["broken"]);
  deepEqual(status("A thing the bench"), ["skipped"]);
  deepEqual(status("CurrentDemandReq"), ["failed"]);
  deepEqual(status("A precondition"), ["broken"]);
  const labels = results.find((result) => result.name.startsWith("CurrentDemandReq")).labels as {
    name: string;
    value: string;
  }[];
  ok(labels.some(({ name, value }) => name === "requirement" && value === "V2G2-459"));
  ok(labels.some(({ name, value }) => name === "verdict" && value === "fail"));
  ok(labels.some(({ name, value }) => name === "story" && value === "An unexpected request is refused"));
  const ids = results.map(({ historyId }) => historyId);
  equal(new Set(ids).size, 8, "none is taken for another one tried again");
  const named = (rule: string) =>
    results
      .find((result) => result.name === "A good session" && JSON.stringify(result.labels).includes(rule))
      .attachments.map((each: { name: string }) => each.name);
  const whole = ["messages.txt", "sequence.svg", "capture.pcapng.gz", "plot.svg", "slac.svg", "latency.svg"];
  deepEqual(named("An unexpected request"), whole);
  deepEqual(named("What nobody looks at"), []);
  const [link] = results.find(({ name }) => name.startsWith("CurrentDemandReq")).links;
  ok(readFileSync(join(out, "report.html"), "utf8").includes(`id="${link.url.split("#")[1]}"`));
  ok(existsSync(join(out, "allure", "index.html")));
}
