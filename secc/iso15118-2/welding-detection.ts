import { EVSEPresentVoltage, EVSEStatus } from "./status";
import type { Handler } from "./table";

/** The car opens its contactor and watches the voltage fall; it has to show B by then (V2G2-921). */
export const detectWelding: Handler<"WeldingDetectionReq"> = (session, _, seen, last) => {
  const idle = seen.pilot === "B" || seen.pilot === "A";
  if (!idle && !last) return "hold";
  return {
    body: {
      ResponseCode: idle ? "OK" : "FAILED",
      DC_EVSEStatus: EVSEStatus(session, "EVSE_NotReady", seen),
      EVSEPresentVoltage: EVSEPresentVoltage(seen),
    },
    next: "AwaitSessionStopReq",
  };
};
