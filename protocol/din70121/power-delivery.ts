import { boolean, example, list, optional, substitutionGroup, type TypeOf, unsignedInt, usual } from "../schema";
import {
  AC_EVSEStatus,
  DC_EVSEStatus,
  DC_EVStatusType,
  EVSEStatus,
  PMaxType,
  responseCodeType,
  SAIDType,
} from "./data-types";
import { dataTypes, msgBody } from "./namespaces";

export const ProfileEntryType = dataTypes.type({
  ChargingProfileEntryStart: unsignedInt,
  ChargingProfileEntryMaxPower: example(PMaxType, 30000),
});
export type ProfileEntry = TypeOf<typeof ProfileEntryType>;

export const ChargingProfileType = dataTypes.type({
  SAScheduleTupleID: example(SAIDType, 1),
  ProfileEntry: list(ProfileEntryType),
});
export type ChargingProfile = TypeOf<typeof ChargingProfileType>;

export const DC_EVPowerDeliveryParameterType = dataTypes.type({
  DC_EVStatus: DC_EVStatusType,
  BulkChargingComplete: optional(boolean),
  ChargingComplete: boolean,
});
export type DC_EVPowerDeliveryParameter = TypeOf<typeof DC_EVPowerDeliveryParameterType>;

export const EVPowerDeliveryParameterType = dataTypes.type({});
export type EVPowerDeliveryParameter = TypeOf<typeof EVPowerDeliveryParameterType>;

export const DC_EVPowerDeliveryParameter = dataTypes.element(
  "DC_EVPowerDeliveryParameter",
  DC_EVPowerDeliveryParameterType,
);

export const EVPowerDeliveryParameter = dataTypes.abstract("EVPowerDeliveryParameter", EVPowerDeliveryParameterType);

export const PowerDeliveryReq = msgBody.element("PowerDeliveryReq", {
  ReadyToChargeState: example(boolean, true),
  ChargingProfile: optional(ChargingProfileType),
  EVPowerDeliveryParameter: usual(substitutionGroup(EVPowerDeliveryParameter, { DC_EVPowerDeliveryParameter })),
});
export type PowerDeliveryReq = TypeOf<typeof PowerDeliveryReq>;

export const PowerDeliveryRes = msgBody.element("PowerDeliveryRes", {
  ResponseCode: responseCodeType,
  EVSEStatus: substitutionGroup(EVSEStatus, { DC_EVSEStatus, AC_EVSEStatus }),
});
export type PowerDeliveryRes = TypeOf<typeof PowerDeliveryRes>;
