import { gzipSync } from "node:zlib";
import type { Envelope, Pickle, PickleStep, TestCase, TestStepResult, Timestamp } from "@cucumber/messages";
import { type Verdict, worse } from "../../core";
import { requirementTags } from "../../requirements";
import { type ScenarioSummary, summaryType } from "../evidence";
import type { EvidenceFile, RunFacts, ScenarioResult, StepResult } from "../run";
import { Places } from "./places";

interface Attempt {
  readonly testCase: TestCase;
  readonly started: Timestamp;
  readonly results: Map<string, TestStepResult>;
  readonly files: EvidenceFile[];
  summary?: ScenarioSummary;
}

const millis = (time: Timestamp): number => time.seconds * 1000 + time.nanos / 1e6;

/** Gathers what a run of cucumber tells into results of scenarios. Evidence is packed as it comes in. */
export class Collector {
  readonly scenarios: ScenarioResult[] = [];
  facts: RunFacts | undefined;
  private readonly places = new Places();
  private readonly attempts = new Map<string, Attempt>();

  take(envelope: Envelope): void {
    this.places.take(envelope);
    const { testCaseStarted, attachment, testStepFinished, testCaseFinished } = envelope;
    if (testCaseStarted) {
      const started = testCaseStarted.timestamp;
      const of = this.places.testCase(testCaseStarted.testCaseId);
      if (of) this.attempts.set(testCaseStarted.id, { testCase: of, started, results: new Map(), files: [] });
    } else if (attachment?.testCaseStartedId) this.attach(attachment.testCaseStartedId, attachment);
    else if (testStepFinished) {
      this.attempts
        .get(testStepFinished.testCaseStartedId)
        ?.results.set(testStepFinished.testStepId, testStepFinished.testStepResult);
    } else if (testCaseFinished) {
      const attempt = this.attempts.get(testCaseFinished.testCaseStartedId);
      this.attempts.delete(testCaseFinished.testCaseStartedId);
      if (attempt && !testCaseFinished.willBeRetried) this.finish(attempt, testCaseFinished.timestamp);
    }
  }

  private attach(
    id: string,
    { body, contentEncoding, mediaType, fileName }: NonNullable<Envelope["attachment"]>,
  ): void {
    const attempt = this.attempts.get(id);
    if (!attempt) return;
    const octets = Buffer.from(body, contentEncoding === "BASE64" ? "base64" : "utf8");
    if (mediaType === summaryType) {
      const summary: ScenarioSummary = JSON.parse(octets.toString());
      attempt.summary = summary;
      this.facts ??= summary.run;
    } else if (fileName?.endsWith(".gz")) {
      const type = mediaType === "application/gzip" ? "application/x-ndjson" : mediaType;
      attempt.files.push({ name: fileName.slice(0, -3), mediaType: type, packed: octets });
    } else if (fileName) attempt.files.push({ name: fileName, mediaType, packed: gzipSync(octets) });
  }

  private finish(attempt: Attempt, ended: Timestamp): void {
    const pickle = this.places.pickle(attempt.testCase);
    if (!pickle) return;
    const place = this.places.of(pickle);
    const tags = pickle.tags.map(({ name }) => name);
    const steps = this.steps(attempt, pickle);
    const { verdict, reason } = conclude([...attempt.results.values()], steps, attempt.summary);
    this.scenarios.push({
      ref: `${pickle.uri}-${place?.line ?? pickle.id}`,
      feature: place?.feature ?? pickle.uri,
      ...(place?.rule !== undefined && { rule: place.rule }),
      name: pickle.name,
      place: `${pickle.uri}:${place?.line ?? 1}`,
      tags,
      requirements: requirementTags(tags),
      verdict,
      ...(reason !== undefined && { reason }),
      duration: millis(ended) - millis(attempt.started),
      steps,
      judgements: attempt.summary?.judgements ?? [],
      files: attempt.files,
      ...(attempt.summary?.timings && { timings: attempt.summary.timings }),
    });
  }

  private steps(attempt: Attempt, pickle: Pickle): StepResult[] {
    return attempt.testCase.testSteps.flatMap(({ id, pickleStepId }) => {
      const step = pickle.steps.find((each) => each.id === pickleStepId);
      if (!step) return [];
      const result = attempt.results.get(id);
      const keyword = this.places.node(step.astNodeIds[0])?.keyword ?? "";
      const message = result?.message;
      const argument = argumentOf(step);
      return [
        {
          text: `${keyword}${step.text}`,
          status: statusOf(result),
          ...(message !== undefined && { message }),
          ...(argument && { argument }),
        },
      ];
    });
  }
}

function argumentOf({ argument }: PickleStep): string[][] | undefined {
  if (argument?.dataTable) return argument.dataTable.rows.map(({ cells }) => cells.map(({ value }) => value));
  return argument?.docString?.content.split("\n").map((line) => [line]);
}

function statusOf(result: TestStepResult | undefined): StepResult["status"] {
  if (result?.status === "PASSED") return "passed";
  if (result?.status === "FAILED") return "failed";
  return result === undefined || result.status === "SKIPPED" ? "skipped" : "undefined";
}

const firstLine = (text: string | undefined): string => (text ?? "").split("\n")[0]!.trim();

/** What cucumber saw and what the harness judged, together; where they contradict each other the harness is at fault. */
function conclude(
  results: readonly TestStepResult[],
  steps: readonly StepResult[],
  summary: ScenarioSummary | undefined,
): { verdict: Verdict; reason?: string } {
  const missing = steps.find(({ status }) => status === "undefined");
  if (missing) return { verdict: "error", reason: `no single definition of the step: ${missing.text}` };
  const failed = results.find(({ status }) => status === "FAILED");
  const reason = summary?.reason ?? (failed ? firstLine(failed.message) : undefined);
  const because = reason ? { reason } : {};
  if (!summary) return { verdict: "error", reason: reason ?? "no evidence was attached" };
  const good =
    summary.verdict === "pass" || summary.verdict === "pass-tolerant" || summary.verdict === "not applicable";
  if (failed && good) return { verdict: worse(summary.verdict, "error"), ...because };
  const skipped = results.some(({ status }) => status === "SKIPPED") && !failed;
  if (skipped && good) return { verdict: "not applicable", reason: reason ?? "skipped without a reason" };
  return { verdict: summary.verdict, ...because };
}
