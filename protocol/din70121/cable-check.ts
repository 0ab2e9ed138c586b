import type { TypeOf } from "../schema";
import { DC_EVSEStatusType, DC_EVStatusType, EVSEProcessingType, responseCodeType } from "./data-types";
import { msgBody } from "./namespaces";

export const CableCheckReq = msgBody.element("CableCheckReq", { DC_EVStatus: DC_EVStatusType });
export type CableCheckReq = TypeOf<typeof CableCheckReq>;

export const CableCheckRes = msgBody.element("CableCheckRes", {
  ResponseCode: responseCodeType,
  DC_EVSEStatus: DC_EVSEStatusType,
  EVSEProcessing: EVSEProcessingType,
});
export type CableCheckRes = TypeOf<typeof CableCheckRes>;
