import { AssertionError } from "node:assert";
import type { Millis } from "../../core/clock";
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

/** When and how a judgement was made. */
export interface Circumstances {
  readonly requirements: readonly string[];
  readonly now: Millis;
  /** How late the bench itself has been at most, and how late it may be. */
  readonly lateness: Millis;
  readonly allowed: Millis;
}

/** What not to pass means: where the bench was late, nobody can tell whether the side under test was. */
export function faultOf(
  { text, required, measured, silent, performance }: Measurement,
  { requirements, now, lateness, allowed }: Circumstances,
): Fault {
  if (lateness > allowed) {
    const what = `the bench came ${lateness.toFixed(0)} ms late and may ${allowed} ms: this machine is too busy to judge`;
    return { kind: "DriverFault", driver: "clock", what };
  }
  if (performance) return { kind: "PeerSlow", requirements, required, measured };
  if (silent) return { kind: "PeerSilent", requirements, required: `${text}: ${required}`, after: now };
  return { kind: "PeerDeviation", requirements, required: `${text}: ${required}`, measured };
}

/** Ends the scenario. */
export function failure(fault: Fault, measurement: Measurement): NotPassed | Inconclusive {
  if (fault.kind !== "DriverFault") return new NotPassed(fault, measurement);
  const { text, required, measured } = measurement;
  return new Inconclusive(`${text}: required ${required}, measured ${measured}; but ${fault.what}`, fault);
}
