import { amount } from "../../protocol/v2g";
import { carLimit, EVSEPresentVoltage, EVSEStatus } from "./status";
import type { Handler } from "./table";

/**
 * Sets the supply to the car's voltage with at most 2 A (S15) and reports what is measured; the car decides when it is close
 * enough. With the power path shut down in between there is nothing to wait for.
 */
export const preCharge: Handler<"PreChargeReq"> = (session, { EVTargetVoltage }, seen) => {
  const possible = seen.stage === "Checked" || seen.stage === "PreCharging";
  const voltage = Math.min(Math.max(0, amount(EVTargetVoltage)), session.config.limits.maximumVoltage);
  return {
    body: {
      ResponseCode: possible ? "OK" : "FAILED",
      DC_EVSEStatus: EVSEStatus(session, possible ? "EVSE_Ready" : "EVSE_NotReady", seen),
      EVSEPresentVoltage: EVSEPresentVoltage(seen),
    },
    ...(possible && {
      next: "AwaitPowerDeliveryReq",
      effects: [{ do: "ask", ask: { kind: "preCharge", voltage, carLimit: carLimit(session) } }],
    }),
  };
};
