import type { Verdict } from "../core";
import { anchor, chip, type Html, html, raw } from "./page";
import {
  bySeverity,
  countsOf,
  type EvidenceFile,
  groupBy,
  type Judgement,
  type ScenarioResult,
  type StepResult,
} from "./run";

/** Files that the page shows; all others are offered for saving. */
const labels: Readonly<Record<string, string>> = {
  "sequence.svg": "Sequence",
  "messages.txt": "Messages",
  "plot.svg": "Plot",
  "slac.svg": "SLAC",
  "latency.svg": "Response times",
};

export const scenarioAnchor = (ref: string): string => `s-${anchor(ref)}`;
export const failureAnchor = (ref: string): string => `f-${anchor(ref)}`;

/** Verdicts whose scenarios stand on the front page with their evidence. */
export const needsReading = (verdict: Verdict): boolean =>
  verdict === "fail" || verdict === "fail-perf" || verdict === "error" || verdict === "inconclusive";

export const durationText = (ms: number): string =>
  ms < 1000 ? `${Math.round(ms)} ms` : ms < 120_000 ? `${(ms / 1000).toFixed(1)} s` : `${(ms / 60_000).toFixed(1)} min`;

/** Evidence of a scenario, packed: shown and saved by the page's script. */
export function evidence(scenario: ScenarioResult): Html {
  if (scenario.files.length === 0) return html`<p class="muted small">No bench was needed; there is no trace.</p>`;
  const order = (file: EvidenceFile) => Object.keys(labels).indexOf(file.name) + 1 || 9;
  const files = [...scenario.files].sort((a, b) => order(a) - order(b)).map((file) => packed(scenario, file));
  return html`<div class="ev"><div class="tabs"></div><div class="view"></div>${files}</div>`;
}

function packed(scenario: ScenarioResult, file: EvidenceFile): Html {
  const { name, mediaType } = file;
  const saved = `${anchor(scenario.place)}-${name}`;
  const data = html`data-name="${name}" data-file="${saved}" data-type="${mediaType}" data-label="${labels[name] ?? ""}"`;
  return html`<script type="application/gzip" ${data}>${raw(Buffer.from(file.packed).toString("base64"))}</script>`;
}

/** What was judged: required, measured, tolerance. */
export const judgementTable = (judgements: readonly Judgement[]): Html =>
  judgements.length === 0
    ? html`<p class="muted">Nothing was judged.</p>`
    : html`<div class="wide"><table><tr><th>judgement<th>required<th>measured<th>tolerance<th>requirement<th class="num">at<th></tr>${judgements.map(
        (each) =>
          html`<tr><td>${each.text}<td class="val">${each.required}<td class="val">${each.measured}<td>${each.tolerance ?? "–"}<td>${each.requirements.join(" ")}<td class="num">${(each.t / 1000).toFixed(3)} s<td>${chip(each.verdict)}</tr>`,
      )}</table></div>`;

export const stepList = (scenario: ScenarioResult): Html =>
  html`<ul class="steps">${scenario.steps.map((step) => html`<li class="${step.status}">${step.text}${argument(step)}</li>`)}</ul>`;

const argument = ({ argument: rows }: StepResult): Html | false =>
  rows !== undefined &&
  html`<table>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}`)}</tr>`)}</table>`;

function entry(scenario: ScenarioResult): Html {
  const { ref, verdict, name, requirements, duration, place, reason, tags } = scenario;
  const text = [name, scenario.feature, scenario.rule ?? "", place, ...tags].join(" ");
  const moved = html`<p><a href="#${failureAnchor(ref)}">What went wrong, and the evidence</a></p>`;
  return html`<details class="s" id="${scenarioAnchor(ref)}" data-v="${verdict}" data-text="${text}"><summary>${chip(verdict)}<span class="n">${name}</span><span class="ids">${requirements.join(" ")}</span><span class="d">${durationText(duration)}</span></summary><div>${
    reason !== undefined && html`<p>${reason}</p>`
  }<p class="muted small">${place} ${tags.join(" ")}</p>${stepList(scenario)}${
    verdict === "not applicable" ? "" : judgementTable(scenario.judgements)
  }${verdict === "not applicable" ? "" : needsReading(verdict) ? moved : evidence(scenario)}</div></details>`;
}

/** All scenarios by feature and rule, with a filter. */
export function scenarioSection(scenarios: readonly ScenarioResult[]): Html {
  const counts = countsOf(scenarios);
  const buttons = bySeverity
    .filter((verdict) => counts[verdict] > 0)
    .map(
      (verdict) =>
        html`<button type="button" data-v="${verdict}" aria-pressed="false">${verdict} ${counts[verdict]}</button>`,
    );
  const features = groupBy(scenarios, (scenario) => scenario.feature);
  return html`<h2 id="scenarios">Scenarios</h2><div class="filter"><input id="words" type="search" placeholder="name, requirement, tag, file …" aria-label="Filter scenarios">${buttons}<span class="muted small" id="shown"></span></div>${[
    ...features,
  ].map(([feature, members]) => html`<section class="group"><h3>${feature}</h3>${rules(members)}</section>`)}`;
}

const rules = (members: readonly ScenarioResult[]): Html[] =>
  [...groupBy(members, (scenario) => scenario.rule ?? "")].map(
    ([rule, scenarios]) => html`<div class="group">${rule && html`<h4>${rule}</h4>`}${scenarios.map(entry)}</div>`,
  );
