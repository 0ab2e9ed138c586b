import type { StationEffect } from "../station";
import type { StationDeviation } from ".";
import { expired, sends } from "./mmes";
import { deafTo, wrapped } from "./wrapping";

const isX1 = (effect: StationEffect): boolean => effect.do === "drive" && effect.drive.out === "x1";

/** Stations that do not know what a pause is. */
export const pauses: readonly StationDeviation[] = [
  {
    name: "calls-on-in-a-pause",
    gist: "leaves its oscillator on",
    requirement: "V2G3-M07-20",
    wrap: wrapped.effects((effects, _, { at }) =>
      at === "Paused" ? effects.filter((effect) => !isX1(effect)) : effects,
    ),
  },
  {
    name: "takes-a-pause-for-an-end",
    gist: "does not look at ChargingSession",
    requirement: "V2G3-M07-21",
    wrap: wrapped.inputs((input) => {
      if (input.kind !== "message" || input.message.name !== "SessionStopReq") return input;
      return { ...input, message: { ...input.message, body: { ChargingSession: "Terminate" } } };
    }),
  },
  {
    name: "calls-at-once-after-a-toggle",
    gist: "does not keep X1 for its time",
    requirement: "HIL-TM27",
    wrap: wrapped.states((state) => (state.pause ? { ...state, pause: { ...state.pause, rested: true } } : state)),
  },
  {
    name: "waits-for-the-link-for-ever",
    gist: "has no T_conn_resume",
    requirement: "V2G3-M07-23",
    wrap: deafTo(expired("T_conn_resume")),
  },
  {
    name: "keeps-the-key-of-a-pause",
    gist: "keeps its key when the pilot is lost in a pause",
    requirement: "V2G3-M09-19",
    wrap: wrapped.effects((effects, { before }) =>
      before.at === "Paused" || before.slac?.at === "AwaitSetKeyCnf"
        ? effects.filter((effect) => !sends("CM_SET_KEY.REQ")(effect))
        : effects,
    ),
  },
  {
    name: "forgets-what-was-paused",
    gist: "begins a new session after a pause",
    requirement: "V2G2-754",
    scenarios: ["The same session"],
    wrap: wrapped.states((state) => (state.pause ? { ...state, pause: { ...state.pause, SessionID: "" } } : state)),
  },
  {
    name: "joins-whoever-comes",
    gist: "takes any SessionID for that of the session that was paused",
    requirement: "V2G2-754",
    scenarios: ["Another one"],
    wrap: wrapped.inputs((input, { session }) => {
      const old = session?.old?.SessionID;
      if (input.kind !== "message" || input.message.name !== "SessionSetupReq" || old === undefined) return input;
      return { ...input, message: { ...input.message, header: { ...input.message.header, SessionID: old } } };
    }),
  },
];
