import { example, ID, optional, type TypeOf } from "../schema";
import { AC_EVSEStatusType, MeterInfoType, responseCodeType, SAIDType, sessionIDType } from "./data-types";
import { msgBody } from "./namespaces";

export const MeteringReceiptReq = msgBody.element("MeteringReceiptReq", {
  "@Id": optional(ID),
  SessionID: example(sessionIDType, "0000000000000000"),
  SAScheduleTupleID: optional(example(SAIDType, 1)),
  MeterInfo: MeterInfoType,
});
export type MeteringReceiptReq = TypeOf<typeof MeteringReceiptReq>;

export const MeteringReceiptRes = msgBody.element("MeteringReceiptRes", {
  ResponseCode: responseCodeType,
  AC_EVSEStatus: AC_EVSEStatusType,
});
export type MeteringReceiptRes = TypeOf<typeof MeteringReceiptRes>;
