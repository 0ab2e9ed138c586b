import { amount } from "../../protocol/v2g";
import type { Decide, Decision } from "./table";

/** A voltage that may be touched; the contactor has not welded when the inlet falls below (S23). */
const safeVoltage = 60;

/** Gives up before power has flowed: contactor open, B, SessionStop. */
export const stopEarly = (): Decision & { next: "SessionStopReq" } => ({
  next: "SessionStopReq",
  effects: [
    { do: "contactor", closed: false },
    { do: "present", load: "B" },
  ],
});

/** So often the voltage is looked at; a contactor that has welded does not keep the session open for ever. */
const mostChecks = 30;

export const weldingDetected: Decide<"WeldingDetectionRes"> = (session, { EVSEPresentVoltage }, { inlet }) => {
  const weldingChecks = session.weldingChecks + 1;
  if (Math.min(amount(EVSEPresentVoltage), inlet.voltage) < safeVoltage) return { next: "SessionStopReq" };
  if (weldingChecks >= mostChecks) return { next: "SessionStopReq", session: { stopping: "the contactor has welded" } };
  return { next: "WeldingDetectionReq", pace: session.config.pace.preCharge, session: { weldingChecks } };
};

export const sessionStopped: Decide<"SessionStopRes"> = ({ stopping }) => ({ end: stopping ?? "done", orderly: true });
