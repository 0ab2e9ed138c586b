import {
  base64Binary,
  boolean,
  example,
  hexBinary,
  integers,
  long,
  oneOf,
  optional,
  short,
  string,
  type TypeOf,
  unsignedInt,
  unsignedShort,
  usual,
} from "../schema";
import { dataTypes } from "./namespaces";
import { wattHours } from "./physical-value";

export const DC_EVErrorCodeType = oneOf(
  "NO_ERROR",
  "FAILED_RESSTemperatureInhibit",
  "FAILED_EVShiftPosition",
  "FAILED_ChargerConnectorLockFault",
  "FAILED_EVRESSMalfunction",
  "FAILED_ChargingCurrentdifferential",
  "FAILED_ChargingVoltageOutOfRange",
  "Reserved_A",
  "Reserved_B",
  "Reserved_C",
  "FAILED_ChargingSystemIncompatibility",
  "NoData",
);

export const DC_EVSEStatusCodeType = oneOf(
  "EVSE_NotReady",
  "EVSE_Ready",
  "EVSE_Shutdown",
  "EVSE_UtilityInterruptEvent",
  "EVSE_IsolationMonitoringActive",
  "EVSE_EmergencyShutdown",
  "EVSE_Malfunction",
  "Reserved_8",
  "Reserved_9",
  "Reserved_A",
  "Reserved_B",
  "Reserved_C",
);

export const EVSENotificationType = oneOf("None", "StopCharging", "ReNegotiation");

export const EVSEProcessingType = oneOf("Finished", "Ongoing");

export const PMaxType = short;

export type ResponseCode = TypeOf<typeof responseCodeType>;

export const SAIDType = short;

export const evseIDType = hexBinary({ maxLength: 32 });

export const genChallengeType = string();

export const isolationLevelType = oneOf("Invalid", "Valid", "Warning", "Fault");

export const meterIDType = string({ maxLength: 32 });

export const meterStatusType = short;

export const paymentOptionType = oneOf("Contract", "ExternalPayment");

export const percentValueType = integers(0, 100);

export const responseCodeType = oneOf(
  "OK",
  "OK_NewSessionEstablished",
  "OK_OldSessionJoined",
  "OK_CertificateExpiresSoon",
  "FAILED",
  "FAILED_SequenceError",
  "FAILED_ServiceIDInvalid",
  "FAILED_UnknownSession",
  "FAILED_ServiceSelectionInvalid",
  "FAILED_PaymentSelectionInvalid",
  "FAILED_CertificateExpired",
  "FAILED_SignatureError",
  "FAILED_NoCertificateAvailable",
  "FAILED_CertChainError",
  "FAILED_ChallengeInvalid",
  "FAILED_ContractCanceled",
  "FAILED_WrongChargeParameter",
  "FAILED_PowerDeliveryNotApplied",
  "FAILED_TariffSelectionInvalid",
  "FAILED_ChargingProfileInvalid",
  "FAILED_EVSEPresentVoltageToLow",
  "FAILED_MeteringSignatureNotValid",
  "FAILED_WrongEnergyTransferType",
);

export const serviceIDType = unsignedShort;

export const sessionIDType = hexBinary({ maxLength: 8 });

export const sigMeterReadingType = base64Binary({ maxLength: 32 });

export const AC_EVSEStatusType = dataTypes.type({
  PowerSwitchClosed: boolean,
  RCD: boolean,
  NotificationMaxDelay: unsignedInt,
  EVSENotification: EVSENotificationType,
});
export type AC_EVSEStatus = TypeOf<typeof AC_EVSEStatusType>;

export const DC_EVSEStatusType = dataTypes.type({
  EVSEIsolationStatus: usual(example(isolationLevelType, "Valid")),
  EVSEStatusCode: example(DC_EVSEStatusCodeType, "EVSE_Ready"),
  NotificationMaxDelay: unsignedInt,
  EVSENotification: EVSENotificationType,
});
export type DC_EVSEStatus = TypeOf<typeof DC_EVSEStatusType>;

export const DC_EVStatusType = dataTypes.type({
  EVReady: example(boolean, true),
  EVCabinConditioning: optional(boolean),
  EVRESSConditioning: optional(boolean),
  EVErrorCode: DC_EVErrorCodeType,
  EVRESSSOC: example(percentValueType, 40),
});
export type DC_EVStatus = TypeOf<typeof DC_EVStatusType>;

export const EVSEStatusType = dataTypes.type({});
export type EVSEStatus = TypeOf<typeof EVSEStatusType>;

export const EVStatusType = dataTypes.type({});
export type EVStatus = TypeOf<typeof EVStatusType>;

export const MeterInfoType = dataTypes.type({
  MeterID: example(meterIDType, "METER1"),
  MeterReading: optional(wattHours(1000)),
  SigMeterReading: optional(sigMeterReadingType),
  MeterStatus: optional(meterStatusType),
  TMeter: optional(long),
});
export type MeterInfo = TypeOf<typeof MeterInfoType>;

export const AC_EVSEStatus = dataTypes.element("AC_EVSEStatus", AC_EVSEStatusType);

export const DC_EVSEStatus = dataTypes.element("DC_EVSEStatus", DC_EVSEStatusType);

export const DC_EVStatus = dataTypes.element("DC_EVStatus", DC_EVStatusType);

export const EVSEStatus = dataTypes.abstract("EVSEStatus", EVSEStatusType);

export const EVStatus = dataTypes.abstract("EVStatus", EVStatusType);
