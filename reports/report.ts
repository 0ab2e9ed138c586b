import type { Registry } from "../requirements";
import { failures, frontPage, notApplicable } from "./front-page";
import { type MatrixRow, matrixOf } from "./matrix";
import { chip, type Html, html, page, raw } from "./page";
import { bySeverity, countsOf, type Run } from "./run";
import { needsReading, scenarioAnchor, scenarioSection } from "./scenario-section";
import { timingSection } from "./timing-section";

/** Scenarios of one requirement that the matrix shows singly. */
const mostDots = 80;

/** Octets of packed traces that the page takes up, those of the first failures before others. */
const mostTraces = 12 * 1024 * 1024;

/** The run without the traces that would make its page unwieldy; a run on the virtual bench can be repeated to have them. */
function bounded(run: Run): Run {
  let octets = 0;
  const urgent = [...run.scenarios].sort((a, b) => bySeverity.indexOf(a.verdict) - bySeverity.indexOf(b.verdict));
  const dropped = new Set(
    urgent
      .flatMap(({ files }) => files.filter(({ name }) => name === "trace.jsonl"))
      .filter(({ packed }) => {
        octets += packed.length;
        return octets > mostTraces;
      }),
  );
  if (dropped.size === 0) return run;
  return {
    ...run,
    scenarios: run.scenarios.map((each) => ({ ...each, files: each.files.filter((file) => !dropped.has(file)) })),
  };
}

/** The whole report of a run as one page that needs nothing else: front page, failures, matrix, scenarios with their evidence. */
export function report(whole: Run, registry: Registry): string {
  const run = bounded(whole);
  const { scenarios, facts } = run;
  const rows = matrixOf(scenarios, registry);
  const links = [
    ...(scenarios.some(({ verdict }) => needsReading(verdict))
      ? [html`<a href="#failures">What did not pass</a>`]
      : []),
    ...(scenarios.some(({ timings }) => timings !== undefined) ? [html`<a href="#times">Times</a>`] : []),
    html`<a href="#matrix">Requirements</a>`,
    ...(countsOf(scenarios)["not applicable"] ? [html`<a href="#left-out">Not applicable</a>`] : []),
    html`<a href="#scenarios">Scenarios</a>`,
  ];
  const body = html`<nav><div><b>${facts.sut.name}</b>${links}</div></nav><main>${frontPage(run)}${failures(run, registry)}${timingSection(run)}${matrixSection(rows, true)}${notApplicable(scenarios)}${scenarioSection(scenarios)}</main>`;
  return page(`${facts.sut.name} · conformance report`, body);
}

/** The requirement matrix as a page of its own. */
export function matrixPage(run: Run, registry: Registry): string {
  const title = `${run.facts.sut.name} · requirement matrix`;
  const subtitle = html`<p class="muted">${run.frame.startedAt} · profile ${run.facts.profile} · ${run.frame.commit}</p>`;
  const body = html`<main><p class="eyebrow">Requirement matrix</p><h1>${run.facts.sut.name}</h1>${subtitle}${matrixSection(matrixOf(run.scenarios, registry), false)}</main>`;
  return page(title, body);
}

function matrixSection(rows: readonly MatrixRow[], linked: boolean): Html {
  const tested = rows.filter(({ scenarios }) => scenarios.length > 0);
  const untested = rows.filter(({ scenarios }) => scenarios.length === 0);
  const unknown = tested.filter(({ requirement }) => !requirement);
  const counts = bySeverity
    .map((verdict) => ({ verdict, count: tested.filter((row) => row.verdict === verdict).length }))
    .filter(({ count }) => count);
  return html`<h2 id="matrix">Requirements</h2><p>${tested.length} requirements are examined by this run: ${counts.map(({ verdict, count }) => html`${chip(verdict)} ${count} `)}</p>${
    unknown.length > 0 &&
    html`<p class="v-error" style="color:var(--c)">Not registered: ${unknown.map(({ id }) => id).join(" ")}</p>`
  }<div class="wide"><table class="matrix"><tr><th>requirement<th>gist<th>binds<th>verdict<th style="width:30%">scenarios</tr>${tested.map((row) => matrixRow(row, linked))}</table></div>${
    untested.length > 0 &&
    html`<details style="margin-top:1rem"><summary>${untested.length} registered requirements that no scenario of this run examines</summary><table class="matrix">${untested.map(
      ({ id, requirement }) =>
        html`<tr><td>${id}<td class="gist">${requirement?.gist} <small>${requirement?.doc}, ${requirement?.level}, ${requirement?.status}</small><td>${requirement?.binds}</tr>`,
    )}</table></details>`
  }`;
}

function matrixRow(row: MatrixRow, linked: boolean): Html {
  const { id, requirement, verdict, scenarios } = row;
  const ordered = [...scenarios].sort((a, b) => bySeverity.indexOf(a.verdict) - bySeverity.indexOf(b.verdict));
  const dots = ordered.slice(0, mostDots).map(({ ref, name, place, verdict: said }) => {
    const href = linked ? html`href="#${scenarioAnchor(ref)}"` : raw("");
    return html`<a class="v-${said.replaceAll(" ", "-")}" ${href} title="${said}: ${name} (${place})"></a>`;
  });
  const rest = ordered.length > mostDots && html`<span class="small muted">+${ordered.length - mostDots}</span>`;
  const gist = requirement
    ? html`${requirement.gist} <small>${requirement.doc}, ${requirement.level}, ${requirement.status}</small>`
    : html`<small>not registered</small>`;
  return html`<tr id="r-${id}"><td>${id}<td class="gist">${gist}<td>${requirement?.binds ?? ""}<td>${chip(verdict ?? "not covered")}<td><div class="dots">${dots}${rest}</div></tr>`;
}
