import { boolean, optional, type TypeOf, usual } from "../schema";
import { DC_EVSEStatusType, DC_EVStatusType, responseCodeType } from "./data-types";
import { msgBody } from "./namespaces";
import { amperes, seconds, volts, watts } from "./physical-value";

export const CurrentDemandReq = msgBody.element("CurrentDemandReq", {
  DC_EVStatus: DC_EVStatusType,
  EVTargetCurrent: amperes(50),
  EVMaximumVoltageLimit: usual(volts(450)),
  EVMaximumCurrentLimit: usual(amperes(125)),
  EVMaximumPowerLimit: optional(watts(3000, 1)),
  BulkChargingComplete: optional(boolean),
  ChargingComplete: boolean,
  RemainingTimeToFullSoC: optional(seconds(1800)),
  RemainingTimeToBulkSoC: optional(seconds(900)),
  EVTargetVoltage: volts(400),
});
export type CurrentDemandReq = TypeOf<typeof CurrentDemandReq>;

export const CurrentDemandRes = msgBody.element("CurrentDemandRes", {
  ResponseCode: responseCodeType,
  DC_EVSEStatus: DC_EVSEStatusType,
  EVSEPresentVoltage: volts(400),
  EVSEPresentCurrent: amperes(50),
  EVSECurrentLimitAchieved: boolean,
  EVSEVoltageLimitAchieved: boolean,
  EVSEPowerLimitAchieved: boolean,
  EVSEMaximumVoltageLimit: optional(volts(500)),
  EVSEMaximumCurrentLimit: optional(amperes(125)),
  EVSEMaximumPowerLimit: optional(watts(3000, 1)),
});
export type CurrentDemandRes = TypeOf<typeof CurrentDemandRes>;
