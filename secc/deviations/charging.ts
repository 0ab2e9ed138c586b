import { physical } from "../../protocol/v2g";
import type { At } from "../iso15118-2/table";
import type { StationInput } from "../station";
import type { StationDeviation } from ".";
import { all, delayed, does, onResponse, onSend, recode, without, wrapped } from "./wrapping";

const status = (change: object) => (body: { DC_EVSEStatus: object }) => ({
  DC_EVSEStatus: { ...body.DC_EVSEStatus, ...change },
});

/** Takes the pilot for another while it waits there. */
const seesPilot = (state: "B" | "C", at: At) =>
  wrapped.seen((seen, station) => (station?.session?.at === at ? { ...seen, pilot: { ...seen.pilot, state } } : seen));

/** Says things as late as this. */
const slow = (ms: number, ...names: readonly string[]) =>
  delayed((effect) => effect.do === "send" && (names.length === 0 || names.includes(effect.message.name)), ms);

const late = "The vehicle shows state B a little late";
const stays = "The vehicle stays in state C";
const early = "Instead of <awaited>";

/** Faults from CableCheck to SessionStop. */
const isStop = (input: StationInput): boolean =>
  input.kind === "message" && input.message.name === "PowerDeliveryReq" && input.message.body.ChargeProgress === "Stop";

export const charging: readonly StationDeviation[] = [
  {
    name: "finishes-the-cable-check-at-once",
    gist: "answers Finished before anything was measured",
    requirement: "V2G2-583",
    scenarios: ["The check begins", "The check begins in state D"],
    wrap: onResponse("CableCheckRes", { EVSEProcessing: "Finished" }),
  },
  {
    name: "never-finishes-the-cable-check",
    gist: "answers Ongoing for ever",
    requirement: "V2G2-583",
    scenarios: ["The check is finished"],
    wrap: onResponse("CableCheckRes", { EVSEProcessing: "Ongoing" }),
  },
  {
    name: "does-not-tell-the-insulation",
    gist: "finishes the cable check with an insulation that is not known",
    requirement: "V2G2-583",
    scenarios: ["The check is finished"],
    wrap: onResponse("CableCheckRes", status({ EVSEIsolationStatus: "Invalid" })),
  },
  {
    name: "checks-the-cable-in-state-B",
    gist: "does not look at the pilot before the cable check",
    requirement: "V2G2-918",
    scenarios: ["The vehicle has gone back to state B"],
    wrap: seesPilot("C", "AwaitCableCheckReq"),
  },
  {
    name: "does-not-wait-for-state-C",
    gist: "refuses CableCheckReq at once when the pilot is not in C yet",
    requirement: "V2G2-918",
    scenarios: ["The vehicle shows state C a little late"],
    wrap: wrapped.effects((effects) =>
      effects.map((effect) =>
        effect.do === "arm" && effect.timer === "CP_state_detection" ? { ...effect, ms: 50 } : effect,
      ),
    ),
  },
  {
    name: "is-never-ready",
    gist: "says EVSE_NotReady while it pre-charges, starts and delivers",
    requirement: "V2G2-586",
    wrap: onResponse("PreChargeRes", status({ EVSEStatusCode: "EVSE_NotReady" })),
  },
  {
    name: "loses-patience-in-pre-charge",
    gist: "refuses the third PreChargeReq",
    requirement: "V2G2-586",
    scenarios: ["Many requests later"],
    wrap: (machine) => {
      let count = 0;
      return onSend((message) =>
        message.name === "PreChargeRes" && ++count > 2
          ? { ...message, body: { ...message.body, ResponseCode: "FAILED" } }
          : message,
      )(machine);
    },
  },
  {
    name: "tells-the-target-for-the-voltage",
    gist: "reports 400 V in pre-charge, whatever there is",
    requirement: "V2G2-256",
    wrap: onResponse("PreChargeRes", { EVSEPresentVoltage: physical(400, "V") }),
  },
  {
    name: "refuses-power-delivery",
    gist: "answers FAILED to start and stop",
    requirement: "V2G2-589",
    scenarios: ["Start", "A vehicle that thinks better of it"],
    wrap: onResponse("PowerDeliveryRes", { ResponseCode: "FAILED" }),
  },
  {
    name: "does-not-switch-off-at-a-stop",
    gist: "answers OK to a stop and leaves the supply on",
    requirement: "V2G2-589",
    scenarios: ["Stop", "A vehicle that thinks better of it"],
    wrap: all(
      without(does("supply", "arm"), (_, input) => isStop(input)),
      wrapped.states((state, { before, input }) => (isStop(input) ? { ...state, power: before.power } : state)),
    ),
  },
  {
    name: "does-not-look-at-the-profile",
    gist: "accepts any charging profile",
    requirement: "V2G2-224",
    scenarios: ["a little too much", "far too much", "too much in the second entry"],
    wrap: recode("FAILED_ChargingProfileInvalid", "OK"),
  },
  {
    name: "looks-at-the-first-entry-only",
    gist: "does not look at later entries of a charging profile",
    requirement: "V2G2-224",
    scenarios: ["too much in the second entry"],
    wrap: wrapped.inputs((input) =>
      input.kind === "message" && input.message.name === "PowerDeliveryReq" && input.message.body.ChargingProfile
        ? {
            ...input,
            message: {
              ...input.message,
              body: {
                ...input.message.body,
                ChargingProfile: { ProfileEntry: input.message.body.ChargingProfile.ProfileEntry.slice(0, 1) },
              },
            },
          }
        : input,
    ),
  },
  {
    name: "refuses-what-it-has-offered",
    gist: "refuses a profile at the power of its schedule",
    requirement: "V2G2-224",
    scenarios: ["As much as was offered"],
    wrap: onResponse("PowerDeliveryRes", { ResponseCode: "FAILED_ChargingProfileInvalid" }),
  },
  {
    name: "takes-any-schedule",
    gist: "accepts a schedule it has not offered",
    requirement: "V2G2-479",
    wrap: recode("FAILED_TariffSelectionInvalid", "OK"),
  },
  {
    name: "renegotiates-anything",
    gist: "answers OK to a renegotiation or a second start",
    requirement: "HIL-SE12",
    wrap: recode(/^FAILED/, "OK"),
  },
  {
    name: "starts-without-power",
    gist: "answers OK to a start when it cannot deliver",
    requirement: "V2G2-480",
    wrap: recode("FAILED_PowerDeliveryNotApplied", "OK"),
  },
  {
    name: "refuses-a-stop-for-its-reason",
    gist: "answers FAILED to a stop of a vehicle that reports an error",
    requirement: "HIL-SE14",
    wrap: onResponse("PowerDeliveryRes", (body: { DC_EVSEStatus: { EVSEStatusCode: string } }) =>
      body.DC_EVSEStatus.EVSEStatusCode === "EVSE_Ready" ? {} : { ResponseCode: "FAILED" },
    ),
  },
  {
    name: "has-another-name-in-the-loop",
    gist: "gives another EVSEID in the charge loop than in SessionSetup",
    requirement: "V2G2-260",
    scenarios: ["<when> request of the loop"],
    wrap: onResponse("CurrentDemandRes", { EVSEID: "DE*CCS*E0001*2" }),
  },
  {
    name: "has-no-meter",
    gist: "leaves the meter's reading out",
    requirement: "V2G2-260",
    scenarios: ["<when> request of the loop"],
    wrap: onResponse("CurrentDemandRes", { MeterInfo: undefined }),
  },
  {
    name: "measures-volts-in-amperes",
    gist: "gives its present voltage in amperes",
    requirement: "V2G2-260",
    scenarios: ["<when> request of the loop"],
    wrap: onResponse("CurrentDemandRes", { EVSEPresentVoltage: physical(400, "A") }),
  },
  {
    name: "asks-for-a-receipt",
    gist: "asks for a receipt although nobody has a contract",
    requirement: "V2G2-691",
    wrap: onResponse("CurrentDemandRes", { ReceiptRequired: true }),
  },
  {
    name: "does-not-tell-its-limits",
    gist: "never says that a limit is reached",
    requirement: "HIL-SE13",
    scenarios: [
      "More current than the station has",
      "As much current as the station has",
      "More voltage than the station has",
    ],
    wrap: onResponse("CurrentDemandRes", { EVSECurrentLimitAchieved: false, EVSEVoltageLimitAchieved: false }),
  },
  {
    name: "is-always-at-its-limit",
    gist: "always says that its current limit is reached",
    requirement: "HIL-SE13",
    scenarios: ["Less current than the station has"],
    wrap: onResponse("CurrentDemandRes", { EVSECurrentLimitAchieved: true }),
  },
  {
    name: "serves-a-negative-current",
    gist: "answers OK to a target below zero",
    requirement: "HIL-SE13",
    scenarios: ["A current below zero", "<field> below zero"],
    wrap: recode("FAILED", "OK"),
  },
  {
    name: "tells-no-voltage-at-the-end",
    gist: "reports 700 V in welding detection, whatever there is",
    requirement: "V2G2-596",
    wrap: onResponse("WeldingDetectionRes", { EVSEPresentVoltage: physical(700, "V") }),
  },
  {
    name: "detects-welding-in-state-C",
    gist: "does not look at the pilot before welding detection",
    requirement: "V2G2-920",
    scenarios: [stays],
    wrap: seesPilot("B", "AwaitWeldingDetectionReq"),
  },
  {
    name: "does-not-wait-for-state-B-after-charging",
    gist: "refuses WeldingDetectionReq at once when the pilot is not in B yet",
    requirement: "V2G2-920",
    scenarios: [late],
    wrap: onResponse("WeldingDetectionRes", { ResponseCode: "FAILED" }),
  },
  {
    name: "ends-the-session-in-state-C",
    gist: "does not look at the pilot before the end of the session",
    requirement: "V2G2-922",
    scenarios: [stays],
    wrap: seesPilot("B", "AwaitSessionStopReq"),
  },
  {
    name: "does-not-wait-for-state-B-at-the-end",
    gist: "refuses SessionStopReq at once when the pilot is not in B yet",
    requirement: "V2G2-922",
    scenarios: [late],
    wrap: onResponse("SessionStopRes", { ResponseCode: "FAILED" }),
  },
  {
    name: "leaves-the-connection-to-the-vehicle",
    gist: "does not close the connection after SessionStopRes",
    requirement: "V2G2-570",
    wrap: without(does("close")),
  },
  {
    name: "keeps-the-plug",
    gist: "does not unlock at the end of a session",
    requirement: "V2G2-570",
    wrap: without((effect) => effect.do === "lock" && !effect.locked),
  },
  {
    name: "refuses-an-early-end",
    gist: "answers FAILED_SequenceError to SessionStopReq before power was delivered",
    requirement: "HIL-R27",
    wrap: onResponse("SessionStopRes", { ResponseCode: "FAILED_SequenceError" }),
  },
  {
    name: "keeps-the-plug-after-an-early-end",
    gist: "does not unlock when a session ends during cable check or pre-charge",
    requirement: "HIL-R27",
    scenarios: [
      "Instead of CableCheckReq again",
      "Instead of PreChargeReq",
      "Instead of PowerDeliveryReq",
      `${early}, state B after it`,
    ],
    wrap: without((effect) => effect.do === "lock" && !effect.locked),
  },
  {
    name: "stops-without-a-word",
    gist: "does not tell the vehicle that it wants to stop",
    requirement: "HIL-S06",
    scenarios: ["It is told with <response>"],
    wrap: onSend((message) => {
      const { DC_EVSEStatus } = message.body as { DC_EVSEStatus?: object };
      if (!DC_EVSEStatus) return message;
      const silent = { ...DC_EVSEStatus, EVSENotification: "None", EVSEStatusCode: "EVSE_Ready" };
      return { ...message, body: { ...message.body, DC_EVSEStatus: silent } } as typeof message;
    }),
  },
  {
    name: "always-wants-to-stop",
    gist: "asks the vehicle to stop from the start of the loop",
    requirement: "HIL-S06",
    scenarios: ["Nothing is told before"],
    wrap: onResponse("CurrentDemandRes", status({ EVSENotification: "StopCharging" })),
  },
  {
    name: "leaves-no-time-to-stop",
    gist: "ends the session five seconds after it has asked for the stop",
    requirement: "HIL-S06",
    scenarios: ["The vehicle obeys just in time"],
    wrap: wrapped.effects((effects) =>
      effects.map((effect) =>
        effect.do === "arm" && effect.timer === "NotificationMaxDelay" ? { ...effect, ms: 5_000 } : effect,
      ),
    ),
  },
  {
    name: "hurries-a-vehicle-that-obeys",
    gist: "ends the session at NotificationMaxDelay although the vehicle has stopped charging",
    requirement: "HIL-S06",
    scenarios: ["A vehicle that obeys may take its time to end the session"],
    wrap: without((effect) => effect.do === "disarm" && effect.timer === "NotificationMaxDelay"),
  },
  {
    name: "asks-in-vain",
    gist: "goes on delivering to a vehicle that does not stop",
    requirement: "HIL-S06",
    scenarios: ["The vehicle charges on", "The vehicle falls silent"],
    wrap: without((effect) => effect.do === "arm" && effect.timer === "NotificationMaxDelay"),
  },
  {
    name: "is-slow",
    gist: "answers everything 1.6 s late",
    requirement: "HIL-TM06",
    scenarios: [
      "supportedAppProtocolReq",
      "SessionSetupReq",
      "ServiceDiscoveryReq",
      "PaymentServiceSelectionReq",
      "AuthorizationReq",
      "ChargeParameterDiscoveryReq",
      "CableCheckReq",
      "PreChargeReq",
      "A pilot that does not follow",
    ],
    wrap: slow(1_600),
  },
  {
    name: "is-slow-at-the-end",
    gist: "answers WeldingDetectionReq and SessionStopReq after 1.6 s",
    requirement: "HIL-TM06",
    scenarios: ["WeldingDetectionReq", "SessionStopReq"],
    wrap: slow(1_600, "WeldingDetectionRes", "SessionStopRes"),
  },
  {
    name: "is-slow-to-deliver",
    gist: "answers PowerDeliveryReq after 4.6 s",
    requirement: "HIL-TM07",
    wrap: slow(4_600, "PowerDeliveryRes"),
  },
  {
    name: "is-slow-in-the-loop",
    gist: "answers CurrentDemandReq after 30 ms",
    requirement: "HIL-TM08",
    wrap: slow(30, "CurrentDemandRes"),
  },
];
