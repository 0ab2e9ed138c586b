import type { StationInput } from "../station";
import type { StationDeviation } from ".";
import { altered, corrects, expired, read, sends, timed } from "./mmes";
import { deafTo, without } from "./wrapping";

const firstStep = (input: StationInput): boolean => {
  const message = input.kind === "mme" ? read(input.frame) : undefined;
  return message?.name === "CM_VALIDATE.REQ" && message.fields.Timer === 0;
};

/** Stations that validate in a wrong way. */
export const slacValidation: readonly StationDeviation[] = [
  {
    name: "is-silent-about-validation",
    gist: "does not answer CM_VALIDATE.REQ",
    requirement: "V2G3-A09-51",
    wrap: without(sends("CM_VALIDATE.CNF")),
  },
  {
    name: "sees-four-toggles",
    gist: "has always counted four toggles",
    requirement: "HIL-ML12",
    wrap: altered("CM_VALIDATE.CNF", { ToggleNum: 4 }),
  },
  {
    name: "closes-its-window-early",
    gist: "tells its count after 300 ms",
    requirement: "HIL-ML12",
    scenarios: ["The vehicle toggles", "Another window than the vehicle needs", "The match follows"],
    wrap: timed("TT_EVSE_vald_toggle", 300),
  },
  {
    name: "repeats-its-readiness-too-soon",
    gist: "repeats its first answer after 150 ms",
    requirement: "HIL-ML13",
    scenarios: ["The second step does not come", "A second step of another signal"],
    wrap: timed("TT_match_sequence", 150),
  },
  {
    name: "counts-for-a-vehicle-that-is-not-ready",
    gist: "does not look at the result of the second step",
    requirement: "HIL-ML13",
    scenarios: ["A second step that is not ready"],
    wrap: corrects("CM_VALIDATE.REQ", () => ({ fields: { Result: 1 } })),
  },
  {
    name: "answers-the-first-step-once",
    gist: "does not answer a first step that comes again",
    requirement: "HIL-ML13",
    scenarios: ["The first step comes twice"],
    wrap: deafTo((input, { slac }) => firstStep(input) && slac?.sessions[0]?.at === "AwaitCmValidateReq"),
  },
  {
    name: "takes-any-signal",
    gist: "does not look at the signal of CM_VALIDATE.REQ",
    requirement: "HIL-ML13",
    scenarios: ["A first step of another signal"],
    wrap: corrects("CM_VALIDATE.REQ", () => ({ fields: { SignalType: 0 } })),
  },
  {
    name: "is-ready-for-two",
    gist: "tells a second vehicle that it is ready",
    requirement: "V2G3-M09-13",
    wrap: altered("CM_VALIDATE.CNF", { Result: 1 }),
  },
  {
    name: "waits-after-the-validation-for-ever",
    gist: "has no TT_match_sequence after a validation",
    requirement: "HIL-TM21",
    scenarios: ["The match is asked for too late"],
    wrap: deafTo(expired("TT_match_sequence")),
  },
];
