import { amount, physical } from "../../protocol/v2g";
import { SAScheduleTupleID } from "./charge-parameter-discovery";
import { EVSEPresentCurrent, EVSEPresentVoltage, EVSEStatus } from "./status";
import type { Handler } from "./table";

/** Serves the car's targets, clamped to what was announced (SE13), and reports what is measured. */
export const demandCurrent: Handler<"CurrentDemandReq"> = (session, request, seen) => {
  const { limits } = session.config;
  const voltage = Math.min(Math.max(0, amount(request.EVTargetVoltage)), limits.maximumVoltage);
  const wanted = amount(request.EVTargetCurrent);
  const byPower = voltage > 0 ? limits.maximumPower / voltage : limits.maximumCurrent;
  const current = Math.min(Math.max(0, wanted), limits.maximumCurrent, byPower);
  return {
    body: {
      ResponseCode: wanted < 0 ? "FAILED" : "OK",
      DC_EVSEStatus: EVSEStatus(session, "EVSE_Ready", seen),
      EVSEPresentVoltage: EVSEPresentVoltage(seen),
      EVSEPresentCurrent: EVSEPresentCurrent(seen),
      EVSECurrentLimitAchieved: wanted >= limits.maximumCurrent,
      EVSEVoltageLimitAchieved: amount(request.EVTargetVoltage) >= limits.maximumVoltage,
      EVSEPowerLimitAchieved: wanted > byPower,
      EVSEMaximumVoltageLimit: physical(limits.maximumVoltage, "V"),
      EVSEMaximumCurrentLimit: physical(limits.maximumCurrent, "A"),
      EVSEMaximumPowerLimit: physical(limits.maximumPower, "W"),
      EVSEID: session.config.EVSEID,
      SAScheduleTupleID,
      MeterInfo: { MeterID: session.config.MeterID, MeterReading: Math.round(seen.power.energy) },
      ReceiptRequired: false, // V2G2-691: external payment needs no receipt
    },
    effects: wanted < 0 ? [] : [{ do: "ask", ask: { kind: "deliver", voltage, current } }],
  };
};
