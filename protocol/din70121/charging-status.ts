import { boolean, example, optional, type TypeOf } from "../schema";
import { AC_EVSEStatusType, evseIDType, MeterInfoType, responseCodeType, SAIDType } from "./data-types";
import { msgBody } from "./namespaces";
import { amperes } from "./physical-value";

export const ChargingStatusReq = msgBody.element("ChargingStatusReq", {});
export type ChargingStatusReq = TypeOf<typeof ChargingStatusReq>;

export const ChargingStatusRes = msgBody.element("ChargingStatusRes", {
  ResponseCode: responseCodeType,
  EVSEID: example(evseIDType, "00"),
  SAScheduleTupleID: example(SAIDType, 1),
  EVSEMaxCurrent: optional(amperes(32)),
  MeterInfo: optional(MeterInfoType),
  ReceiptRequired: boolean,
  AC_EVSEStatus: AC_EVSEStatusType,
});
export type ChargingStatusRes = TypeOf<typeof ChargingStatusRes>;
