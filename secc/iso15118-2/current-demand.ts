import type { CurrentDemandReq } from "../../protocol/iso15118-2";
import { amount, physical } from "../../protocol/v2g";
import { bearable } from "../power";
import type { Session } from "../session";
import { SAScheduleTupleID } from "./charge-parameter-discovery";
import { EVSEPresentCurrent, EVSEPresentVoltage, EVSEStatus } from "./status";
import type { Handler } from "./table";

/**
 * Serves the car's targets, clamped to what either side has announced (SE13) and to what warm contacts bear (S22), and reports what is
 * measured. The car's limit may change with every request (CC.6.2).
 */
export const demandCurrent: Handler<"CurrentDemandReq"> = (session, request, seen) => {
  const { limits } = session.config;
  const evLimits = limitsIn(session, request);
  const most = Math.min(limits.maximumCurrent, Math.floor(bearable(seen.power)));
  const voltage = Math.min(Math.max(0, amount(request.EVTargetVoltage)), limits.maximumVoltage);
  const wanted = amount(request.EVTargetCurrent);
  const byPower = voltage > 0 ? limits.maximumPower / voltage : limits.maximumCurrent;
  const current = Math.min(wanted, most, byPower, evLimits.current);
  const impossible = Math.min(wanted, evLimits.current, evLimits.voltage) < 0;
  return {
    body: {
      ResponseCode: impossible ? "FAILED" : "OK",
      DC_EVSEStatus: EVSEStatus(session, "EVSE_Ready", seen),
      EVSEPresentVoltage: EVSEPresentVoltage(seen),
      EVSEPresentCurrent: EVSEPresentCurrent(seen),
      EVSECurrentLimitAchieved: wanted >= most,
      EVSEVoltageLimitAchieved: amount(request.EVTargetVoltage) >= limits.maximumVoltage,
      EVSEPowerLimitAchieved: wanted > byPower,
      EVSEMaximumVoltageLimit: physical(limits.maximumVoltage, "V"),
      EVSEMaximumCurrentLimit: physical(most, "A"),
      EVSEMaximumPowerLimit: physical(limits.maximumPower, "W"),
      EVSEID: session.config.EVSEID,
      SAScheduleTupleID,
      MeterInfo: { MeterID: session.config.MeterID, MeterReading: Math.round(seen.power.energy) },
      ReceiptRequired: false, // V2G2-691: external payment needs no receipt
    },
    session: { evLimits },
    effects: impossible ? [] : [{ do: "ask", ask: { kind: "deliver", voltage, current, carLimit: evLimits.voltage } }],
  };
};

function limitsIn({ evLimits }: Session, request: CurrentDemandReq): { voltage: number; current: number } {
  const { EVMaximumVoltageLimit: voltage, EVMaximumCurrentLimit: current } = request;
  return {
    voltage: voltage ? amount(voltage) : (evLimits?.voltage ?? Number.POSITIVE_INFINITY),
    current: current ? amount(current) : (evLimits?.current ?? Number.POSITIVE_INFINITY),
  };
}
