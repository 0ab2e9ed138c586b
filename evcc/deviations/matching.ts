import { unhex } from "../../core/bytes";
import { discovery } from "../sdp";
import type { CarDeviation } from ".";
import { altered, heard, nameOf } from "./mmes";
import { deafTo, timed, without, withoutTimer, wrapped } from "./wrapping";

/** Never asks for another match than its first. */
const matchesOnce: CarDeviation["wrap"] = (machine) => {
  let matched = false;
  return without((effect) => matched && nameOf(effect) === "CM_SLAC_PARM.REQ")({
    ...machine,
    step: (before, input, seen) => {
      matched ||= heard("CM_SLAC_MATCH.CNF")(input);
      return machine.step(before, input, seen);
    },
  });
};

/** Cars that match in a wrong way. */
export const matching: readonly CarDeviation[] = [
  {
    name: "matches-once-only",
    gist: "asks no station after its first",
    requirement: "HIL-FP02",
    wrap: matchesOnce,
  },
  {
    name: "does-not-match",
    gist: "does not hear the call of the pilot",
    requirement: "V2G3-M06-13",
    scenarios: ["The plug is put in"],
    wrap: deafTo(({ kind }) => kind === "pilot"),
  },
  {
    name: "hears-no-call",
    gist: "does not match at 3 to 7 %",
    requirement: "HIL-CP12",
    scenarios: ["A duty cycle that calls for communication"],
    wrap: deafTo(({ kind }) => kind === "pilot"),
  },
  {
    name: "matches-at-any-duty-cycle",
    gist: "matches whenever it is plugged in",
    requirement: "HIL-CP12",
    scenarios: ["A duty cycle that does not"],
    wrap: wrapped.inputs((input) =>
      input.kind === "pilot" && input.reading.plugged
        ? { ...input, reading: { ...input.reading, dutyPercent: 5 } }
        : input,
    ),
  },
  {
    name: "has-one-run-id",
    gist: "makes its RunID of its address",
    requirement: "HIL-ML15",
    wrap: wrapped.seen((seen, state) => {
      const own = unhex(`${(state?.slac?.config.mac ?? "").replaceAll(":", "")}0000`);
      return { ...seen, random: (length) => (length === own.length ? own : seen.random(length)) };
    }),
  },
  {
    name: "starts-the-sounding-once",
    gist: "sends CM_START_ATTEN_CHAR.IND once only",
    requirement: "V2G3-A09-27",
    wrap: without((effect, { slac }) => nameOf(effect) === "CM_START_ATTEN_CHAR.IND" && (slac?.sounded ?? 0) > 1),
  },
  {
    name: "counts-up",
    gist: "counts its soundings from 0 to 9",
    requirement: "V2G3-A09-28",
    wrap: altered("CM_MNBC_SOUND.IND", ({ Cnt }) => ({ Cnt: 9 - Number(Cnt) })),
  },
  {
    name: "sounds-too-fast",
    gist: "sounds every 5 ms",
    requirement: "V2G3-A09-29",
    wrap: timed("slac.TP_EV_batch_msg_interval", () => 5),
  },
  {
    name: "slow-to-repeat-its-request",
    gist: "repeats CM_SLAC_PARM.REQ after 600 ms",
    requirement: "V2G3-A09-10",
    wrap: timed("slac.TT_match_response", (ms) => 3 * ms),
  },
  {
    name: "matches-again-at-once",
    gist: "leaves no pause between two matches",
    requirement: "V2G3-A09-124",
    wrap: timed("slac.TT_matching_rate", () => 10),
  },
  {
    name: "matches-for-ever",
    gist: "never gives up matching",
    requirement: "V2G3-A09-125",
    wrap: withoutTimer("slac.TT_matching_repetition"),
  },
  {
    name: "answers-once",
    gist: "does not answer a repeated CM_ATTEN_CHAR.IND",
    requirement: "V2G3-A09-21",
    wrap: deafTo((input, { slac }) => heard("CM_ATTEN_CHAR.IND")(input) && slac?.at === "AwaitCmSlacMatchCnf"),
  },
  {
    name: "waits-for-the-result-for-ever",
    gist: "waits for CM_ATTEN_CHAR.IND without an end",
    requirement: "V2G3-A09-30",
    wrap: withoutTimer("slac.TT_EV_atten_results"),
  },
  {
    name: "slow-to-repeat-the-match",
    gist: "repeats CM_SLAC_MATCH.REQ after 600 ms",
    requirement: "V2G3-A09-94",
    wrap: timed("slac.TT_match_response", (ms) => (ms === 200 ? 600 : ms)),
  },
  {
    name: "joins-with-a-key-of-its-own",
    gist: "sets another key than it was told",
    requirement: "HIL-ML05",
    scenarios: ["After the match"],
    wrap: altered("CM_SET_KEY.REQ", () => ({ NewKey: "0123456789ABCDEF0123456789ABCDEF" })),
  },
  {
    name: "asks-for-a-station-too-early",
    gist: "sends SDP requests before it is matched",
    requirement: "HIL-ML06",
    wrap: wrapped.effects((effects, { input }) =>
      input.kind === "pilot" ? [...effects, { do: "discover", bytes: discovery() }] : effects,
    ),
  },
  {
    name: "matches-on-without-a-pilot",
    gist: "does not look at the pilot while it matches",
    requirement: "V2G3-A09-123",
    wrap: deafTo(({ kind }, { at }) => kind === "pilot" && at === "AwaitMatch"),
  },
  {
    name: "stops-at-another-duty-cycle",
    gist: "takes a change of the duty cycle for the end of matching",
    requirement: "V2G3-M06-15",
    wrap: wrapped.inputs((input, { at }) => {
      if (input.kind !== "pilot" || at !== "AwaitMatch" || input.reading.dutyPercent === 5) return input;
      const { dutyPercent: _, ...reading } = input.reading;
      return { ...input, reading };
    }),
  },
  {
    name: "stays-in-the-network",
    gist: "keeps its key after the session",
    requirement: "V2G3-M09-17",
    wrap: without((effect, { at }) => at === "AwaitUnplug" && nameOf(effect) === "CM_SET_KEY.REQ"),
  },
];
