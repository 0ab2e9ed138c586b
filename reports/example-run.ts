import { gzipSync } from "node:zlib";
import type { Verdict } from "../core";
import { defaultStatement, requirementTags } from "../requirements";
import { attachEvidence, type ScenarioSummary, summaryType } from "./evidence";
import { charge, goodSession, match, prepare, Scene, setUp } from "./example-session";
import type { EvidenceFile, Run, ScenarioResult } from "./run";

/** A made-up run with every verdict, for tests and previews of reports. No peer takes part. */
interface Example {
  readonly name: string;
  readonly feature: string;
  readonly rule: string;
  readonly tags: readonly string[];
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly scene?: () => Scene;
}

const judged = (
  scene: Scene,
  verdict: Verdict,
  requirement: string,
  text: string,
  required: string,
  measured: string,
  tolerance?: string,
): Scene => {
  const judgement = { verdict, requirements: [requirement], text, required, measured };
  scene.trace.record("bench", { type: "judgement", ...judgement, ...(tolerance !== undefined && { tolerance }) });
  return scene;
};

function silent(): Scene {
  const scene = setUp(match(new Scene()));
  const name = "V2G_SECC_Sequence_Timeout";
  scene.trace.record("secc", { type: "timer", name, op: "arm", ms: 60_000 });
  scene.trace.record("bench", { type: "stimulus", what: "the vehicle sends nothing more" });
  scene.wait(60_000).trace.record("secc", { type: "timer", name, op: "expire", ms: 60_000 });
  scene.wait(1500);
  return judged(
    scene,
    "fail",
    "V2G2-443",
    "the SECC closes the connection",
    "60 s after its last response",
    "still open after 61.5 s",
    "± 10 ms",
  );
}

function wrongState(answer: string, verdict: Verdict): Scene {
  const scene = setUp(match(new Scene()));
  scene.trace.record("bench", { type: "stimulus", what: "CurrentDemandReq instead of PaymentServiceSelectionReq" });
  scene.exchange("CurrentDemand", {}, { ResponseCode: answer });
  return judged(scene, verdict, "V2G2-459", "ResponseCode of CurrentDemandRes", "FAILED_SequenceError", answer)
    .wait(20)
    .close("secc");
}

function slow(): Scene {
  const scene = charge(prepare(setUp(match(new Scene()))), 12);
  scene.exchange("CurrentDemand", {}, {}, 41);
  return judged(scene, "fail-perf", "HIL-TM08", "time to CurrentDemandRes", "at most 25 ms", "41.4 ms", "10 ms");
}

const passed = (requirement: string, scene: () => Scene) => () =>
  judged(scene(), "pass", requirement, "the session ends as asked", "SessionStopRes OK", "SessionStopRes OK");

const short = () => wrongState("FAILED_SequenceError", "pass");

const examples: readonly Example[] = [
  {
    name: "The vehicle falls silent",
    feature: "SECC sequence timeout",
    rule: "The SECC ends an abandoned session after 60 s",
    tags: ["@V2G2-443"],
    verdict: "fail",
    scene: silent,
  },
  {
    name: "CurrentDemandReq while PaymentServiceSelectionReq is awaited",
    feature: "Sequence errors",
    rule: "An unexpected request is refused",
    tags: ["@V2G2-459", "@V2G2-538"],
    verdict: "fail",
    scene: () => wrongState("OK", "fail"),
  },
  {
    name: "A slow response in the charge loop",
    feature: "Performance",
    rule: "Responses in the charge loop arrive in time",
    tags: ["@HIL-TM08", "@performance"],
    verdict: "fail-perf",
    scene: slow,
  },
  {
    name: "Resume of a paused session",
    feature: "Pause",
    rule: "A paused session is joined by its id",
    tags: ["@V2G2-754"],
    verdict: "inconclusive",
    reason: "could not bring about: a paused session (the station answered SessionStopReq with FAILED)",
    scene: () => setUp(match(new Scene())),
  },
  {
    name: "Certificate of the contract",
    feature: "Plug and charge",
    rule: "Contract certificates are checked",
    tags: ["@V2G2-475"],
    verdict: "not applicable",
    reason: "PICS: identification has no PnC",
  },
  {
    name: "A step nobody wrote",
    feature: "Sequence errors",
    rule: "An unexpected request is refused",
    tags: ["@V2G2-539"],
    verdict: "error",
    reason: "undefined step: Then the moon rises",
  },
  {
    name: "A DC session from plug to unplug",
    feature: "DC session",
    rule: "A session that both sides want runs to its end",
    tags: ["@V2G2-570", "@V2G2-582", "@V2G2-592", "@good-session"],
    verdict: "pass",
    scene: passed("V2G2-570", () => goodSession(120)),
  },
  {
    name: "EVCC tolerates a late StatusCode",
    feature: "DC session",
    rule: "Deviations that every vehicle tolerates",
    tags: ["@V2G2-260"],
    verdict: "pass-tolerant",
    scene: () =>
      judged(
        goodSession(8),
        "pass-tolerant",
        "V2G2-260",
        "EVSEStatusCode while ramping",
        "EVSE_Ready",
        "EVSE_NotReady in 2 responses",
      ),
  },
];

const states = [
  "SessionSetupReq",
  "ServiceDiscoveryReq",
  "PaymentServiceSelectionReq",
  "AuthorizationReq",
  "ChargeParameterDiscoveryReq",
  "CableCheckReq",
  "PreChargeReq",
  "PowerDeliveryReq",
  "CurrentDemandReq",
  "WeldingDetectionReq",
  "SessionStopReq",
];

/** @param size of the run; beyond the hand-made scenarios it is filled with short ones that passed */
export function exampleRun(size = 60): Run {
  const filler = (index: number): Example => ({
    name: `${states[(index * 7) % states.length]} while ${states[index % states.length]} is awaited`,
    feature: index % 5 === 0 ? "Robustness of the stream" : "Sequence errors",
    rule: index % 5 === 0 ? "A frame in many segments is one frame" : "An unexpected request is refused",
    tags: index % 5 === 0 ? ["@HIL-VT04", "@robustness"] : ["@V2G2-459", "@V2G2-538", "@V2G2-539"],
    verdict: "pass",
    scene: short,
  });
  const all = [
    ...examples,
    ...Array.from({ length: Math.max(0, size - examples.length) }, (_, index) => filler(index)),
  ];
  return {
    facts: {
      sut: { role: "secc", name: "Example station 50", version: "2.4.1", identity: "EVSEID DE*HIL*E0001*1" },
      profile: "virtual",
      bench: "virtual",
      seed: 1,
      ...defaultStatement,
    },
    frame: {
      harness: "ccs-hil 0.1.0",
      commit: "0123abc",
      platform: "linux x64, Node v20.20.2",
      startedAt: "2026-01-02T03:04:05+00:00",
      duration: 41_700,
      command: "npx cucumber-js -p virtual",
    },
    scenarios: all.map(scenarioOf),
  };
}

function scenarioOf(example: Example, index: number): ScenarioResult {
  const { name, feature, rule, tags, verdict, reason, scene } = example;
  const files: EvidenceFile[] = [];
  let summary: ScenarioSummary = { verdict, brief: true, judgements: [] };
  const evidence = {
    verdict,
    tags,
    underTest: "secc",
    ...(scene && { trace: scene().trace }),
    ...(reason !== undefined && { reason }),
  } as const;
  attachEvidence((data, { mediaType, fileName }) => {
    if (mediaType === summaryType) summary = JSON.parse(String(data));
    else if (fileName?.endsWith(".gz"))
      files.push({ name: fileName.slice(0, -3), mediaType, packed: Buffer.from(data) });
    else if (fileName) files.push({ name: fileName, mediaType, packed: gzipSync(data) });
  }, evidence);
  const status =
    verdict === "fail" || verdict === "fail-perf"
      ? "failed"
      : verdict === "not applicable"
        ? "skipped"
        : verdict === "error"
          ? "undefined"
          : "passed";
  return {
    ref: `example-${index}`,
    feature,
    rule,
    name,
    place: `features/iso15118-2/example.feature:${10 + index}`,
    tags,
    requirements: requirementTags(tags),
    verdict,
    duration: 12 + (index % 9),
    ...(reason !== undefined && { reason }),
    judgements: summary.judgements,
    files,
    steps: [
      {
        text: "Given a session in which the SECC waits for PaymentServiceSelectionReq",
        status: verdict === "not applicable" ? "skipped" : "passed",
      },
      { text: "When the EVCC sends CurrentDemandReq", status: verdict === "not applicable" ? "skipped" : "passed" },
      { text: "Then the SECC answers FAILED_SequenceError", status },
    ],
  };
}
