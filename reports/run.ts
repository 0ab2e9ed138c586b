import { type EventOf, type Millis, type Verdict, verdicts } from "../core";
import type { Timing } from "./timing";

export type Judgement = Pick<
  EventOf<"judgement">,
  "t" | "verdict" | "requirements" | "text" | "required" | "measured" | "tolerance"
>;

/** What a run was made with; the front page of its report. */
export interface RunFacts {
  /** The side under test: its role, what it is called, and what it says of itself (model, serial number, EVSEID). */
  readonly sut: {
    readonly role: "secc" | "evcc" | "both";
    readonly name: string;
    readonly version?: string;
    readonly identity?: string;
  };
  readonly profile: string;
  readonly bench: string;
  /** Whether times say something about the side under test, or are those of a clock that jumps. */
  readonly time?: "real" | "virtual";
  readonly seed?: number | string;
  readonly pics?: object;
  readonly pixit?: object;
  /** Name of the deviation that the side under test was given, to see it fail. */
  readonly deviation?: string;
  /** World parameters as the run was given them; the command that replays a scenario repeats them. */
  readonly parameters?: object;
}

/** What only the coordinator knows. */
export interface RunFrame {
  readonly harness: string;
  readonly commit: string;
  readonly platform: string;
  /** ISO 8601 with the zone's offset. */
  readonly startedAt: string;
  readonly duration: Millis;
  readonly command: string;
}

/** A file of evidence, packed by gzip. */
export interface EvidenceFile {
  readonly name: string;
  readonly mediaType: string;
  readonly packed: Uint8Array;
}

export interface StepResult {
  readonly text: string;
  readonly status: "passed" | "failed" | "skipped" | "undefined";
  /** Rows of its table, or lines of its text. */
  readonly argument?: readonly (readonly string[])[];
  readonly message?: string;
}

export interface ScenarioResult {
  /** Unique in the run and stable between runs: place of the scenario or of its row. */
  readonly ref: string;
  readonly feature: string;
  readonly rule?: string;
  readonly name: string;
  /** Feature file and line of the scenario, or of the row of its outline. */
  readonly place: string;
  readonly tags: readonly string[];
  readonly requirements: readonly string[];
  readonly verdict: Verdict;
  /** Why it is not applicable, inconclusive or an error. */
  readonly reason?: string;
  readonly duration: Millis;
  readonly steps: readonly StepResult[];
  readonly judgements: readonly Judgement[];
  readonly files: readonly EvidenceFile[];
  /** How long the side under test took, where time was real. */
  readonly timings?: readonly Timing[];
}

export interface Run {
  readonly facts: RunFacts;
  readonly frame: RunFrame;
  readonly scenarios: readonly ScenarioResult[];
}

export type Counts = Record<Verdict, number>;

/** How many scenarios have each of the seven verdicts. */
export function countsOf(scenarios: readonly { readonly verdict: Verdict }[]): Counts {
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Counts;
  for (const { verdict } of scenarios) counts[verdict]++;
  return counts;
}

/** Verdicts from the gravest to those that need no reading. */
export const bySeverity: readonly Verdict[] = [
  "fail",
  "fail-perf",
  "error",
  "inconclusive",
  "pass-tolerant",
  "not applicable",
  "pass",
];

/** Conformance proper and the two kinds that are reported apart from it. */
export type Kind = "conformance" | "performance" | "robustness";

export const kindOf = (tags: readonly string[]): Kind =>
  tags.includes("@performance") ? "performance" : tags.includes("@robustness") ? "robustness" : "conformance";

/** A word of a command line as a shell takes it. */
export const quoted = (word: string): string =>
  /^[\w@%+=,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** Who was under test in these scenarios; what the run says where they do not. */
export function roleOf({ facts, scenarios }: Run): RunFacts["sut"]["role"] {
  const [role, ...others] = (["secc", "evcc"] as const).filter((each) =>
    scenarios.some(({ tags }) => tags.includes(`@sut-${each}`)),
  );
  return role !== undefined && others.length === 0 ? role : facts.sut.role;
}

/** The command line that runs one scenario again as it was run. */
export function replayCommand(place: string, facts: RunFacts): string {
  const given = facts.parameters ?? {
    profile: facts.profile,
    bench: facts.bench,
    ...(facts.seed !== undefined && { seed: facts.seed }),
  };
  return `npx cucumber-js ${quoted(place)} --world-parameters ${quoted(JSON.stringify(given))}`;
}

/** Items by key, in the order in which keys first appear. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
