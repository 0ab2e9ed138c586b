import type { TypeOf } from "../../schema";
import { processingType, rational, V2GRequestType, V2GResponseType } from "../common-types";
import { dc } from "../namespaces";

export const DC_PreChargeReq = dc.element(
  "DC_PreChargeReq",
  dc.extend(V2GRequestType, {
    EVProcessing: processingType,
    EVPresentVoltage: rational(400),
    EVTargetVoltage: rational(400),
  }),
);
export type DC_PreChargeReq = TypeOf<typeof DC_PreChargeReq>;

export const DC_PreChargeRes = dc.element(
  "DC_PreChargeRes",
  dc.extend(V2GResponseType, { EVSEPresentVoltage: rational(400) }),
);
export type DC_PreChargeRes = TypeOf<typeof DC_PreChargeRes>;
