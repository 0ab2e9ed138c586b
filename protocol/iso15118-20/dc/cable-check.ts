import type { TypeOf } from "../../schema";
import { processingType, V2GRequestType, V2GResponseType } from "../common-types";
import { dc } from "../namespaces";

export const DC_CableCheckReq = dc.element("DC_CableCheckReq", dc.extend(V2GRequestType, {}));
export type DC_CableCheckReq = TypeOf<typeof DC_CableCheckReq>;

export const DC_CableCheckRes = dc.element(
  "DC_CableCheckRes",
  dc.extend(V2GResponseType, { EVSEProcessing: processingType }),
);
export type DC_CableCheckRes = TypeOf<typeof DC_CableCheckRes>;
