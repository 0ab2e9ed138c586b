import type { Millis } from "./clock";

/** Verdicts of a judgement, from good to bad; a scenario's verdict only ever gets worse. */
export const verdicts = [
  "not applicable",
  "pass",
  "pass-tolerant",
  "fail-perf",
  "inconclusive",
  "fail",
  "error",
] as const;
export type Verdict = (typeof verdicts)[number];

export const worse = (a: Verdict, b: Verdict): Verdict => (verdicts.indexOf(a) >= verdicts.indexOf(b) ? a : b);

/** Who is to blame for something that went wrong; this, not the text, decides the verdict. */
export type Fault =
  /** The side under test did something else than it should. */
  | { kind: "PeerDeviation"; requirements: readonly string[]; required: string; measured: string }
  /** The side under test did nothing. */
  | { kind: "PeerSilent"; requirements: readonly string[]; required: string; after: Millis }
  /** Only a performance time is missed. */
  | { kind: "PeerSlow"; requirements: readonly string[]; required: string; measured: string }
  /** A precondition could not be brought about. */
  | { kind: "Precondition"; what: string }
  | { kind: "DriverFault"; driver: string; what: string }
  | { kind: "HarnessFault"; what: string };

const blame = {
  PeerDeviation: "fail",
  PeerSilent: "fail",
  PeerSlow: "fail-perf",
  Precondition: "inconclusive",
  DriverFault: "inconclusive",
  HarnessFault: "error",
} as const satisfies Record<Fault["kind"], Verdict>;

export const verdictOf = (fault: Fault): Verdict => blame[fault.kind];
