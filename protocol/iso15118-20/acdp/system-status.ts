import { boolean, oneOf, optional, type TypeOf } from "../../schema";
import { percentValueType, RationalNumberType, V2GRequestType, V2GResponseType } from "../common-types";
import { acdp } from "../namespaces";
import { mechanicalChargingDeviceStatusType } from "./data-types";

export const cpStatusType = oneOf("StateA", "StateB", "StateC", "StateD", "StateE");

export const errorCodeType = oneOf(
  "OK_NoEVError",
  "FAILED",
  "FAILED_EmergencyEvent",
  "FAILED_Breaker",
  "FAILED_RESSTemperatureInhibit",
  "FAILED_RESS",
  "FAILED_ChargingCurrentDifferential",
  "FAILED_ChargingVoltageOutOfRange",
  "FAILED_Reserved1",
  "FAILED_Reserved2",
);

export const isolationStatusType = oneOf("Invalid", "Safe", "Warning", "Fault");

export const EVTechnicalStatusType = acdp.type({
  EVReadyToCharge: boolean,
  EVImmobilizationRequest: boolean,
  EVImmobilized: optional(boolean),
  EVWLANStrength: optional(RationalNumberType),
  EVCPStatus: optional(cpStatusType),
  EVSOC: optional(percentValueType),
  EVErrorCode: optional(errorCodeType),
  EVTimeout: optional(boolean),
});
export type EVTechnicalStatus = TypeOf<typeof EVTechnicalStatusType>;

export const ACDP_SystemStatusReq = acdp.element(
  "ACDP_SystemStatusReq",
  acdp.extend(V2GRequestType, { EVTechnicalStatus: EVTechnicalStatusType }),
);
export type ACDP_SystemStatusReq = TypeOf<typeof ACDP_SystemStatusReq>;

export const ACDP_SystemStatusRes = acdp.element(
  "ACDP_SystemStatusRes",
  acdp.extend(V2GResponseType, {
    EVSEMechanicalChargingDeviceStatus: mechanicalChargingDeviceStatusType,
    EVSEReadyToCharge: boolean,
    EVSEIsolationStatus: isolationStatusType,
    EVSEDisabled: boolean,
    EVSEUtilityInterruptEvent: boolean,
    EVSEEmergencyShutdown: boolean,
    EVSEMalfunction: boolean,
    EVInChargePosition: boolean,
    EVAssociationStatus: boolean,
  }),
);
export type ACDP_SystemStatusRes = TypeOf<typeof ACDP_SystemStatusRes>;
