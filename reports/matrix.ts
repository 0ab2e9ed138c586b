import { type Verdict, worse } from "../core";
import type { Registry, Requirement } from "../requirements";
import type { ScenarioResult } from "./run";

export interface MatrixScenario {
  readonly ref: string;
  readonly name: string;
  readonly place: string;
  readonly verdict: Verdict;
}

/** One requirement, the scenarios that examine it, and what they say together. */
export interface MatrixRow {
  readonly id: string;
  /** Undefined for an id that no registry knows. */
  readonly requirement: Requirement | undefined;
  /** The worst of its scenarios; nothing where no scenario names the requirement. */
  readonly verdict: Verdict | undefined;
  readonly scenarios: readonly MatrixScenario[];
}

/**
 * Requirements against scenarios: first those that scenarios name, then those of the registry that none does. A scenario says of a
 * requirement what its judgements under that id say; one that failed for another requirement before it came that far is inconclusive for this one.
 */
export function matrixOf(scenarios: readonly ScenarioResult[], registry: Registry): MatrixRow[] {
  const rows = new Map<string, MatrixScenario[]>();
  for (const scenario of scenarios) {
    const { ref, name, place } = scenario;
    for (const id of scenario.requirements) {
      const entry = { ref, name, place, verdict: verdictFor(scenario, id) };
      const row = rows.get(id);
      if (row) row.push(entry);
      else rows.set(id, [entry]);
    }
  }
  const ids = [...rows.keys()].sort(byNumber);
  const untested = Object.keys(registry)
    .filter((id) => !rows.has(id))
    .sort(byNumber);
  return [...ids, ...untested].map((id) => {
    const named = rows.get(id) ?? [];
    const verdict = named.length ? named.map((each) => each.verdict).reduce(worse) : undefined;
    return { id, requirement: Object.hasOwn(registry, id) ? registry[id] : undefined, verdict, scenarios: named };
  });
}

/** `V2G2-85` before `V2G2-443`. */
const byNumber = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });

function verdictFor(scenario: ScenarioResult, id: string): Verdict {
  const about = scenario.judgements
    .filter(({ requirements }) => requirements.includes(id))
    .map(({ verdict }) => verdict);
  const judged = about.length ? about.reduce(worse) : undefined;
  if (scenario.verdict === "inconclusive" || scenario.verdict === "error")
    return judged ? worse(judged, scenario.verdict) : scenario.verdict;
  if (judged) return judged;
  return scenario.verdict === "fail" || scenario.verdict === "fail-perf" ? "inconclusive" : scenario.verdict;
}

/** The matrix for other programs: id, what it demands and whom, how that is known, verdict, scenarios. */
export const matrixJson = (rows: readonly MatrixRow[]): string =>
  `${JSON.stringify(
    rows.map(({ id, requirement, verdict, scenarios }) => ({
      id,
      registered: requirement !== undefined,
      ...requirement,
      verdict: verdict ?? "not covered",
      scenarios: scenarios.map(({ name, place, verdict: said }) => ({ name, place, verdict: said })),
    })),
    undefined,
    1,
  )}\n`;
