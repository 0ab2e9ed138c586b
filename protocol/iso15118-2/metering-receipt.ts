import { example, ID, optional, substitutionGroup, type TypeOf } from "../schema";
import {
  AC_EVSEStatus,
  DC_EVSEStatus,
  EVSEStatus,
  MeterInfoType,
  responseCodeType,
  SAIDType,
  sessionIDType,
} from "./data-types";
import { msgBody } from "./namespaces";

export const MeteringReceiptReq = msgBody.element("MeteringReceiptReq", {
  "@Id": optional(ID),
  SessionID: example(sessionIDType, "0000000000000000"),
  SAScheduleTupleID: optional(SAIDType),
  MeterInfo: MeterInfoType,
});
export type MeteringReceiptReq = TypeOf<typeof MeteringReceiptReq>;

export const MeteringReceiptRes = msgBody.element("MeteringReceiptRes", {
  ResponseCode: responseCodeType,
  EVSEStatus: substitutionGroup(EVSEStatus, { DC_EVSEStatus, AC_EVSEStatus }),
});
export type MeteringReceiptRes = TypeOf<typeof MeteringReceiptRes>;
