import { amount } from "../../protocol/v2g";
import type { CarDeviation } from ".";
import { all, bodyOf, deafTo, reads, statusOf, withBody, without, wrapped } from "./wrapping";

const noCurrent = { Multiplier: 0, Unit: "A", Value: 0 };

/** Cars that are careless with contactor, pilot and the wish to stop. */
export const charging: readonly CarDeviation[] = [
  {
    name: "closes-on-a-difference-of-100-V",
    gist: "closes its contactor 100 V away from its battery",
    requirement: "HIL-S15",
    scenarios: ["At the end of pre-charge", "The voltage stays 60 V short"],
    config: { contactorTolerance: 100 },
  },
  {
    name: "trusts-the-voltage-of-the-station",
    gist: "closes its contactor on EVSEPresentVoltage",
    requirement: "HIL-S15",
    scenarios: ["The station measures a voltage that is not there"],
    wrap: wrapped.effects((effects, { input, seen }) => {
      if (input.kind !== "message" || input.message.name !== "PreChargeRes") return effects;
      const told = amount(input.message.body.EVSEPresentVoltage);
      const near = Math.abs(told - seen.inlet.batteryVoltage) < 20;
      return near ? [{ do: "contactor", closed: true }, ...effects] : effects;
    }),
  },
  {
    name: "charges-in-spite-of-bad-insulation",
    gist: "does not look at EVSEIsolationStatus",
    requirement: "HIL-S11",
    wrap: reads((message) =>
      message.name === "CableCheckRes"
        ? withBody(message, { DC_EVSEStatus: { ...statusOf(message), EVSEIsolationStatus: "Valid" } })
        : message,
    ),
  },
  {
    name: "does-not-ramp-down",
    gist: "stops and opens its contactor under load",
    requirement: "HIL-S03",
    wrap: all(
      reads((message) =>
        message.name === "CurrentDemandRes" ? withBody(message, { EVSEPresentCurrent: noCurrent }) : message,
      ),
      wrapped.seen((seen) => ({ ...seen, inlet: { ...seen.inlet, current: 0 } })),
    ),
  },
  {
    name: "stays-in-B",
    gist: "never shows C",
    requirement: "V2G2-847",
    wrap: without((effect) => effect.do === "present" && effect.load === "C"),
  },
  {
    name: "stays-in-C",
    gist: "shows C until the session is over",
    requirement: "V2G2-848",
    wrap: without((effect, { session }) => effect.do === "present" && effect.load === "B" && session?.at !== "Closed"),
  },
  {
    name: "shows-C-at-once",
    gist: "shows C from plugging in on",
    requirement: "V2G2-849",
    wrap: (machine) => ({
      ...machine,
      start: (seen) => {
        const { state, effects } = machine.start(seen);
        return { state, effects: [...effects, { do: "present", load: "C" }] };
      },
    }),
  },
  {
    name: "leaves-without-a-word",
    gist: "closes the connection instead of SessionStopReq",
    requirement: "HIL-OP02",
    wrap: wrapped.effects((effects) =>
      effects.map((effect) =>
        effect.do === "send" && effect.message.name === "SessionStopReq" ? { do: "close" } : effect,
      ),
    ),
  },
  {
    name: "deaf-to-the-station",
    gist: "looks neither at EVSENotification nor at EVSEStatusCode",
    requirement: "HIL-S25",
    wrap: reads((message) => {
      const status = statusOf(message);
      if (!status) return message;
      const calm = { ...status, EVSENotification: "None", EVSEStatusCode: "EVSE_Ready" };
      return withBody(message, { ...bodyOf(message), DC_EVSEStatus: calm });
    }),
  },
  {
    name: "deaf-to-the-driver",
    gist: "charges on when the driver stops",
    requirement: "HIL-OP01",
    wrap: deafTo(({ kind }) => kind === "stop"),
  },
  {
    name: "looks-at-a-welded-contactor-for-ever",
    gist: "repeats WeldingDetectionReq without an end",
    requirement: "HIL-OP01",
    scenarios: ["With a contactor that does not open any more"],
    wrap: wrapped.states((state) =>
      state.session ? { ...state, session: { ...state.session, weldingChecks: 0 } } : state,
    ),
  },
  {
    name: "does-not-look-at-the-pilot",
    gist: "charges on without a pilot",
    requirement: "HIL-CP13",
    wrap: deafTo(({ kind }, { at }) => kind === "pilot" && at !== "AwaitPlug"),
  },
];
