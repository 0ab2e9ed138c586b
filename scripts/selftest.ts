import { parseArgs } from "node:util";
import type { Envelope } from "@cucumber/messages";
import { carDeviations } from "../evcc/deviations";
import { stationDeviations } from "../secc/deviations";
import { type Example, Features, pathsOf } from "./features";

/**
 * `npm run selftest [-- -p PROFILE] [NAME…]`: each deviation is put in the place of the side under test, and every scenario that judges the
 * requirement it breaks has to fail, in a Then step and with a verdict against the peer. A deviation that passes, or a scenario
 * that no deviation fails, ends with exit code 1.
 */
interface Faulty {
  readonly name: string;
  readonly gist: string;
  readonly requirement: string;
  readonly scenarios?: readonly string[];
  readonly sut: "secc" | "evcc";
}

const all: readonly Faulty[] = [
  ...stationDeviations.map((deviation) => ({ ...deviation, sut: "secc" as const })),
  ...carDeviations.map((deviation) => ({ ...deviation, sut: "evcc" as const })),
];

/** One of each layer: where time is real, that the scenarios see what the process at the other end does is what has to be shown. */
const inRealTime = [
  "takes-a-segment-for-a-frame",
  "answers-a-wrong-header",
  "promises-tls",
  "takes-the-lowest-priority",
  "takes-zero-for-its-session",
  "calls-with-10-percent",
  "charges-on-in-state-E",
  "confirms-any-match",
  "stays-in-B",
  "derives-the-nid-itself",
];

/** What became of one scenario: killed the deviation, or why not. */
type Outcome = "killed" | string;

async function main(words: readonly string[]): Promise<void> {
  // A step that waits for what never comes lets the process end in the middle: that is no success.
  process.exitCode = 1;
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { profile: { type: "string", short: "p" } },
    allowPositionals: true,
  });
  const { profile } = values;
  const features = await Features.load(profile);
  const names = positionals.length > 0 || profile === undefined ? positionals : inRealTime;
  const examples = await features.examples();
  const covered = new Set<string>();
  let killed = 0;
  const chosen = all.filter(({ name }) => names.length === 0 || names.includes(name));
  for (const deviation of chosen) {
    const wanted = targetsOf(deviation, examples);
    const outcomes = wanted.length > 0 ? await tryOn(features, deviation, wanted) : new Map();
    // Where a profile chooses among the cases of a rule, the others are not to be run.
    const targets = profile === undefined ? wanted : wanted.filter((target) => outcomes.has(key(target)));
    const survived = targets.filter((target) => outcomes.get(key(target)) !== "killed");
    for (const target of targets) if (outcomes.get(key(target)) === "killed") covered.add(key(target));
    if (targets.length > 0 && survived.length === 0) killed++;
    report(deviation, targets, survived, outcomes);
  }
  const uncovered = names.length > 0 ? [] : examples.filter((example) => judges(example) && !covered.has(key(example)));
  for (const { uri, line, name } of uncovered) console.log(`NO DEVIATION FAILS IT: ${uri}:${line} ${name}`);
  if (uncovered.length > 0)
    console.log(`${uncovered.length} of ${examples.length} scenarios have not been seen to fail`);
  console.log(`${chosen.length} deviations, ${killed} killed`);
  process.exitCode = killed < chosen.length || uncovered.length > 0 ? 1 : 0;
}

const key = ({ uri, line }: Pick<Example, "uri" | "line">): string => `${uri}:${line}`;
const judges = ({ pickle }: Example): boolean => pickle.steps.some(({ type }) => type === "Outcome");

const targetsOf = ({ sut, requirement, scenarios }: Faulty, examples: readonly Example[]): Example[] =>
  examples
    .filter(({ tags }) => tags.includes(`@sut-${sut}`) && tags.includes(`@${requirement}`))
    .filter(({ scenario, name }) => !scenarios || scenarios.includes(scenario) || scenarios.includes(name));

/** Runs the targets against the deviation; the outcome of each by its place. */
async function tryOn(features: Features, { name }: Faulty, targets: readonly Example[]): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  const cases = new Map<string, { example: Example; steps: ReadonlyMap<string, string> }>();
  const started = new Map<string, string>();
  const byPickle = new Map<string, Example>();
  await features.run(pathsOf(targets), { deviation: name, plots: "none" }, (envelope: Envelope) => {
    const { pickle, testCase, testCaseStarted, testStepFinished, testCaseFinished } = envelope;
    if (pickle) {
      const same = targets.find(
        (target) => target.uri === pickle.uri && target.name === pickle.name && sameSteps(target, pickle),
      );
      if (same) byPickle.set(pickle.id, same);
    }
    const example = testCase && byPickle.get(testCase.pickleId);
    if (example) {
      const types = new Map(example.pickle.steps.map((step, index) => [index, step.type as string]));
      const pickled = testCase.testSteps.filter(({ pickleStepId }) => pickleStepId !== undefined);
      cases.set(testCase.id, { example, steps: new Map(pickled.map(({ id }, index) => [id, types.get(index) ?? ""])) });
    }
    if (testCaseStarted) started.set(testCaseStarted.id, testCaseStarted.testCaseId);
    const running = (id: string | undefined) => cases.get(started.get(id ?? "") ?? "");
    const { status, exception } = testStepFinished?.testStepResult ?? {};
    const failing = running(testStepFinished?.testCaseStartedId);
    if (testStepFinished && failing && status === "FAILED" && !outcomes.has(key(failing.example))) {
      const where = failing.steps.get(testStepFinished.testStepId) ?? "a hook";
      const judged = where === "Outcome" && exception?.type === "NotPassed";
      outcomes.set(
        key(failing.example),
        judged ? "killed" : `failed in ${where}, not by a judgement: ${exception?.message ?? ""}`,
      );
    }
    const finished = running(testCaseFinished?.testCaseStartedId);
    if (finished && !outcomes.has(key(finished.example))) outcomes.set(key(finished.example), "passed");
  });
  return outcomes;
}

const sameSteps = (target: Example, pickle: Example["pickle"]): boolean =>
  target.pickle.steps.map(({ text }) => text).join("\n") === pickle.steps.map(({ text }) => text).join("\n") &&
  JSON.stringify(target.pickle.steps.map(({ argument }) => argument)) ===
    JSON.stringify(pickle.steps.map(({ argument }) => argument));

function report(
  { name, gist, requirement }: Faulty,
  targets: readonly Example[],
  survived: readonly Example[],
  outcomes: ReadonlyMap<string, Outcome>,
): void {
  const state = targets.length === 0 ? "MATCHES NOTHING" : survived.length === 0 ? "killed" : "SURVIVES";
  console.log(
    `${state.padEnd(8)} ${name} [${requirement}] ${targets.length - survived.length}/${targets.length}: ${gist}`,
  );
  for (const target of survived) {
    console.log(
      `    ${target.uri}:${target.line} ${target.name}: ${(outcomes.get(key(target)) ?? "did not run").split("\n")[0]}`,
    );
  }
}

void main(process.argv.slice(2));
