import type { CarDeviation } from ".";
import { bodyOf, reads, timed, withBody, withoutTimer } from "./wrapping";

const message = "V2G_EVCC_Msg_Timer";
const ongoing = "V2G_EVCC_Ongoing_Timer";
const cableCheck = "V2G_EVCC_CableCheck_Timer";
const preCharge = "V2G_EVCC_PreCharge_Timer";
const hasty = (ms: number): number => ms * 0.9;

/** Cars that wait too long for a station, or not long enough. */
export const timeouts: readonly CarDeviation[] = [
  {
    name: "never-times-out",
    gist: "waits for a response for ever",
    requirement: "HIL-TM01",
    scenarios: ["The station falls silent"],
    wrap: withoutTimer(message),
  },
  {
    name: "impatient",
    gist: "waits for a response for 1.8 s only",
    requirement: "HIL-TM01",
    scenarios: ["The response comes just in time", "The response to WeldingDetectionReq comes just in time"],
    wrap: timed(message, hasty),
  },
  {
    name: "never-times-out-in-power-delivery",
    gist: "waits for PowerDeliveryRes for ever",
    requirement: "HIL-TM04",
    scenarios: ["The station falls silent before charging", "The station falls silent at the end of charging"],
    wrap: withoutTimer(message),
  },
  {
    name: "impatient-in-power-delivery",
    gist: "waits for PowerDeliveryRes for 2 s only",
    requirement: "HIL-TM04",
    scenarios: [
      "The response comes just in time before charging",
      "The response comes just in time at the end of charging",
    ],
    wrap: timed(message, (ms) => Math.min(ms, 2_000)),
  },
  {
    name: "never-times-out-in-the-loop",
    gist: "waits for CurrentDemandRes as long as for any response",
    requirement: "HIL-TM05",
    scenarios: ["The station falls silent in the charging loop"],
    wrap: timed(message, (ms) => Math.max(ms, 2_000)),
  },
  {
    name: "impatient-in-the-loop",
    gist: "waits for CurrentDemandRes for 225 ms only",
    requirement: "HIL-TM05",
    scenarios: ["The response comes just in time in the charging loop"],
    wrap: timed(message, hasty),
  },
  {
    name: "waits-for-ever-while-ongoing",
    gist: "lets a station be Ongoing for ever",
    requirement: "HIL-TM11",
    scenarios: ["The station stays Ongoing"],
    wrap: withoutTimer(ongoing),
  },
  {
    name: "impatient-while-ongoing",
    gist: "lets a station be Ongoing for 54 s only",
    requirement: "HIL-TM11",
    scenarios: ["The station is ready just in time"],
    wrap: timed(ongoing, hasty),
  },
  {
    name: "does-not-wait-for-the-customer",
    gist: "takes Ongoing_WaitingForCustomerInteraction for a refusal",
    requirement: "HIL-TM11",
    scenarios: ["Waiting for the customer is Ongoing too"],
    wrap: reads((response) =>
      String(bodyOf(response).EVSEProcessing).startsWith("Ongoing_")
        ? withBody(response, { ResponseCode: "FAILED" })
        : response,
    ),
  },
  {
    name: "waits-for-ever-in-cable-check",
    gist: "lets a cable check go on for ever",
    requirement: "V2G2-702",
    scenarios: ["The cable check does not end"],
    wrap: withoutTimer(cableCheck),
  },
  {
    name: "impatient-in-cable-check",
    gist: "gives up a cable check after 36 s",
    requirement: "V2G2-702",
    scenarios: ["The cable check ends just in time"],
    wrap: timed(cableCheck, hasty),
  },
  {
    name: "waits-for-ever-in-pre-charge",
    gist: "waits for the voltage for ever",
    requirement: "HIL-TM15",
    scenarios: ["The voltage does not come"],
    wrap: withoutTimer(preCharge),
  },
  {
    name: "impatient-in-pre-charge",
    gist: "waits for the voltage for 5.6 s only",
    requirement: "HIL-TM15",
    scenarios: ["The voltage comes just in time"],
    wrap: timed(preCharge, (ms) => ms * 0.8),
  },
];
