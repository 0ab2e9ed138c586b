import { amount } from "../../protocol/v2g";
import { EVSEPresentVoltage, EVSEStatus } from "./status";
import type { Handler } from "./table";

/** Sets the supply to the car's voltage with at most 2 A (S15) and reports what is measured; the car decides when it is close enough. */
export const preCharge: Handler<"PreChargeReq"> = (session, { EVTargetVoltage }, seen) => ({
  body: {
    ResponseCode: "OK",
    DC_EVSEStatus: EVSEStatus(session, "EVSE_Ready", seen),
    EVSEPresentVoltage: EVSEPresentVoltage(seen),
  },
  next: "AwaitPowerDeliveryReq",
  effects: [
    {
      do: "ask",
      ask: {
        kind: "preCharge",
        voltage: Math.min(Math.max(0, amount(EVTargetVoltage)), session.config.limits.maximumVoltage),
      },
    },
  ],
});
