import { decodeMme, encodeMme, type MmeGiven, type MmeName, nidOfNmk } from "../../protocol/homeplug";
import type { Car, CarInput } from "../car";
import type { CarDeviation } from ".";
import { altered, corrects, heard, nameOf } from "./mmes";
import { deafTo, timed, without, withoutTimer, wrapped } from "./wrapping";

const noType = { APPLICATION_TYPE: 0, SECURITY_TYPE: 0 };
const noId = "00".repeat(17);
const own = ({ slac }: Car): string => slac?.config.mac ?? "";
const run = ({ slac }: Car): string => slac?.runId || "00".repeat(8);

const anyMatchCnf = corrects("CM_SLAC_MATCH.CNF", (state) => {
  const sa = state.slac?.chosen?.mac;
  const ids = { PEV_ID: noId, EVSE_ID: noId, MVFLength: 0x56 };
  const fields = { ...noType, ...ids, PEV_MAC: own(state), EVSE_MAC: sa, RunID: run(state) };
  return sa === undefined ? undefined : { sa, fields };
});

/** A frame that no matching has. */
function isOdd(input: CarInput): boolean {
  if (input.kind !== "mme") return false;
  return decodeMme(input.frame).kind !== "Mme" || input.frame.length > 1000;
}

/** Deaf from the first such frame on, as if it had crashed. */
const dies: CarDeviation["wrap"] = (machine) => {
  let dead = false;
  return wrapped.inputs((input) => {
    dead ||= isOdd(input);
    return dead && input.kind === "mme" ? undefined : input;
  })(machine);
};

type Answer = readonly [name: MmeName, fields: object];
const AAG = new Array<number>(58).fill(15);

/** What a station would answer. */
const stationAnswers: { readonly [N in MmeName]?: (sa: string, own: string, RunID: string) => Answer } = {
  "CM_SLAC_PARM.REQ": (sa, _, RunID) => ["CM_SLAC_PARM.CNF", { FORWARDING_STA: sa, RunID }],
  "CM_START_ATTEN_CHAR.IND": (sa, _, RunID) => ["CM_ATTEN_CHAR.IND", { SOURCE_ADDRESS: sa, RunID, NumSounds: 10, AAG }],
  "CM_MNBC_SOUND.IND": (sa, _, RunID) => ["CM_ATTEN_CHAR.IND", { SOURCE_ADDRESS: sa, RunID, NumSounds: 10, AAG }],
  "CM_ATTEN_CHAR.RSP": (sa, EVSE_MAC, RunID) => [
    "CM_SLAC_MATCH.CNF",
    { PEV_MAC: sa, EVSE_MAC, RunID, NID: "00".repeat(7), NMK: "00".repeat(16) },
  ],
  "CM_VALIDATE.REQ": () => ["CM_VALIDATE.CNF", { ToggleNum: 0, Result: 1 }],
  "CM_SLAC_MATCH.REQ": (sa, EVSE_MAC, RunID) => [
    "CM_SLAC_MATCH.CNF",
    { PEV_MAC: sa, EVSE_MAC, RunID, NID: "00".repeat(7), NMK: "00".repeat(16) },
  ],
};

const answersForAStation = wrapped.effects((effects, { before, input }) => {
  const message = input.kind === "mme" ? decodeMme(input.frame) : undefined;
  if (message?.kind !== "Mme") return effects;
  const { RunID = "" } = message.fields as { RunID?: string };
  const answer = stationAnswers[message.name]?.(message.sa, own(before), RunID);
  if (!answer) return effects;
  const [name, fields] = answer;
  const frame = encodeMme({ name, da: message.sa, sa: own(before), fields: fields as MmeGiven<typeof name> });
  return [...effects, { do: "mme", frame }];
});

/** Cars that take for good what is not, are put off by it, or choose wrongly. */
export const matchingInput: readonly CarDeviation[] = [
  {
    name: "accepts-any-parameters",
    gist: "does not look at the values of CM_SLAC_PARM.CNF",
    requirement: "V2G3-A09-09",
    wrap: corrects("CM_SLAC_PARM.CNF", (state) => ({
      fields: {
        ...noType,
        "M-SOUND_TARGET": "FF:FF:FF:FF:FF:FF",
        NUM_SOUNDS: 10,
        Time_Out: 6,
        RESP_TYPE: 1,
        FORWARDING_STA: own(state),
        RunID: run(state),
      },
    })),
  },
  {
    name: "accepts-any-result",
    gist: "does not look at the values of CM_ATTEN_CHAR.IND",
    requirement: "V2G3-A09-31",
    scenarios: ["A result that is none"],
    wrap: corrects("CM_ATTEN_CHAR.IND", (state) => ({
      fields: {
        ...noType,
        SOURCE_ADDRESS: own(state),
        RunID: run(state),
        SOURCE_ID: noId,
        RESP_ID: noId,
        NumSounds: 10,
        NumGroups: 58,
        AAG,
      },
    })),
  },
  {
    name: "takes-a-late-result",
    gist: "has no TT_EV_atten_results",
    requirement: "V2G3-A09-31",
    scenarios: ["After TT_EV_atten_results"],
    wrap: withoutTimer("slac.TT_EV_atten_results"),
  },
  {
    name: "has-no-patience-for-a-result",
    gist: "gives a matching up after 600 ms",
    requirement: "V2G3-A09-31",
    scenarios: ["Just in time"],
    wrap: timed("slac.TT_EV_atten_results", () => 600),
  },
  {
    name: "accepts-any-match",
    gist: "does not look at the values of CM_SLAC_MATCH.CNF",
    requirement: "V2G3-A09-95",
    wrap: anyMatchCnf,
  },
  {
    name: "derives-the-nid-itself",
    gist: "works the NID out from the key",
    requirement: "HIL-ML05",
    scenarios: ["The NID does not follow from the key"],
    wrap: altered("CM_SET_KEY.REQ", ({ NewKey }) => ({ NID: nidOfNmk(String(NewKey)) })),
  },
  {
    name: "falls-for-a-recording",
    gist: "takes a confirmation of whatever matching and station",
    requirement: "HIL-SL14",
    wrap: anyMatchCnf,
  },
  {
    name: "answers-for-a-station",
    gist: "answers what is meant for stations",
    requirement: "HIL-ML11",
    wrap: answersForAStation,
  },
  {
    name: "is-killed-by-unknown-frames",
    gist: "hears nothing more after a frame that it does not understand",
    requirement: "HIL-SL01",
    wrap: dies,
  },
  {
    name: "is-killed-by-ill-sized-frames",
    gist: "hears nothing more after a frame of a wrong length",
    requirement: "HIL-SL02",
    wrap: dies,
  },
  {
    name: "matches-with-the-furthest",
    gist: "takes the station with the most attenuation",
    requirement: "V2G3-A09-48",
    wrap: (machine) =>
      wrapped.inputs((input) => {
        const message = input.kind === "mme" ? decodeMme(input.frame) : undefined;
        if (message?.kind !== "Mme" || message.name !== "CM_ATTEN_CHAR.IND") return input;
        const fields = { ...message.fields, AAG: message.fields.AAG.map((db) => 39 - db) };
        return { kind: "mme", frame: encodeMme({ ...message, fields }) };
      })(machine),
  },
  {
    name: "doubts-every-station",
    gist: "validates the nearest station too",
    requirement: "HIL-ML07",
    scenarios: ["Near enough"],
    config: { slac: { direct: 0, indirect: 20, validation: "potential" } },
  },
  {
    name: "doubts-no-station",
    gist: "takes any station for its own",
    requirement: "HIL-ML07",
    scenarios: ["In doubt", "Too far away"],
    config: { slac: { direct: 90, indirect: 90, validation: "potential" } },
  },
  {
    name: "toggles-too-fast",
    gist: "keeps each state for 100 ms",
    requirement: "V2G3-M08-01",
    wrap: timed("slac.T_vald_state_duration", () => 100),
  },
  {
    name: "skips-the-second-step",
    gist: "toggles without having said so",
    requirement: "V2G3-A09-72",
    wrap: without((effect, { slac }) => slac?.at === "AwaitToggleCount" && nameOf(effect) === "CM_VALIDATE.REQ"),
  },
  {
    name: "takes-any-count",
    gist: "does not look at the count of its toggles",
    requirement: "V2G3-A09-73",
    wrap: corrects("CM_VALIDATE.CNF", ({ slac }) =>
      slac?.at === "AwaitToggleCount" && slac.flips > 4
        ? { fields: { SignalType: 0, ToggleNum: slac.config.toggles, Result: 2 } }
        : undefined,
    ),
  },
  {
    name: "takes-any-readiness",
    gist: "toggles whatever the station has answered",
    requirement: "V2G3-A09-62",
    scenarios: ["An answer that is none yet"],
    wrap: corrects("CM_VALIDATE.CNF", ({ slac }) =>
      slac?.at === "AwaitCmValidateCnf" ? { fields: { SignalType: 0, ToggleNum: 0, Result: 1 } } : undefined,
    ),
  },
  {
    name: "asks-once-for-readiness",
    gist: "waits without an end for the answer to its first step",
    requirement: "V2G3-A09-62",
    scenarios: ["No answer"],
    wrap: without((effect, { slac }) => slac?.at === "AwaitCmValidateCnf" && effect.do === "arm"),
  },
  {
    name: "knows-one-station",
    gist: "has no other station to turn to",
    requirement: "V2G3-A09-62",
    scenarios: ["A nearer station is silent"],
    wrap: deafTo(
      (input, { slac }) =>
        heard("CM_ATTEN_CHAR.IND")(input) &&
        slac?.stations.some(({ attenuationDb }) => attenuationDb !== undefined) === true,
    ),
  },
  {
    name: "drops-a-station-that-fails-to-validate",
    gist: "does not match where validation fails",
    requirement: "V2G3-A09-65",
    config: { slac: { validation: "always", unvalidated: "drop" } },
  },
  {
    name: "drops-a-station-that-needs-no-validation",
    gist: "does not match where no validation is needed",
    requirement: "V2G3-A09-66",
    config: { slac: { validation: "always", unvalidated: "drop" } },
  },
  {
    name: "joins-for-ever",
    gist: "waits for the link without an end",
    requirement: "HIL-ML10",
    wrap: withoutTimer("slac.TT_match_join"),
  },
  {
    name: "joins-too-often",
    gist: "tries a link that does not come up again and again",
    requirement: "HIL-ML10",
    wrap: wrapped.states((state) => (state.slac ? { ...state, slac: { ...state.slac, joins: 0 } } : state)),
  },
  {
    name: "matches-once-a-plug",
    gist: "does not look at the pilot once it was called",
    requirement: "V2G3-M06-13",
    scenarios: ["The station asks for a new match"],
    wrap: deafTo(({ kind }, { at }) => kind === "pilot" && at !== "AwaitPlug"),
  },
  {
    name: "keeps-a-lost-network",
    gist: "keeps its key when the link is lost",
    requirement: "V2G3-M09-18",
    wrap: without((effect, { slac }) => slac?.plugged === false && nameOf(effect) === "CM_SET_KEY.REQ"),
  },
  {
    name: "takes-no-amplitude-map",
    gist: "does not confirm CM_AMP_MAP.REQ",
    requirement: "V2G3-A09-114",
    scenarios: ["The station tells its map"],
    wrap: without((effect) => nameOf(effect) === "CM_AMP_MAP.CNF"),
  },
  {
    name: "confirms-its-first-map-only",
    gist: "does not confirm a repeated CM_AMP_MAP.REQ",
    requirement: "V2G3-A09-114",
    scenarios: ["Its confirmation was lost"],
    wrap: (machine) => {
      let confirmed = 0;
      return without((effect) => nameOf(effect) === "CM_AMP_MAP.CNF" && ++confirmed > 1)(machine);
    },
  },
  {
    name: "takes-its-time-with-its-map",
    gist: "leaves out the first CM_AMP_MAP.REQ",
    requirement: "V2G3-A09-114",
    scenarios: ["The car tells its map soon after the link is there"],
    wrap: without((effect, { slac }) => nameOf(effect) === "CM_AMP_MAP.REQ" && slac?.sends === 1),
  },
  {
    name: "confirms-an-empty-amplitude-map",
    gist: "confirms a map of no carriers",
    requirement: "V2G3-A09-114",
    scenarios: ["A map of no carriers"],
    wrap: corrects("CM_AMP_MAP.REQ", () => ({ fields: { AMLEN: 8 } })),
  },
  {
    name: "believes-any-confirmation-of-its-map",
    gist: "takes CM_AMP_MAP.CNF for good whatever it says",
    requirement: "V2G3-A09-114",
    scenarios: ["The car tells its map and every confirmation is wrong"],
    wrap: corrects("CM_AMP_MAP.CNF", () => ({ fields: { ResType: 0 } })),
  },
];
