import type { CarDeviation } from ".";
import { corrects, heard } from "./mmes";
import { all, deafTo, withoutTimer, wrapped } from "./wrapping";

/** Cars that do not get along with their own modem. */
export const matchingModem: readonly CarDeviation[] = [
  {
    name: "gives-its-modem-its-key-once",
    gist: "does not repeat CM_SET_KEY.REQ",
    requirement: "HIL-ML16",
    wrap: withoutTimer("slac.T_set_key_response"),
  },
  {
    name: "believes-any-answer-to-its-key",
    gist: "does not look at result and nonce of CM_SET_KEY.CNF",
    requirement: "HIL-ML16",
    scenarios: ["An answer that is none", "Another modem answers"],
    wrap: corrects("CM_SET_KEY.CNF", ({ slac }) =>
      slac ? { fields: { Result: 1, YourNonce: slac.keying.nonce } } : undefined,
    ),
  },
  {
    name: "takes-no-late-answer-to-its-key",
    gist: "does not take CM_SET_KEY.CNF once it has repeated its request",
    requirement: "HIL-ML17",
    wrap: (machine) => {
      let late = false;
      return wrapped.inputs((input, { slac }) => {
        if (slac?.at !== "AwaitJoinSetKeyCnf") late = false;
        else if (input.kind === "expired" && input.timer === "slac.T_set_key_response") late = true;
        return late && heard("CM_SET_KEY.CNF")(input) ? undefined : input;
      })(machine);
    },
  },
  {
    name: "charges-on-without-a-modem",
    gist: "waits for the next response however long it takes, and whatever the pilot shows",
    requirement: "HIL-ML18",
    scenarios: ["In a session"],
    wrap: all(
      withoutTimer("V2G_EVCC_Msg_Timer", "slac.T_link_watch"),
      deafTo(({ kind }, { at }) => at === "InSession" && (kind === "pilot" || kind === "modemRestarted")),
    ),
  },
  {
    name: "is-lost-with-its-modem",
    gist: "hears nothing more after a modem that restarts",
    requirement: "HIL-ML18",
    scenarios: ["In a match"],
    wrap: (machine) => {
      let lost = false;
      return wrapped.inputs((input) => {
        lost ||= input.kind === "modemRestarted";
        return lost ? undefined : input;
      })(machine);
    },
  },
];
