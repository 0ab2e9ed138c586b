import type { Verdict } from "../core";
import type { Registry } from "../requirements";
import { chip, type Html, html, raw } from "./page";
import {
  bySeverity,
  countsOf,
  type Judgement,
  type Kind,
  kindOf,
  type Run,
  replayCommand,
  roleOf,
  type ScenarioResult,
} from "./run";
import { durationText, evidence, failureAnchor, judgementTable, needsReading, stepList } from "./scenario-section";

const roles = { secc: "charging station (SECC)", evcc: "vehicle (EVCC)", both: "station and vehicle" } as const;

const classOf = (verdict: Verdict): string => `v-${verdict.replaceAll(" ", "-")}`;

/** What a certification engineer looks for first: the verdict, in how many scenarios, of what, made with what. */
export function frontPage(run: Run): Html {
  const { facts, frame, scenarios } = run;
  const role = roles[roleOf(run)];
  return html`<p class="eyebrow">Conformance report · ${role}</p><h1>${facts.sut.name}</h1>
<p class="headline">${headline(scenarios)}</p>${verdictBar(scenarios)}${verdictTiles(scenarios)}${kinds(scenarios)}
<div class="facts">${factTable([
    ["Under test", `${facts.sut.name}, ${role}`],
    ["Version", facts.sut.version],
    ["Identity", facts.sut.identity],
    ["Wrong on purpose", facts.deviation],
    ["Profile", facts.profile],
    ["Bench", facts.time === undefined ? facts.bench : `${facts.bench}, ${facts.time} time`],
    ["Seed", facts.seed],
  ])}${factTable([
    ["Date", frame.startedAt],
    ["Took", durationText(frame.duration)],
    ["Harness", frame.harness],
    ["Commit", frame.commit],
    ["Platform", frame.platform],
    ["Command", html`<code>${frame.command}</code>`],
  ])}</div>${statements(facts.pics, facts.pixit)}`;
}

function headline(scenarios: readonly ScenarioResult[]): string {
  const counts = countsOf(scenarios);
  const applicable = scenarios.length - counts["not applicable"];
  if (scenarios.length === 0) return "No scenario was run: nothing can be said.";
  if (applicable === 0) return "No scenario is applicable: nothing can be said.";
  const failed = counts.fail + counts["fail-perf"];
  const open = counts.inconclusive + counts.error;
  const parts = [
    ...(failed ? [`${failed} failed`] : []),
    ...(open ? [`${open} could not be judged`] : []),
    ...(counts["pass-tolerant"] ? [`${counts["pass-tolerant"]} passed only because deviations are tolerated`] : []),
  ];
  if (parts.length === 0) return `All ${applicable} applicable scenarios passed.`;
  return `Of ${applicable} applicable scenarios ${parts.join(", ")}.`;
}

function verdictBar(scenarios: readonly ScenarioResult[]): Html {
  const counts = countsOf(scenarios);
  const parts = [...bySeverity].reverse().filter((verdict) => counts[verdict] > 0);
  return html`<div class="bar" role="img" aria-label="share of each verdict">${parts.map(
    (verdict) =>
      html`<span class="${classOf(verdict)}" style="flex:${counts[verdict]};background:var(--c)" title="${counts[verdict]} ${verdict}"></span>`,
  )}</div>`;
}

const listed: readonly Verdict[] = [
  "pass",
  "pass-tolerant",
  "fail",
  "fail-perf",
  "inconclusive",
  "error",
  "not applicable",
];

function verdictTiles(scenarios: readonly ScenarioResult[]): Html {
  const counts = countsOf(scenarios);
  const order: readonly Verdict[] = [
    "pass",
    "pass-tolerant",
    "fail",
    "fail-perf",
    "inconclusive",
    "error",
    "not applicable",
  ];
  return html`<div class="tiles">${order.map(
    (verdict) =>
      html`<div class="tile ${classOf(verdict)}${counts[verdict] ? "" : " none"}"><b>${counts[verdict]}</b><span>${verdict}</span></div>`,
  )}</div>`;
}

/** Robustness and performance are no part of conformance and are counted apart. */
function kinds(scenarios: readonly ScenarioResult[]): Html {
  const order: readonly Kind[] = ["conformance", "performance", "robustness"];
  const shown = order
    .map((kind) => ({ kind, members: scenarios.filter(({ tags }) => kindOf(tags) === kind) }))
    .filter(({ members }) => members.length);
  if (shown.length < 2) return raw("");
  return html`<div class="wide"><table class="kinds"><tr><th>kind${listed.map((verdict) => html`<th class="num">${verdict}`)}<th class="num">all</tr>${shown.map(
    ({ kind, members }) => {
      const counts = countsOf(members);
      return html`<tr><td>${kind}${listed.map((verdict) => html`<td class="num">${counts[verdict] || "–"}`)}<td class="num">${members.length}</tr>`;
    },
  )}</table></div>`;
}

const factTable = (rows: readonly (readonly [string, string | number | Html | undefined])[]): Html =>
  html`<table>${rows.filter(([, value]) => value !== undefined && value !== "").map(([name, value]) => html`<tr><th>${name}<td>${value}</tr>`)}</table>`;

function statements(pics: object | undefined, pixit: object | undefined): Html {
  const table = (values: object) =>
    factTable(
      Object.entries(values).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(", ") : typeof value === "object" ? JSON.stringify(value) : String(value),
      ]),
    );
  if (!pics && !pixit) return raw("");
  return html`<details style="margin-top:1rem"><summary>PICS and PIXIT of the profile</summary><div class="facts"><div><h4>PICS: what it can do</h4>${
    pics ? table(pics) : "not given"
  }</div><div><h4>PIXIT: its values and our tolerances</h4>${pixit ? table(pixit) : "not given"}</div></div></details>`;
}

/** Evidence of this many failures is opened at once; of the others when someone asks for it. */
const openAtOnce = 1;

/** Failures after these are one line each until they are opened: a run in which much fails stays readable. */
const unfolded = 12;

/** What failed and why: each with what was required and measured, the evidence, and the command that runs it again. */
export function failures(run: Run, registry: Registry): Html {
  const wanted = run.scenarios.filter(({ verdict }) => needsReading(verdict));
  const ordered = [...wanted].sort((a, b) => bySeverity.indexOf(a.verdict) - bySeverity.indexOf(b.verdict));
  if (ordered.length === 0) return raw("");
  const rows = ordered.map(({ ref, verdict, requirements, name, judgements, reason }) => {
    const bad = judgements.find((each) => each.verdict === verdict);
    const what = bad
      ? html`<td class="val">${bad.required}<td class="val measured">${bad.measured}`
      : html`<td colspan="2">${reason ?? ""}`;
    return html`<tr class="${classOf(verdict)}"><td>${chip(verdict)}<td><a href="#${failureAnchor(ref)}">${name}</a><td>${requirements.map((id) => html`<span class="id">${id}</span> `)}${what}</tr>`;
  });
  const overview = html`<div class="wide"><table><tr><th>verdict<th>scenario<th>requirement<th>required<th>measured</tr>${rows}</table></div>`;
  return html`<h2 id="failures">What did not pass, and why</h2>${ordered.length > 1 && overview}${ordered.map((scenario, index) => failure(scenario, run, registry, index))}`;
}

function failure(scenario: ScenarioResult, run: Run, registry: Registry, index: number): Html {
  const { ref, verdict, feature, place, reason, judgements } = scenario;
  const bad = judgements.filter((each) => each.verdict !== "pass");
  const gists = scenario.requirements.map((id) => {
    const requirement = Object.hasOwn(registry, id) ? registry[id] : undefined;
    return html`<p class="small"><b>${id}</b> ${requirement ? html`${requirement.gist} <span class="muted">${requirement.doc}, ${requirement.status}</span>` : html`<span class="muted">not registered</span>`}</p>`;
  });
  const name = html`${chip(verdict)} ${scenario.name}`;
  const where = html`<p class="where">${place}</p>`;
  const context = html`<p class="muted small">${feature}${scenario.rule ? html` · ${scenario.rule}` : ""}</p>`;
  const why = bad.length > 0 ? bad.map(judged) : html`<p>${reason ?? "No judgement says why."}</p>`;
  const more =
    reason !== undefined && bad.length > 0 && !bad.some((each) => reason.includes(each.measured))
      ? html`<p class="small">${reason}</p>`
      : "";
  const replay = html`<p class="small muted">Run it again:</p><code class="cmd">${replayCommand(place, run.facts)}</code>`;
  const details = html`<details${raw(index < openAtOnce ? " open" : "")}><summary>Evidence</summary><div>${stepList(scenario)}${judgements.length > bad.length ? judgementTable(judgements) : ""}${evidence(scenario)}</div></details>`;
  const body = html`${context}${gists}${why}${more}${replay}${details}`;
  const id = failureAnchor(ref);
  return index < unfolded
    ? html`<article class="card ${classOf(verdict)}" id="${id}">${where}<h3>${name}</h3>${body}</article>`
    : html`<details class="card brief ${classOf(verdict)}" id="${id}"><summary>${name}<span class="where">${place}</span></summary>${body}</details>`;
}

const judged = (each: Judgement): Html =>
  html`<div class="judged"><b>${each.text}</b><dl><dt>required<dd>${each.required}<dt>measured<dd class="measured">${each.measured}<dt>tolerance<dd>${each.tolerance ?? "none"}<dt>at<dd>${(each.t / 1000).toFixed(3)} s${
    each.requirements.length ? html`, for ${each.requirements.join(" ")}` : ""
  }</dl></div>`;

/** Scenarios that were left out, by reason. */
export function notApplicable(scenarios: readonly ScenarioResult[]): Html {
  const left = scenarios.filter(({ verdict }) => verdict === "not applicable");
  if (left.length === 0) return raw("");
  const reasons = new Map<string, number>();
  for (const { reason = "no reason was given" } of left) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const rows = [...reasons].sort((a, b) => b[1] - a[1]);
  return html`<h2 id="left-out">Not applicable</h2><table><tr><th>reason<th class="num">scenarios</tr>${rows.map(([reason, count]) => html`<tr><td>${reason}<td class="num">${count}</tr>`)}</table>`;
}
