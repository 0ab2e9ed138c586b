import { sendKey } from "../../protocol/homeplug";
import type { CarEffect } from "../car";
import type { CarDeviation } from ".";
import { deafTo, timed, wrapped } from "./wrapping";

const foreign = {
  key: { nid: "01020304050607", nmk: "0123456789ABCDEF0123456789ABCDEF" },
  nonce: "00000000",
  sends: 1,
} as const;

/** Cars that do not know what a pause is. */
export const pauses: readonly CarDeviation[] = [
  {
    name: "leaves-the-network-for-a-pause",
    gist: "gives its modem another key",
    requirement: "V2G3-M07-19",
    wrap: wrapped.effects((effects, { before }, { at, slac }) =>
      slac && at === "Paused" && before.at !== "Paused"
        ? [...effects, sendKey(slac.config.mac, foreign) as CarEffect]
        : effects,
    ),
  },
  {
    name: "matches-after-a-pause",
    gist: "begins with a match again",
    requirement: "V2G3-M07-21",
    wrap: wrapped.states((state) =>
      state.slac && state.at === "Paused"
        ? { ...state, at: "AwaitPlug", slac: { ...state.slac, at: "AwaitPlug", plugged: false } }
        : state,
    ),
  },
  {
    name: "toggles-at-leisure",
    gist: "shows C for 900 ms to wake its station",
    requirement: "V2G3-M07-22",
    wrap: timed("BCB_toggle", () => 900),
  },
  {
    name: "begins-a-new-session-after-a-pause",
    gist: "does not name the session that it has paused",
    requirement: "HIL-SE18",
    wrap: wrapped.states((state) =>
      state.paused ? { ...state, paused: { ...state.paused, SessionID: "0000000000000000" } } : state,
    ),
  },
  {
    name: "goes-on-after-an-error",
    gist: "keeps its key when the pilot is in E or F in a pause",
    requirement: "V2G3-M09-19",
    wrap: deafTo(
      (input, { at }) => at === "Paused" && input.kind === "pilot" && input.reading.dutyPercent === undefined,
    ),
  },
];
