import { refusal } from "../iso15118-2/refusal";
import type { StationDeviation } from ".";
import { beforeStep, codeOf, does, onResponse, onSend, recode, says, sessionAt, without } from "./wrapping";

const refused = says("FAILED_SequenceError");
const charging = "<message>Req in the charge loop";

/** Faults in what follows a request that is not awaited. */
export const sequence: readonly StationDeviation[] = [
  {
    name: "accepts-any-request",
    gist: "answers OK to a request it does not await",
    requirement: "HIL-SE01",
    wrap: recode("FAILED_SequenceError", "OK"),
  },
  {
    name: "stays-connected-after-sequence-error",
    gist: "leaves the connection open after FAILED_SequenceError",
    requirement: "V2G2-539",
    wrap: without(does("close"), refused),
  },
  {
    name: "ignores-a-request-out-of-sequence",
    gist: "does not answer a request it does not await",
    requirement: "V2G2-538",
    scenarios: [charging],
    wrap: onSend((message) => (codeOf(message) === "FAILED_SequenceError" ? undefined : message)),
  },
  {
    name: "refuses-with-one-response-for-all",
    gist: "answers SessionSetupRes to whatever it does not await",
    requirement: "V2G2-538",
    scenarios: ["<message>Req of another kind of session while <awaited>Req is awaited"],
    wrap: onSend((message, { session }, seen) =>
      codeOf(message) === "FAILED_SequenceError" && session
        ? {
            ...message,
            name: "SessionSetupRes",
            body: refusal(session, "SessionSetupRes", "FAILED_SequenceError", {
              ...seen,
              pilot: seen.pilot.state,
              stage: "Off",
              random: () => "",
            }),
          }
        : message,
    ),
  },
  {
    name: "refuses-with-a-session-of-zero",
    gist: "sends FAILED_SequenceError with a SessionID of zero",
    requirement: "V2G2-538",
    scenarios: [charging],
    wrap: onSend((message) =>
      codeOf(message) === "FAILED_SequenceError" ? { ...message, header: { SessionID: "0000000000000000" } } : message,
    ),
  },
  {
    name: "refuses-with-an-empty-evseid",
    gist: "a refused CurrentDemandReq is answered with an EVSEID that is too short",
    requirement: "V2G2-538",
    scenarios: [
      "CurrentDemandReq while AuthorizationReq is awaited",
      "CurrentDemandReq while PowerDeliveryReq is awaited",
      "CurrentDemandReq while WeldingDetectionReq is awaited",
    ],
    wrap: onResponse("CurrentDemandRes", { EVSEID: "" }),
  },
  {
    name: "keeps-delivering-after-sequence-error",
    gist: "leaves supply and contactor on after FAILED_SequenceError",
    requirement: "V2G2-538",
    scenarios: [
      charging,
      "ServiceDiscoveryReq between two CableCheckReq",
      "ServiceDiscoveryReq between two PreChargeReq",
    ],
    wrap: without(does("supply", "contactor", "arm"), refused),
  },
  {
    name: "prepares-power-without-authorisation",
    gist: "lets a vehicle that is not authorised begin with the cable check",
    requirement: "V2G2-538",
    scenarios: ["CableCheckReq while AuthorizationReq is awaited"],
    wrap: beforeStep((state, input) =>
      input.kind === "message" &&
      input.message.name === "CableCheckReq" &&
      state.session?.at === "AwaitAuthorizationReq"
        ? sessionAt(state, "AwaitCableCheckReq")
        : state,
    ),
  },
  {
    name: "never-unlocks-after-a-fault",
    gist: "keeps the plug after a session that it has refused",
    requirement: "V2G2-539",
    scenarios: [
      "CurrentDemandReq while WeldingDetectionReq is awaited",
      "PowerDeliveryReq while CurrentDemandReq is awaited",
    ],
    wrap: without((effect) => effect.do === "lock" && !effect.locked),
  },
];
