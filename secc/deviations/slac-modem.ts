import type { Station } from "../station";
import type { StationDeviation } from ".";
import { corrects, deafToTheFirst, expired, hears } from "./mmes";
import { all, deafTo, wrapped } from "./wrapping";

const isKeyed = ({ slac }: Station): boolean => slac?.at !== "AwaitSetKeyCnf";

/** Stations that do not get along with their own modem. */
export const slacModem: readonly StationDeviation[] = [
  {
    name: "gives-its-modem-a-key-once",
    gist: "does not repeat CM_SET_KEY.REQ",
    requirement: "HIL-ML16",
    wrap: deafTo(expired("T_set_key_response")),
  },
  {
    name: "takes-any-answer-for-its-key",
    gist: "does not look at result and nonce of CM_SET_KEY.CNF",
    requirement: "HIL-ML16",
    scenarios: ["An answer that is none", "Another modem answers"],
    wrap: corrects("CM_SET_KEY.CNF", ({ slac }) =>
      slac ? { fields: { Result: 1, YourNonce: slac.keying.nonce } } : undefined,
    ),
  },
  {
    name: "matches-without-a-key",
    gist: "does not wait for its modem to take the key",
    requirement: "HIL-ML17",
    scenarios: ["The modem takes no key"],
    wrap: wrapped.states((state) =>
      state.slac?.plugged && !isKeyed(state) ? { ...state, slac: { ...state.slac, at: "AwaitCmSlacParmReq" } } : state,
    ),
  },
  {
    name: "takes-no-late-answer-for-its-key",
    gist: "does not take CM_SET_KEY.CNF once it has repeated its request",
    requirement: "HIL-ML17",
    scenarios: ["The modem takes its time"],
    wrap: deafTo((input, { slac }) => hears("CM_SET_KEY.CNF", input) && (slac?.keying.sends ?? 0) > 1),
  },
  {
    name: "does-not-notice-its-modem",
    gist: "neither hears of a modem that restarts nor asks for the link",
    requirement: "HIL-ML18",
    wrap: all(
      deafTo(({ kind }) => kind === "modemRestarted"),
      deafTo(expired("T_link_watch")),
      deafTo(({ kind }, { at }) => kind === "pilot" && at === "InSession"),
    ),
  },
  {
    name: "wakes-up-late",
    gist: "hears nothing of a vehicle for 8 s",
    requirement: "HIL-TM28",
    wrap: deafToTheFirst(25, "CM_SLAC_PARM.REQ"),
  },
];
