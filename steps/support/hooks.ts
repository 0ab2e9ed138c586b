import "allure-cucumberjs";
import {
  After,
  AfterAll,
  Before,
  BeforeAll,
  type ITestCaseHookParameter,
  Status,
  setDefaultTimeout,
  setDefinitionFunctionWrapper,
  setParallelCanAssign,
  setWorldConstructor,
} from "@cucumber/cucumber";
import { type Verdict, worse } from "../../core/errors";
import { takePrecedence } from "../../drivers/linux/precedence";
import { attachEvidence, evidenceHook } from "../../reports/evidence";
import { requirementTags } from "../../requirements";
import { reasonAgainst, sutOf } from "./applicability";
import { judgeFeeding } from "./feeding";
import type { RunParameters } from "./parameters";
import { carFor, factsOf, profileOf } from "./profile";
import { Stand } from "./qca7000/stand";
import { Rig } from "./veth/rig";
import { asStep } from "./when-built";
import { HarnessWorld, setTiming } from "./world";

setWorldConstructor(HarnessWorld);
// Every wait has its own limit in the bench's time; cucumber's wall clock has no say.
setDefaultTimeout(-1);
setDefinitionFunctionWrapper(asStep);

BeforeAll(function () {
  const { profile, bench } = this.parameters as unknown as RunParameters;
  if (bench !== "virtual") takePrecedence();
  setTiming(profileOf(profile).pixit.timeTolerance);
});

/** What measures milliseconds or load has the machine to itself. */
const exclusive = (pickle: { readonly tags: readonly { readonly name: string }[] }): boolean =>
  pickle.tags.some(({ name }) => name === "@exclusive");
setParallelCanAssign(
  (next, running) => running.length === 0 || !(exclusive(next) || running.some((pickle) => exclusive(pickle))),
);

AfterAll(() => Promise.all([Rig.endAll(), Stand.endAll()]));

// A worker whose coordinator was killed would go on with nobody to tell: it ends, and takes with it what it has made.
process.once("disconnect", () => process.exit(1));

const tagsOf = ({ pickle }: ITestCaseHookParameter): string[] => pickle.tags.map(({ name }) => name);

Before(function (this: HarnessWorld, scenario: ITestCaseHookParameter) {
  const tags = tagsOf(scenario);
  this.sut = sutOf(tags);
  this.requirements = requirementTags(tags);
  this.needs = tags.filter((tag) => tag.startsWith("@needs-"));
  this.reason = reasonAgainst(tags, this.parameters);
  if (this.sut === "secc") Object.assign(this.evcc, carFor(this.parameters));
  return this.reason === undefined ? undefined : "skipped";
});

After(evidenceHook, async function (this: HarnessWorld, scenario: ITestCaseHookParameter) {
  await this.close();
  const { verdict, reason } = verdictOf(this, scenario);
  const { plots } = this.parameters;
  if (plots === "none") return;
  const evidence = { verdict, tags: tagsOf(scenario), underTest: this.sut, run: factsOf(this.parameters, "both") };
  attachEvidence(
    (data, options) => (typeof data === "string" ? this.attach(data, options) : this.attach(data, options)),
    {
      ...evidence,
      ...(this.trace && { trace: this.trace }),
      ...(this.trace && this.bench.captured && { captured: this.bench.captured }),
      ...(reason !== undefined && { reason }),
    },
    { plots: plots ?? "some" },
  );
});

/** A judgement has said it, or the kind of the error says who is to blame. */
function verdictOf(world: HarnessWorld, { result }: ITestCaseHookParameter): { verdict: Verdict; reason?: string } {
  if (world.reason !== undefined) return { verdict: "not applicable", reason: world.reason };
  if (!result || result.status === Status.PASSED) return { verdict: world.verdict };
  const { exception } = result;
  if (exception?.type === "NotPassed") return { verdict: world.verdict };
  const reason = exception?.message ?? `cucumber: ${result.status}`;
  return { verdict: worse(world.verdict, exception?.type === "Inconclusive" ? "inconclusive" : "error"), reason };
}

/** Runs before the hook above: whatever a scenario was about, power goes only where it may (HIL-S27). */
After(function (this: HarnessWorld, { result }: ITestCaseHookParameter) {
  if (this.sut === "secc" && this.sees && result?.status === Status.PASSED) judgeFeeding(this, true);
});
