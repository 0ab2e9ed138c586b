import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import type { Envelope } from "@cucumber/messages";
import { carDeviations } from "../evcc/deviations";
import { stationDeviations } from "../secc/deviations";
import { reasonAgainst } from "../steps/support/applicability";
import type { RunParameters } from "../steps/support/parameters";
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
  "matches-once",
  "matches-once-only",
];

/** What became of one scenario: killed the deviation, or why not. */
type Outcome = "killed" | string;

/** What a share of the deviations has shown. */
interface Share {
  readonly killed: number;
  /** Scenarios that were seen to fail. */
  readonly covered: readonly string[];
}

interface Call {
  readonly profile?: string;
  readonly names: readonly string[];
  /** `i/n`: one of n processes, for every n-th deviation. */
  readonly part?: string;
}

function callOf(words: readonly string[]): Call {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { profile: { type: "string", short: "p" }, part: { type: "string" } },
    allowPositionals: true,
  });
  const { profile, part } = values;
  const names = positionals.length > 0 || profile === undefined ? positionals : inRealTime;
  return { names, ...(profile !== undefined && { profile }), ...(part !== undefined && { part }) };
}

async function main(words: readonly string[]): Promise<void> {
  // A step that waits for what never comes lets the process end in the middle: that is no success.
  process.exitCode = 1;
  const call = callOf(words);
  const features = await Features.load(call.profile);
  const { examples, beyond } = applicable(await features.examples(), features.worldParameters as RunParameters);
  const elsewhere = all.filter((faulty) => isFor(faulty, beyond) && !isFor(faulty, examples));
  const chosen = all
    .filter(({ name }) => call.names.length === 0 || call.names.includes(name))
    .filter((faulty) => !elsewhere.includes(faulty));
  if (call.part === undefined) tellOf(elsewhere, call);
  if (call.part !== undefined) {
    const [index, parts] = call.part.split("/").map(Number);
    const mine = chosen.filter((_, at) => at % (parts ?? 1) === index);
    const share = await tryAll(features, examples, mine, call);
    return void process.send?.(share, () => process.exit(0));
  }
  const several = call.profile === undefined && chosen.length > 20;
  const { killed, covered } = several ? await spread(words) : await tryAll(features, examples, chosen, call);
  const seen = new Set(covered);
  const uncovered =
    call.names.length > 0 ? [] : examples.filter((example) => judges(example) && !seen.has(key(example)));
  for (const { uri, line, name } of uncovered) console.log(`NO DEVIATION FAILS IT: ${uri}:${line} ${name}`);
  if (uncovered.length > 0)
    console.log(`${uncovered.length} of ${examples.length} scenarios have not been seen to fail`);
  console.log(`${chosen.length} deviations, ${killed} killed`);
  process.exitCode = killed < chosen.length || uncovered.length > 0 ? 1 : 0;
}

/** A process for each core, up to four. */
async function spread(words: readonly string[]): Promise<Share> {
  const parts = Math.min(4, availableParallelism());
  const crew = Array.from({ length: parts }, (_, index) => {
    const child = fork(__filename, [...words, "--part", `${index}/${parts}`], { execArgv: ["-r", "ts-node/register"] });
    return new Promise<Share>((resolve, reject) => {
      child.once("message", (share) => resolve(share as Share));
      child.once("exit", (code) => reject(new Error(`a part of the self-test ended with ${code} before its end`)));
    });
  });
  const shares = await Promise.all(crew);
  return {
    killed: shares.reduce((sum, { killed }) => sum + killed, 0),
    covered: shares.flatMap(({ covered }) => covered),
  };
}

async function tryAll(
  features: Features,
  examples: readonly Example[],
  chosen: readonly Faulty[],
  { profile }: Call,
): Promise<Share> {
  const covered = new Set<string>();
  let killed = 0;
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
  return { killed, covered: [...covered] };
}

/** What this bench cannot do is tried on another. */
function applicable(examples: readonly Example[], parameters: RunParameters) {
  const cannot = new Set(examples.filter(({ tags }) => reasonAgainst(tags, parameters) !== undefined));
  return { examples: examples.filter((it) => !cannot.has(it)), beyond: [...cannot] };
}

const isFor = (faulty: Faulty, examples: readonly Example[]): boolean => targetsOf(faulty, examples).length > 0;

/** Left out here are those alone that are killed where time is real. @throws Error for one that nobody tries */
function tellOf(elsewhere: readonly Faulty[], { names, profile }: Call): void {
  for (const { name, gist, requirement } of elsewhere) {
    if (names.length > 0 && !names.includes(name)) continue;
    if (profile === undefined && !inRealTime.includes(name)) throw new Error(`no bench tries ${name}`);
    console.log(`ELSEWHERE ${name} [${requirement}]: ${gist} (npm run selftest -- -p veth ${name})`);
  }
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

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
