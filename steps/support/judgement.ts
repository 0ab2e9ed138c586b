import { AssertionError } from "node:assert";
import type { Fault } from "../../core/errors";

/** What was required of the side under test, and what was seen. */
export interface Measurement {
  /** What is judged, in a few words. */
  readonly text: string;
  readonly required: string;
  readonly measured: string;
  readonly tolerance?: string;
  readonly passed: boolean;
  /** Nothing at all came from the side under test. */
  readonly silent?: boolean;
  /** Only a performance time is at stake. */
  readonly performance?: boolean;
}

/** The side under test did not do what it should. */
export class NotPassed extends AssertionError {
  readonly fault: Fault;

  constructor(fault: Fault, { text, required, measured }: Measurement) {
    super({ message: `${text}: required ${required}, measured ${measured}` });
    this.fault = fault;
  }
}

/** Something else than the side under test is to blame: the scenario says nothing about it. */
export class Inconclusive extends Error {
  readonly fault: Fault;

  constructor(what: string, fault: Fault = { kind: "Precondition", what }) {
    super(what);
    this.name = "Inconclusive";
    this.fault = fault;
  }
}

/** The scenario asks for what this side under test, or this bench, does not have. */
export class NotApplicable extends Error {}

export function faultOf(
  { text, required, measured, silent, performance }: Measurement,
  requirements: readonly string[],
  after: number,
): Fault {
  if (performance) return { kind: "PeerSlow", requirements, required, measured };
  if (silent) return { kind: "PeerSilent", requirements, required: `${text}: ${required}`, after };
  return { kind: "PeerDeviation", requirements, required: `${text}: ${required}`, measured };
}
