import { boolean, short, type TypeOf } from "../../schema";
import { processingType, V2GRequestType, V2GResponseType } from "../common-types";
import { acdp } from "../namespaces";

export const ACDP_VehiclePositioningReq = acdp.element(
  "ACDP_VehiclePositioningReq",
  acdp.extend(V2GRequestType, { EVMobilityStatus: boolean, EVPositioningSupport: boolean }),
);
export type ACDP_VehiclePositioningReq = TypeOf<typeof ACDP_VehiclePositioningReq>;

export const ACDP_VehiclePositioningRes = acdp.element(
  "ACDP_VehiclePositioningRes",
  acdp.extend(V2GResponseType, {
    EVSEProcessing: processingType,
    EVSEPositioningSupport: boolean,
    EVRelativeXDeviation: short,
    EVRelativeYDeviation: short,
    ContactWindowXc: short,
    ContactWindowYc: short,
    EVInChargePosition: boolean,
  }),
);
export type ACDP_VehiclePositioningRes = TypeOf<typeof ACDP_VehiclePositioningRes>;
