/** What all message sets of ISO 15118-20 share: header, status, meter, receipts, and the bases of their messages. */
import {
  base64Binary,
  boolean,
  byte,
  example,
  hexBinary,
  integers,
  list,
  oneOf,
  optional,
  short,
  string,
  type TypeOf,
  unsignedInt,
  unsignedLong,
  unsignedShort,
} from "../schema";
import { Signature, X509IssuerSerialType } from "../xmldsig";
import { commonTypes } from "./namespaces";

export const descriptionType = string({ maxLength: 160 });

export const evseNotificationType = oneOf(
  "Pause",
  "ExitStandby",
  "Terminate",
  "ScheduleRenegotiation",
  "ServiceRenegotiation",
  "MeteringConfirmation",
);

export const identifierType = string({ maxLength: 255 });

export const meterIDType = string({ maxLength: 32 });

export const meterSignatureType = base64Binary({ maxLength: 64 });

export const nameType = string({ maxLength: 80 });

export const numericIDType = integers(1, 4294967295);

export const percentValueType = integers(0, 100);

export const processingType = oneOf("Finished", "Ongoing", "Ongoing_WaitingForCustomerInteraction");

export const responseCodeType = oneOf(
  "OK",
  "OK_CertificateExpiresSoon",
  "OK_NewSessionEstablished",
  "OK_OldSessionJoined",
  "OK_PowerToleranceConfirmed",
  "WARNING_AuthorizationSelectionInvalid",
  "WARNING_CertificateExpired",
  "WARNING_CertificateNotYetValid",
  "WARNING_CertificateRevoked",
  "WARNING_CertificateValidationError",
  "WARNING_ChallengeInvalid",
  "WARNING_EIMAuthorizationFailure",
  "WARNING_eMSPUnknown",
  "WARNING_EVPowerProfileViolation",
  "WARNING_GeneralPnCAuthorizationError",
  "WARNING_NoCertificateAvailable",
  "WARNING_NoContractMatchingPCIDFound",
  "WARNING_PowerToleranceNotConfirmed",
  "WARNING_ScheduleRenegotiationFailed",
  "WARNING_StandbyNotAllowed",
  "WARNING_WPT",
  "FAILED",
  "FAILED_AssociationError",
  "FAILED_ContactorError",
  "FAILED_EVPowerProfileInvalid",
  "FAILED_EVPowerProfileViolation",
  "FAILED_MeteringSignatureNotValid",
  "FAILED_NoEnergyTransferServiceSelected",
  "FAILED_NoServiceRenegotiationSupported",
  "FAILED_PauseNotAllowed",
  "FAILED_PowerDeliveryNotApplied",
  "FAILED_PowerToleranceNotConfirmed",
  "FAILED_ScheduleRenegotiation",
  "FAILED_ScheduleSelectionInvalid",
  "FAILED_SequenceError",
  "FAILED_ServiceIDInvalid",
  "FAILED_ServiceSelectionInvalid",
  "FAILED_SignatureError",
  "FAILED_UnknownSession",
  "FAILED_WrongChargeParameter",
);
export type ResponseCode = TypeOf<typeof responseCodeType>;

export const sessionIDType = hexBinary({ minLength: 8, maxLength: 8 });

export const CLReqControlModeType = commonTypes.type({});
export type CLReqControlMode = TypeOf<typeof CLReqControlModeType>;

export const CLResControlModeType = commonTypes.type({});
export type CLResControlMode = TypeOf<typeof CLResControlModeType>;

export const RationalNumberType = commonTypes.type({ Exponent: byte, Value: short });
export type RationalNumber = TypeOf<typeof RationalNumberType>;

/** A field whose default is Value × 10^Exponent. */
export const rational = (Value: number, Exponent = 0) => example(RationalNumberType, { Exponent, Value });

/** 4000 × 10^-1 is 400. */
export const amount = ({ Exponent, Value }: RationalNumber): number =>
  Exponent < 0 ? Value / 10 ** -Exponent : Value * 10 ** Exponent;

export const DisplayParametersType = commonTypes.type({
  PresentSOC: optional(percentValueType),
  MinimumSOC: optional(percentValueType),
  TargetSOC: optional(percentValueType),
  MaximumSOC: optional(percentValueType),
  RemainingTimeToMinimumSOC: optional(unsignedInt),
  RemainingTimeToTargetSOC: optional(unsignedInt),
  RemainingTimeToMaximumSOC: optional(unsignedInt),
  ChargingComplete: optional(boolean),
  BatteryEnergyCapacity: optional(RationalNumberType),
  InletHot: optional(boolean),
});
export type DisplayParameters = TypeOf<typeof DisplayParametersType>;

export const MessageHeaderType = commonTypes.type({
  SessionID: sessionIDType,
  TimeStamp: example(unsignedLong, 1700000000),
  Signature: optional(Signature),
});
export type MessageHeader = TypeOf<typeof MessageHeaderType>;

export const V2GMessageType = commonTypes.type({ Header: MessageHeaderType });
export type V2GMessage = TypeOf<typeof V2GMessageType>;

export const V2GRequestType = commonTypes.extend(V2GMessageType, {});
export type V2GRequest = TypeOf<typeof V2GRequestType>;

export const ChargeLoopReqType = commonTypes.extend(V2GRequestType, {
  DisplayParameters: optional(DisplayParametersType),
  MeterInfoRequested: boolean,
});
export type ChargeLoopReq = TypeOf<typeof ChargeLoopReqType>;

export const EVSEStatusType = commonTypes.type({
  NotificationMaxDelay: unsignedShort,
  EVSENotification: evseNotificationType,
});
export type EVSEStatus = TypeOf<typeof EVSEStatusType>;

export const MeterInfoType = commonTypes.type({
  MeterID: example(meterIDType, "METER1"),
  ChargedEnergyReadingWh: unsignedLong,
  BPT_DischargedEnergyReadingWh: optional(unsignedLong),
  CapacitiveEnergyReadingVARh: optional(unsignedLong),
  BPT_InductiveEnergyReadingVARh: optional(unsignedLong),
  MeterSignature: optional(meterSignatureType),
  MeterStatus: optional(short),
  MeterTimestamp: optional(unsignedLong),
});
export type MeterInfo = TypeOf<typeof MeterInfoType>;

export const DetailedCostType = commonTypes.type({ Amount: RationalNumberType, CostPerUnit: RationalNumberType });
export type DetailedCost = TypeOf<typeof DetailedCostType>;

export const DetailedTaxType = commonTypes.type({ TaxRuleID: numericIDType, Amount: RationalNumberType });
export type DetailedTax = TypeOf<typeof DetailedTaxType>;

export const ReceiptType = commonTypes.type({
  TimeAnchor: unsignedLong,
  EnergyCosts: optional(DetailedCostType),
  OccupancyCosts: optional(DetailedCostType),
  AdditionalServicesCosts: optional(DetailedCostType),
  OverstayCosts: optional(DetailedCostType),
  TaxCosts: optional(list(DetailedTaxType, { max: 10 })),
});
export type Receipt = TypeOf<typeof ReceiptType>;

export const V2GResponseType = commonTypes.extend(V2GMessageType, { ResponseCode: responseCodeType });
export type V2GResponse = TypeOf<typeof V2GResponseType>;

export const ChargeLoopResType = commonTypes.extend(V2GResponseType, {
  EVSEStatus: optional(EVSEStatusType),
  MeterInfo: optional(MeterInfoType),
  Receipt: optional(ReceiptType),
});
export type ChargeLoopRes = TypeOf<typeof ChargeLoopResType>;

export const ChargeParameterDiscoveryReqType = commonTypes.extend(V2GRequestType, {});
export type ChargeParameterDiscoveryReq = TypeOf<typeof ChargeParameterDiscoveryReqType>;

export const ChargeParameterDiscoveryResType = commonTypes.extend(V2GResponseType, {});
export type ChargeParameterDiscoveryRes = TypeOf<typeof ChargeParameterDiscoveryResType>;

export const Dynamic_CLReqControlModeType = commonTypes.type({
  DepartureTime: optional(example(unsignedInt, 7200)),
  EVTargetEnergyRequest: rational(2000, 1),
  EVMaximumEnergyRequest: rational(3000, 1),
  EVMinimumEnergyRequest: RationalNumberType,
});
export type Dynamic_CLReqControlMode = TypeOf<typeof Dynamic_CLReqControlModeType>;

export const Dynamic_CLResControlModeType = commonTypes.type({
  DepartureTime: optional(example(unsignedInt, 7200)),
  MinimumSOC: optional(percentValueType),
  TargetSOC: optional(percentValueType),
  AckMaxDelay: optional(unsignedShort),
});
export type Dynamic_CLResControlMode = TypeOf<typeof Dynamic_CLResControlModeType>;

export const ListOfRootCertificateIDsType = commonTypes.type({
  RootCertificateID: list(X509IssuerSerialType, { max: 20 }),
});
export type ListOfRootCertificateIDs = TypeOf<typeof ListOfRootCertificateIDsType>;

export const Scheduled_CLReqControlModeType = commonTypes.type({
  EVTargetEnergyRequest: optional(rational(2000, 1)),
  EVMaximumEnergyRequest: optional(rational(3000, 1)),
  EVMinimumEnergyRequest: optional(RationalNumberType),
});
export type Scheduled_CLReqControlMode = TypeOf<typeof Scheduled_CLReqControlModeType>;

export const Scheduled_CLResControlModeType = commonTypes.type({});
export type Scheduled_CLResControlMode = TypeOf<typeof Scheduled_CLResControlModeType>;

export const CLReqControlMode = commonTypes.abstract("CLReqControlMode", CLReqControlModeType);

export const CLResControlMode = commonTypes.abstract("CLResControlMode", CLResControlModeType);
