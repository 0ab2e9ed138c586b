import type { Station, StationEffect, StationInput } from "../station";
import type { StationDeviation } from ".";
import { altered, answersToo, confirmParameters, corrects, expired, hears, parmReqOf, sends, timed } from "./mmes";
import { deafTo, wrapped } from "./wrapping";

/** Leaves undone what `left` names, in the steps that `when` names. */
const leaves = (
  left: (effect: StationEffect) => boolean,
  when: (asked: { readonly before: Station; readonly input: StationInput }, state: Station) => boolean = () => true,
) =>
  wrapped.effects((effects, asked, state) =>
    when(asked, state) ? effects.filter((effect) => !left(effect)) : effects,
  );

const drives = (out: string) => (effect: StationEffect) => effect.do === "drive" && effect.drive.out === out;

/** Never takes up another match than its first. */
const matchesOnce: StationDeviation["wrap"] = (machine) => {
  let confirmed = false;
  return {
    ...machine,
    step: (before, input, seen) => {
      if (confirmed && hears("CM_SLAC_PARM.REQ", input)) return { state: before, effects: [] };
      const made = machine.step(before, input, seen);
      confirmed ||= made.effects.some(sends("CM_SLAC_MATCH.CNF"));
      return made;
    },
  };
};

/** Stations that do wrong when nobody asks, nobody joins, or the link is lost. */
export const slacLink: readonly StationDeviation[] = [
  {
    name: "matches-once",
    gist: "answers no vehicle after its first",
    requirement: "HIL-FP01",
    wrap: matchesOnce,
  },
  {
    name: "rests-at-x1",
    gist: "never steps to F",
    requirement: "V2G3-M06-07",
    scenarios: ["Nobody asks"],
    wrap: leaves(drives("f")),
  },
  {
    name: "answers-when-it-has-given-up",
    gist: "answers CM_SLAC_PARM.REQ after its last step",
    requirement: "V2G3-M06-07",
    scenarios: ["A request after the last step"],
    wrap: answersToo((input, { at }) => (at === "AwaitUnplug" ? parmReqOf(input) : undefined), confirmParameters),
  },
  {
    name: "steps-to-f-for-a-moment",
    gist: "keeps F for a second",
    requirement: "V2G3-M06-09",
    wrap: timed("T_step_EF", 1_000),
  },
  {
    name: "has-too-much-patience",
    gist: "gives its hint after a minute",
    requirement: "HIL-ML09",
    config: { slacWait: 60_000 },
  },
  {
    name: "rests-at-x1-when-nobody-joins",
    gist: "never steps to F",
    requirement: "V2G3-M07-05",
    wrap: leaves(drives("f")),
  },
  {
    name: "steps-to-x1-for-a-moment",
    gist: "keeps X1 for half a second",
    requirement: "V2G3-M07-07",
    wrap: timed("T_step_X1", 500),
  },
  {
    name: "steps-to-f-for-a-moment-when-nobody-joins",
    gist: "keeps F for a second",
    requirement: "V2G3-M07-08",
    wrap: timed("T_step_EF", 1_000),
  },
  {
    name: "keeps-a-key-that-it-has-told",
    gist: "keeps the key of a network that nobody has joined",
    requirement: "V2G3-M07-06",
    wrap: leaves(sends("CM_SET_KEY.REQ"), (_, { at }) => at === "AwaitPilotStep"),
  },
  {
    name: "does-not-call-again",
    gist: "does not signal 5 % after its steps",
    requirement: "V2G3-M07-09",
    wrap: leaves(drives("x2"), ({ before }) => before.at === "AwaitPilotStep"),
  },
  {
    name: "does-not-notice-a-lost-link",
    gist: "never asks its modem for the link",
    requirement: "HIL-SL15",
    wrap: deafTo(expired("T_link_watch")),
  },
  {
    name: "keeps-its-network-without-a-vehicle",
    gist: "keeps its key when the vehicle has gone",
    requirement: "V2G3-M09-18",
    wrap: leaves(sends("CM_SET_KEY.REQ"), (_, { at }) => at === "AwaitVehicle"),
  },
  {
    name: "starts-over-at-an-authorisation",
    gist: "gives a match up when the customer is authorised",
    requirement: "V2G3-M06-06",
    wrap: wrapped.inputs((input, { at }) =>
      input.kind === "authorise" && at === "AwaitMatch"
        ? { kind: "pilot", reading: { state: "A", high: 12, low: -12 } }
        : input,
    ),
  },
  {
    name: "does-not-take-amplitude-maps",
    gist: "does not confirm CM_AMP_MAP.REQ",
    requirement: "V2G3-A09-114",
    scenarios: ["The vehicle tells its map"],
    wrap: leaves(sends("CM_AMP_MAP.CNF")),
  },
  {
    name: "takes-an-empty-amplitude-map",
    gist: "confirms a map of no carriers",
    requirement: "V2G3-A09-114",
    scenarios: ["A map of no carriers"],
    wrap: corrects("CM_AMP_MAP.REQ", () => ({ fields: { AMLEN: 8 } })),
  },
  {
    name: "tells-everybody-its-amplitude-map",
    gist: "broadcasts CM_AMP_MAP.REQ",
    requirement: "V2G3-A09-114",
    scenarios: ["The station tells its map"],
    wrap: altered("CM_AMP_MAP.REQ", {}, { da: "FF:FF:FF:FF:FF:FF" }),
  },
  {
    name: "confirms-a-map-once",
    gist: "does not confirm a repeated CM_AMP_MAP.REQ",
    requirement: "V2G3-A09-114",
    scenarios: ["Its confirmation was lost"],
    wrap: (machine) => {
      let confirmed = 0;
      return leaves((effect) => sends("CM_AMP_MAP.CNF")(effect) && ++confirmed > 1)(machine);
    },
  },
  {
    name: "is-slow-to-tell-its-map",
    gist: "leaves out the first CM_AMP_MAP.REQ",
    requirement: "V2G3-A09-114",
    scenarios: ["It tells its map soon after the link is there"],
    wrap: leaves(sends("CM_AMP_MAP.REQ"), (_, { slac }) => slac?.sends === 1),
  },
  {
    name: "takes-any-confirmation-of-its-map",
    gist: "takes CM_AMP_MAP.CNF for good whatever it says",
    requirement: "V2G3-A09-114",
    scenarios: ["Every confirmation is wrong"],
    wrap: corrects("CM_AMP_MAP.CNF", () => ({ fields: { ResType: 0 } })),
  },
];
