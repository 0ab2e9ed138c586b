import { gzipSync } from "node:zlib";
import type { Trace, TraceEvent, Verdict } from "../core";
import { requirementTags } from "../requirements";
import { latencyHistogram } from "./latency";
import { messagesText } from "./messages";
import { pcapng } from "./pcapng";
import { plot } from "./plot";
import { type Captured, portCapture } from "./port-capture";
import type { Judgement, RunFacts } from "./run";
import { sequenceChart } from "./sequence-chart";
import { slacPlot } from "./slac-plot";
import { type Timing, timingsOf } from "./timing";

/** What a worker hands to the coordinator beside files; one such attachment a scenario. */
export const summaryType = "application/vnd.ccs-hil.scenario+json";

/** Runtime messages of Allure, which its cucumber reporter takes from attachments. */
export const allureType = "application/vnd.allure.message+json";

/**
 * Options of the After hook that attaches evidence: under this name Allure's reporter takes the hook for part of the scenario, so that
 * its attachments stand with the steps and its labels count.
 */
export const evidenceHook = { name: "ALLURE_FIXTURE_IGNORE" } as const;

/** Text that viewers show; with its bare name cucumber's formatters would print all of it on the terminal. */
const textType = "text/plain; charset=utf-8";

export interface ScenarioSummary {
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly judgements: readonly Judgement[];
  readonly run?: RunFacts;
  /** Nobody will look closely: it has passed, as most do. */
  readonly brief: boolean;
  /** In ms with three digits, where time was real. */
  readonly timings?: readonly Timing[];
}

export interface ScenarioEvidence {
  readonly verdict: Verdict;
  /** Undefined where no step has needed a bench. */
  readonly trace?: Pick<Trace, "events" | "dropped">;
  /** Frames as they passed the modems' ports, in the time base of the trace; without them the capture is made from the trace. */
  readonly captured?: Captured;
  /** Why the scenario is not applicable, inconclusive or an error. */
  readonly reason?: string;
  readonly tags: readonly string[];
  readonly underTest?: "secc" | "evcc";
  readonly run?: RunFacts;
}

export interface EvidenceOptions {
  /** `some` draws a plot for what did not pass and for `@good-session`; `all` for every scenario with power or pilot in its trace. */
  readonly plots?: "some" | "all";
}

/** As cucumber's World has it. */
export type Attach = (data: Buffer | string, options: { mediaType: string; fileName?: string }) => unknown;

/** Octets and lines of what is kept of a scenario that passed, and of one that is looked into. */
const bounds = {
  brief: { capture: 256 * 1024, lines: 120, rows: 70 },
  full: { capture: 8 * 1024 * 1024, lines: 800, rows: 220 },
} as const;

/**
 * Attaches what a scenario leaves behind: verdict and judgements, decoded messages, a sequence chart and a capture of every scenario
 * with a trace; the whole trace, plots of power and of matches and response times where someone will look closely. What is bulky is packed by gzip, which Wireshark opens as it is.
 * Called once, in an After hook.
 */
export function attachEvidence(attach: Attach, evidence: ScenarioEvidence, options: EvidenceOptions = {}): void {
  const { trace, captured, verdict, reason, tags, run } = evidence;
  const events = trace?.events ?? [];
  const closely = (verdict !== "pass" && verdict !== "not applicable") || tags.includes("@good-session");
  const real = run?.time === "real";
  const timings = closely || real ? timingsOf({ events, captured }, evidence.underTest ?? "secc") : [];
  const summary: ScenarioSummary = {
    verdict,
    ...(reason !== undefined && { reason }),
    judgements: events.filter((event) => event.type === "judgement").map(judgementOf),
    brief: !closely,
    ...(run && { run }),
    ...(real && timings.length > 0 && { timings: timings.map(rounded) }),
  };
  attach(JSON.stringify(summary), { mediaType: summaryType, fileName: "judgements.json" });
  attach(JSON.stringify(allureMessage(evidence)), { mediaType: allureType });
  if (!events.some((event) => event.type !== "judgement")) return;
  const bound = closely ? bounds.full : bounds.brief;
  const dropped = trace?.dropped ? `\n${trace.dropped} further events were not kept\n` : "";
  attach(messagesText(events, { maxLines: bound.lines }) + dropped, {
    mediaType: textType,
    fileName: "messages.txt",
  });
  const chart = sequenceChart(events, {
    maxRows: bound.rows,
    ...(evidence.underTest && { underTest: evidence.underTest }),
  });
  attach(chart, { mediaType: "image/svg+xml", fileName: "sequence.svg" });
  const limits = { maxBytes: bound.capture };
  const capture = captured ? portCapture(captured, limits) : pcapng(events, limits);
  attach(gzipSync(capture), { mediaType: "application/vnd.tcpdump.pcap", fileName: "capture.pcapng.gz" });
  const drawn = events.some((event) => event.type === "power" || event.type === "pilot");
  if (drawn && (closely || options.plots === "all"))
    attach(plot(events), { mediaType: "image/svg+xml", fileName: "plot.svg" });
  const matches = closely || options.plots === "all" ? slacPlot(events, evidence.underTest) : undefined;
  if (matches !== undefined) attach(matches, { mediaType: "image/svg+xml", fileName: "slac.svg" });
  const latency = closely ? latencyHistogram(timings, { fewest: real ? 1 : fewest }) : undefined;
  if (latency !== undefined) attach(latency, { mediaType: "image/svg+xml", fileName: "latency.svg" });
  if (closely) attach(packedTrace(events), { mediaType: "application/gzip", fileName: "trace.jsonl.gz" });
}

/** Of virtual times fewer than these say nothing. */
const fewest = 5;

const rounded = (timing: Timing): Timing => ({
  ...timing,
  times: timing.times.map((time) => Math.round(time * 1000) / 1000),
});

const packedTrace = (events: readonly TraceEvent[]): Buffer =>
  gzipSync(events.map((event) => `${JSON.stringify(event)}\n`).join(""));

function judgementOf(event: TraceEvent & { type: "judgement" }): Judgement {
  const { t, verdict, requirements, text, required, measured, tolerance } = event;
  return { t, verdict, requirements, text, required, measured, ...(tolerance !== undefined && { tolerance }) };
}

/** The reporter knows tags of features and scenarios but not those of rules, which is where requirements stand; so they are said here. */
function allureMessage({ verdict, tags, reason }: ScenarioEvidence): object {
  const labels = [
    { name: "verdict", value: verdict },
    ...requirementTags(tags).map((value) => ({ name: "requirement", value })),
  ];
  return { type: "metadata", data: { labels, ...(reason !== undefined && { description: reason }) } };
}
