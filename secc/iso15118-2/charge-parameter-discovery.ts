import type { DC_EVChargeParameter, DC_EVSEChargeParameter } from "../../protocol/iso15118-2";
import { amount, physical } from "../../protocol/v2g";
import type { Session, SessionSeen } from "../session";
import { EVSEStatus } from "./status";
import type { Handler, Reply } from "./table";

/** The one schedule offered; its power is the supply's. */
export const SAScheduleTupleID = 1;
const secondsOfDay = 86_400;

export const discoverChargeParameters: Handler<"ChargeParameterDiscoveryReq"> = (session, body, seen) => {
  const wrong = (
    code: "FAILED_WrongEnergyTransferMode" | "FAILED_WrongChargeParameter",
  ): Reply<"ChargeParameterDiscoveryReq"> => ({
    body: { ResponseCode: code, EVSEProcessing: "Finished", DC_EVSEChargeParameter: chargeParameter(session, seen) },
  });
  const modes: readonly string[] = session.config.energyTransferModes;
  if (!modes.includes(body.RequestedEnergyTransferMode)) return wrong("FAILED_WrongEnergyTransferMode");
  const parameter = body.DC_EVChargeParameter;
  if (!parameter || !plausible(session, parameter)) return wrong("FAILED_WrongChargeParameter");
  return {
    body: {
      ResponseCode: "OK",
      EVSEProcessing: "Finished",
      SAScheduleList: { SAScheduleTuple: [scheduleTuple(session)] },
      DC_EVSEChargeParameter: chargeParameter(session, seen),
    },
    next: "AwaitCableCheckReq",
    session: {
      evLimits: { voltage: amount(parameter.EVMaximumVoltageLimit), current: amount(parameter.EVMaximumCurrentLimit) },
    },
  };
};

/** V2G2-477: units as the standard has them, limits above zero, and a voltage the supply can reach. */
function plausible({ config }: Session, parameter: DC_EVChargeParameter): boolean {
  const { EVMaximumVoltageLimit: voltage, EVMaximumCurrentLimit: current, EVMaximumPowerLimit: power } = parameter;
  if (voltage.Unit !== "V" || current.Unit !== "A" || (power && power.Unit !== "W")) return false;
  if (power && amount(power) < 0) return false;
  return amount(current) > 0 && amount(voltage) >= config.limits.minimumVoltage;
}

/** 24 hours, as no car's departure time shortens it (V2G2-303 to V2G2-305, V2G2-761, V2G2-905). */
const scheduleTuple = ({ config }: Session) => ({
  SAScheduleTupleID,
  PMaxSchedule: {
    PMaxScheduleEntry: [
      {
        RelativeTimeInterval: { start: 0, duration: secondsOfDay },
        PMax: physical(config.limits.maximumPower, "W"),
      },
    ],
  },
});

const chargeParameter = (session: Session, seen: SessionSeen): DC_EVSEChargeParameter => {
  const { limits } = session.config;
  return {
    DC_EVSEStatus: EVSEStatus(session, "EVSE_NotReady", seen),
    EVSEMaximumCurrentLimit: physical(limits.maximumCurrent, "A"),
    EVSEMaximumPowerLimit: physical(limits.maximumPower, "W"),
    EVSEMaximumVoltageLimit: physical(limits.maximumVoltage, "V"),
    EVSEMinimumCurrentLimit: physical(limits.minimumCurrent, "A"),
    EVSEMinimumVoltageLimit: physical(limits.minimumVoltage, "V"),
    EVSEPeakCurrentRipple: physical(2, "A"),
  };
};
