import type { TypeOf } from "../../schema";
import { processingType, rational, V2GRequestType, V2GResponseType } from "../common-types";
import { dc } from "../namespaces";

export const DC_WeldingDetectionReq = dc.element(
  "DC_WeldingDetectionReq",
  dc.extend(V2GRequestType, { EVProcessing: processingType }),
);
export type DC_WeldingDetectionReq = TypeOf<typeof DC_WeldingDetectionReq>;

export const DC_WeldingDetectionRes = dc.element(
  "DC_WeldingDetectionRes",
  dc.extend(V2GResponseType, { EVSEPresentVoltage: rational(400) }),
);
export type DC_WeldingDetectionRes = TypeOf<typeof DC_WeldingDetectionRes>;
