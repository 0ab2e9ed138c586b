import { encodeMme, type Mme } from "../../protocol/homeplug";
import type { Station, StationInput } from "../station";
import type { StationDeviation } from ".";
import { altered, answersToo, confirmParameters, corrects, expired, hears, parmReqOf, read, timed } from "./mmes";
import { all, beforeStep, deafTo, wrapped } from "./wrapping";

const first = ({ slac }: Station) => slac?.sessions[0];
const noType = { APPLICATION_TYPE: 0, SECURITY_TYPE: 0 };
const noId = "00".repeat(17);

function confirmMatch({ sa, fields }: Mme, { slac }: Station): Uint8Array | undefined {
  if (!slac) return undefined;
  const { RunID, PEV_MAC, EVSE_MAC } = fields as Mme<"CM_SLAC_MATCH.REQ">["fields"];
  const { nid, nmk } = slac.key;
  const told = { PEV_MAC, EVSE_MAC, RunID, NID: nid, NMK: nmk };
  return encodeMme({ name: "CM_SLAC_MATCH.CNF", da: sa, sa: slac.config.mac, fields: told });
}

/** A frame that no matching has: not to be understood, of a modem's maker, or of a size of its own. */
function isOdd(input: StationInput): boolean {
  if (input.kind !== "mme") return false;
  const message = read(input.frame);
  if (!message || message.name === "VS_ATTENUATION_CHAR.IND" || input.frame.length > 1000) return true;
  return message.name === "CM_ATTEN_PROFILE.IND" && message.fields.NumGroups !== 58;
}

/** Deaf from the first such frame on, as if it had crashed. */
const dies: StationDeviation["wrap"] = (machine) => {
  let dead = false;
  return wrapped.inputs((input) => {
    dead ||= isOdd(input);
    return dead && input.kind === "mme" ? undefined : input;
  })(machine);
};

const firstMatchingOnly: StationDeviation["wrap"] = (machine) => {
  let run: string | undefined;
  return wrapped.inputs((input) => {
    const message = parmReqOf(input);
    if (!message) return input;
    run ??= message.fields.RunID;
    return message.fields.RunID === run ? input : undefined;
  })(machine);
};

/** Stations that take for good what is not, or are put off by it. */
export const slacInput: readonly StationDeviation[] = [
  {
    name: "accepts-any-parameter-request",
    gist: "does not look at application and security of CM_SLAC_PARM.REQ",
    requirement: "HIL-SL03",
    wrap: corrects("CM_SLAC_PARM.REQ", () => ({ fields: noType })),
  },
  {
    name: "accepts-any-start",
    gist: "does not look at the values of CM_START_ATTEN_CHAR.IND",
    requirement: "HIL-SL05",
    wrap: corrects("CM_START_ATTEN_CHAR.IND", () => ({
      fields: { ...noType, NUM_SOUNDS: 10, Time_Out: 6, RESP_TYPE: 1 },
    })),
  },
  {
    name: "takes-any-start-for-its-vehicle's",
    gist: "does not look whose CM_START_ATTEN_CHAR.IND it is",
    requirement: "V2G3-A09-41",
    wrap: corrects("CM_START_ATTEN_CHAR.IND", (state) => {
      const { pevMac: sa = "", runId: RunID = "" } = first(state) ?? {};
      return sa === "" ? undefined : { sa, fields: { RunID, FORWARDING_STA: sa } };
    }),
  },
  {
    name: "counts-any-sounding",
    gist: "does not look whose soundings it counts",
    requirement: "V2G3-A09-43",
    scenarios: ["Soundings of others", "Profiles of another vehicle"],
    wrap: all(
      corrects("CM_MNBC_SOUND.IND", (state) => ({
        fields: { ...noType, RunID: first(state)?.runId ?? "00".repeat(8) },
      })),
      corrects("CM_ATTEN_PROFILE.IND", (state) => {
        const PEV_MAC = first(state)?.pevMac;
        return PEV_MAC === undefined ? undefined : { fields: { PEV_MAC } };
      }),
    ),
  },
  {
    name: "counts-soundings-twice",
    gist: "reports twice as many soundings as there are",
    requirement: "V2G3-A09-43",
    scenarios: [
      "More soundings than were announced",
      "Soundings that end after their RunID, as some vehicles send them",
    ],
    wrap: altered("CM_ATTEN_CHAR.IND", { NumSounds: 20 }),
  },
  {
    name: "accepts-any-response",
    gist: "does not look at the values of CM_ATTEN_CHAR.RSP",
    requirement: "V2G3-A09-47",
    wrap: corrects("CM_ATTEN_CHAR.RSP", (state) => {
      const { pevMac: sa = "", runId: RunID = "" } = first(state) ?? {};
      const fields = { ...noType, SOURCE_ADDRESS: sa, RunID, SOURCE_ID: noId, RESP_ID: noId, Result: 0 };
      return sa === "" ? undefined : { sa, fields };
    }),
  },
  {
    name: "accepts-any-match-request",
    gist: "does not look at the values of CM_SLAC_MATCH.REQ",
    requirement: "V2G3-A09-98",
    wrap: corrects("CM_SLAC_MATCH.REQ", (state) => {
      const { pevMac: sa = "", runId: RunID = "" } = first(state) ?? {};
      const ids = { PEV_ID: noId, EVSE_ID: noId, MVFLength: 0x3e };
      const fields = { ...noType, ...ids, PEV_MAC: sa, EVSE_MAC: state.slac?.config.mac ?? "", RunID };
      return sa === "" ? undefined : { sa, fields };
    }),
  },
  {
    name: "confirms-any-match",
    gist: "confirms a match of which it knows nothing",
    requirement: "HIL-SL09",
    wrap: answersToo((input) => {
      const message = input.kind === "mme" ? read(input.frame) : undefined;
      return message?.name === "CM_SLAC_MATCH.REQ" ? message : undefined;
    }, confirmMatch),
  },
  {
    name: "dies-of-unknown-frames",
    gist: "hears nothing more after a frame that it does not understand",
    requirement: "HIL-SL01",
    wrap: dies,
  },
  {
    name: "dies-of-ill-sized-frames",
    gist: "hears nothing more after a frame of a wrong length",
    requirement: "HIL-SL02",
    wrap: dies,
  },
  {
    name: "answers-itself",
    gist: "answers what seems to come from its own address",
    requirement: "HIL-G4",
    scenarios: ["A request with the own address as its sender"],
    wrap: answersToo((input, { slac }) => {
      const message = parmReqOf(input);
      return message && message.sa === slac?.config.mac ? message : undefined;
    }, confirmParameters),
  },
  {
    name: "waits-for-the-sounding-for-ever",
    gist: "has no TT_match_sequence",
    requirement: "HIL-TM21",
    scenarios: ["The sounding begins late"],
    wrap: deafTo(expired("TT_match_sequence")),
  },
  {
    name: "has-no-patience-for-the-sounding",
    gist: "waits 200 ms for the sounding to begin",
    requirement: "HIL-TM21",
    scenarios: ["The sounding begins in time"],
    wrap: timed("TT_match_sequence", 200),
  },
  {
    name: "waits-for-the-match-for-ever",
    gist: "has no TT_EVSE_match_session",
    requirement: "HIL-TM25",
    scenarios: ["Too late"],
    wrap: deafTo(expired("TT_EVSE_match_session")),
  },
  {
    name: "has-no-patience-for-the-match",
    gist: "waits 500 ms for CM_SLAC_MATCH.REQ",
    requirement: "HIL-TM25",
    scenarios: ["As late as vehicles in the field"],
    wrap: timed("TT_EVSE_match_session", 500),
  },
  {
    name: "has-no-patience-for-the-response",
    gist: "waits 150 ms for CM_ATTEN_CHAR.RSP",
    requirement: "HIL-TM22",
    scenarios: ["After two repetitions"],
    wrap: timed("TT_match_response", 150),
  },
  {
    name: "waits-for-the-response-for-ever",
    gist: "takes a response to a result that it has given up",
    requirement: "HIL-TM22",
    scenarios: ["After the matching has failed"],
    wrap: deafTo((input, state) => expired("TT_match_response")(input) && (first(state)?.sends ?? 0) > 2),
  },
  {
    name: "serves-its-first-matching-only",
    gist: "does not answer a vehicle that tries again",
    requirement: "HIL-SL12",
    wrap: firstMatchingOnly,
  },
  {
    name: "knows-one-run",
    gist: "does not answer a vehicle that comes with another RunID",
    requirement: "HIL-SL04",
    scenarios: ["With another RunID"],
    wrap: firstMatchingOnly,
  },
  {
    name: "serves-one-matching-at-a-time",
    gist: "does not answer CM_SLAC_PARM.REQ while it matches",
    requirement: "HIL-SL04",
    scenarios: [
      "Twice before any answer",
      "In the middle of a matching",
      "With another RunID in the middle of a matching",
    ],
    wrap: deafTo((input, { slac }) => hears("CM_SLAC_PARM.REQ", input) && slac?.at === "Matching"),
  },
  {
    name: "serves-one-vehicle-at-a-time",
    gist: "does not answer a second vehicle",
    requirement: "HIL-ML08",
    wrap: deafTo((input, { slac }) => hears("CM_SLAC_PARM.REQ", input) && slac?.at === "Matching"),
  },
  {
    name: "forgets-a-vehicle-for-the-next",
    gist: "drops every matching when another begins",
    requirement: "HIL-SL13",
    wrap: beforeStep((state, input) =>
      hears("CM_SLAC_PARM.REQ", input) && state.slac ? { ...state, slac: { ...state.slac, sessions: [] } } : state,
    ),
  },
  {
    name: "answers-while-it-is-matched",
    gist: "answers CM_SLAC_PARM.REQ while it is matched",
    requirement: "V2G3-A09-121",
    wrap: answersToo((input, { slac }) => (slac?.at === "Matched" ? parmReqOf(input) : undefined), confirmParameters),
  },
];
