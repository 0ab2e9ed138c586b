import type { TypeOf } from "../schema";
import { DC_EVSEStatusType, DC_EVStatusType, responseCodeType } from "./data-types";
import { msgBody } from "./namespaces";
import { volts } from "./physical-value";

export const WeldingDetectionReq = msgBody.element("WeldingDetectionReq", { DC_EVStatus: DC_EVStatusType });
export type WeldingDetectionReq = TypeOf<typeof WeldingDetectionReq>;

export const WeldingDetectionRes = msgBody.element("WeldingDetectionRes", {
  ResponseCode: responseCodeType,
  DC_EVSEStatus: DC_EVSEStatusType,
  EVSEPresentVoltage: volts(400),
});
export type WeldingDetectionRes = TypeOf<typeof WeldingDetectionRes>;
