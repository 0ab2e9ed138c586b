import type { TypeOf } from "../schema";
import { DC_EVSEStatusType, DC_EVStatusType, responseCodeType } from "./data-types";
import { msgBody } from "./namespaces";
import { amperes, volts } from "./physical-value";

export const PreChargeReq = msgBody.element("PreChargeReq", {
  DC_EVStatus: DC_EVStatusType,
  EVTargetVoltage: volts(400),
  EVTargetCurrent: amperes(2),
});
export type PreChargeReq = TypeOf<typeof PreChargeReq>;

export const PreChargeRes = msgBody.element("PreChargeRes", {
  ResponseCode: responseCodeType,
  DC_EVSEStatus: DC_EVSEStatusType,
  EVSEPresentVoltage: volts(400),
});
export type PreChargeRes = TypeOf<typeof PreChargeRes>;
