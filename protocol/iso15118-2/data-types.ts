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
  unsignedLong,
  unsignedShort,
  usual,
} from "../schema";
import { dataTypes } from "./namespaces";

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

export const EVSEProcessingType = oneOf("Finished", "Ongoing", "Ongoing_WaitingForCustomerInteraction");

export const EnergyTransferModeType = oneOf(
  "AC_single_phase_core",
  "AC_three_phase_core",
  "DC_core",
  "DC_extended",
  "DC_combo_core",
  "DC_unique",
);

export const SAIDType = integers(1, 255);

export const evseIDType = string({ minLength: 7, maxLength: 37 });

export const genChallengeType = base64Binary({ minLength: 16, maxLength: 16 });

export const isolationLevelType = oneOf("Invalid", "Valid", "Warning", "Fault", "No_IMD");

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
  "FAILED_MeteringSignatureNotValid",
  "FAILED_NoChargeServiceSelected",
  "FAILED_WrongEnergyTransferMode",
  "FAILED_ContactorError",
  "FAILED_CertificateNotAllowedAtThisEVSE",
  "FAILED_CertificateRevoked",
);

export type ResponseCode = TypeOf<typeof responseCodeType>;

export const serviceIDType = unsignedShort;

export const sessionIDType = hexBinary({ maxLength: 8 });

export const sigMeterReadingType = base64Binary({ maxLength: 64 });

export const valueType = oneOf("bool", "byte", "short", "int", "physicalValue", "string");

export const EVSEStatusType = dataTypes.type({
  NotificationMaxDelay: unsignedShort,
  EVSENotification: EVSENotificationType,
});
export type EVSEStatus = TypeOf<typeof EVSEStatusType>;

export const AC_EVSEStatusType = dataTypes.extend(EVSEStatusType, { RCD: boolean });
export type AC_EVSEStatus = TypeOf<typeof AC_EVSEStatusType>;

export const DC_EVSEStatusType = dataTypes.extend(EVSEStatusType, {
  EVSEIsolationStatus: usual(example(isolationLevelType, "Valid")),
  EVSEStatusCode: example(DC_EVSEStatusCodeType, "EVSE_Ready"),
});
export type DC_EVSEStatus = TypeOf<typeof DC_EVSEStatusType>;

export const DC_EVStatusType = dataTypes.type({
  EVReady: example(boolean, true),
  EVErrorCode: DC_EVErrorCodeType,
  EVRESSSOC: example(percentValueType, 40),
});
export type DC_EVStatus = TypeOf<typeof DC_EVStatusType>;

export const EVStatusType = dataTypes.type({});
export type EVStatus = TypeOf<typeof EVStatusType>;

export const MeterInfoType = dataTypes.type({
  MeterID: example(meterIDType, "METER1"),
  MeterReading: optional(example(unsignedLong, 1000)),
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
