import { BROADCAST, encodeMme, sendKey } from "../../protocol/homeplug";
import type { StationMachine } from "../node";
import type { StationEffect } from "../station";
import type { StationDeviation } from ".";
import { altered, deafToTheFirst, expired, hears, read, sends } from "./mmes";
import { deafTo, delayed, wrapped } from "./wrapping";

const foreignKey = { NMK: "0123456789ABCDEF0123456789ABCDEF", NID: "01020304050607" };
const silence = Array<number>(58).fill(0);

/** A result of which nothing has been heard. */
const inventedResult = (machine: StationMachine): StationMachine => ({
  ...machine,
  step: (before, input, seen) => {
    const { state, effects } = machine.step(before, input, seen);
    const [session] = before.slac?.sessions ?? [];
    if (!session || !before.slac || !expired("TT_EVSE_match_MNBC")(input)) return { state, effects };
    const { pevMac, runId } = session;
    const fields = { SOURCE_ADDRESS: pevMac, RunID: runId, NumSounds: 10, AAG: silence };
    const frame = encodeMme({ name: "CM_ATTEN_CHAR.IND", da: pevMac, sa: before.slac.config.mac, fields });
    return { state, effects: [...effects, { do: "mme", frame }] };
  },
});

/** Stations that match in a wrong way. */
export const slac: readonly StationDeviation[] = [
  {
    name: "tells-everybody-the-parameters",
    gist: "broadcasts CM_SLAC_PARM.CNF",
    requirement: "HIL-ML01",
    wrap: altered("CM_SLAC_PARM.CNF", {}, { da: BROADCAST }),
  },
  {
    name: "matches-slowly",
    gist: "confirms after 150 ms",
    requirement: "HIL-TM23",
    scenarios: ["Each request of a match"],
    wrap: delayed((effect) => sends("CM_SLAC_PARM.CNF")(effect) || sends("CM_SLAC_MATCH.CNF")(effect), 150),
  },
  {
    name: "misses-the-first-request",
    gist: "hears nothing of the first CM_SLAC_PARM.REQ",
    requirement: "HIL-TM23",
    scenarios: ["The first request after 5 %"],
    wrap: deafToTheFirst(1, "CM_SLAC_PARM.REQ"),
  },
  {
    name: "needs-three-starts",
    gist: "takes no notice of CM_START_ATTEN_CHAR.IND before the third",
    requirement: "HIL-ML14",
    wrap: deafToTheFirst(2, "CM_START_ATTEN_CHAR.IND"),
  },
  {
    name: "answers-a-vehicle-once",
    gist: "does not answer a repeated CM_SLAC_PARM.REQ",
    requirement: "V2G3-A09-16",
    wrap: deafTo((input, state) => hears("CM_SLAC_PARM.REQ", input) && state.slac?.at === "Matching"),
  },
  {
    name: "waits-out-the-sounding",
    gist: "tells its result 150 ms late",
    requirement: "V2G3-A09-44",
    wrap: delayed(sends("CM_ATTEN_CHAR.IND"), 150),
  },
  {
    name: "needs-every-sounding",
    gist: "waits for lost soundings for ever",
    requirement: "V2G3-A09-19",
    wrap: deafTo(expired("TT_EVSE_match_MNBC")),
  },
  {
    name: "invents-a-result",
    gist: "tells a result of which it has heard nothing",
    requirement: "HIL-SL06",
    scenarios: ["All soundings are lost", "The modem does not measure"],
    wrap: inventedResult,
  },
  {
    name: "measures-nothing",
    gist: "tells an attenuation of 0 dB",
    requirement: "V2G3-A09-20",
    wrap: altered("CM_ATTEN_CHAR.IND", { AAG: silence }),
  },
  {
    name: "tells-its-result-once",
    gist: "does not repeat CM_ATTEN_CHAR.IND",
    requirement: "V2G3-A09-46",
    wrap: deafTo(expired("TT_match_response")),
  },
  {
    name: "tells-another-key",
    gist: "CM_SLAC_MATCH.CNF holds a key that its modem has not",
    requirement: "HIL-ML02",
    wrap: altered("CM_SLAC_MATCH.CNF", foreignKey),
  },
  {
    name: "repeats-with-another-key",
    gist: "a repeated CM_SLAC_MATCH.CNF holds another key",
    requirement: "HIL-SL10",
    wrap: altered("CM_SLAC_MATCH.CNF", foreignKey, {}, ({ slac }) => slac?.at === "AwaitLink"),
  },
  {
    name: "lets-nobody-in",
    gist: "tells a key of no network",
    requirement: "V2G3-A09-119",
    wrap: altered("CM_SLAC_MATCH.CNF", foreignKey),
  },
  {
    name: "sets-its-key-when-the-vehicle-comes",
    gist: "makes its modem restart when it is needed",
    requirement: "HIL-ML03",
    wrap: wrapped.effects((effects, { input }, { slac: matching }) =>
      input.kind === "pilot" && matching
        ? [...effects, sendKey(matching.config.mac, matching.keying) as StationEffect]
        : effects,
    ),
  },
  {
    name: "answers-vehicles-at-other-stations",
    gist: "answers CM_SLAC_PARM.REQ in state A",
    requirement: "HIL-ML04",
    wrap: wrapped.effects((effects, { before, input }) => {
      const message = input.kind === "mme" ? read(input.frame) : undefined;
      if (message?.name !== "CM_SLAC_PARM.REQ" || before.at !== "AwaitVehicle" || !before.slac) return effects;
      const fields = { FORWARDING_STA: message.sa, RunID: message.fields.RunID };
      const frame = encodeMme({ name: "CM_SLAC_PARM.CNF", da: message.sa, sa: before.slac.config.mac, fields });
      return [...effects, { do: "mme", frame }];
    }),
  },
  {
    name: "lets-a-match-go-on-without-a-pilot",
    gist: "does not look at the pilot while it matches",
    requirement: "V2G3-A09-123",
    wrap: deafTo(({ kind }, { at }) => kind === "pilot" && at === "AwaitMatch"),
  },
  {
    name: "keeps-its-network",
    gist: "keeps its key after the session",
    requirement: "V2G3-M09-17",
    wrap: wrapped.effects((effects, _, { at }) =>
      at === "AwaitUnplug" ? effects.filter((effect) => !sends("CM_SET_KEY.REQ")(effect)) : effects,
    ),
  },
];
