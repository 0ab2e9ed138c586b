import { amount } from "../../protocol/v2g";
import type { Decide, Decision } from "./table";

/** A voltage that may be touched; the contactor has not welded when the inlet falls below (S23). */
const safeVoltage = 60;

/** Gives up before power has flowed: contactor open, B, SessionStop. */
export const stopEarly = (): Decision & { next: "SessionStopReq" } => ({
  next: "SessionStopReq",
  pace: 100,
  effects: [
    { do: "contactor", closed: false },
    { do: "present", load: "B" },
  ],
});

export const weldingDetected: Decide<"WeldingDetectionRes"> = ({ config }, { EVSEPresentVoltage }, { inlet }) =>
  Math.min(amount(EVSEPresentVoltage), inlet.voltage) < safeVoltage
    ? { next: "SessionStopReq" }
    : { next: "WeldingDetectionReq", pace: config.pace.preCharge };

export const sessionStopped: Decide<"SessionStopRes"> = ({ stopping }) => ({ end: stopping ?? "done", orderly: true });
