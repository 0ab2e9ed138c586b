import { oneOf, type TypeOf, unsignedLong } from "../../schema";
import { V2GRequestType, V2GResponseType } from "../common-types";
import { commonMessages } from "../namespaces";

export const evCheckOutStatusType = oneOf("CheckOut", "Processing", "Completed");

export const evseCheckOutStatusType = oneOf("Scheduled", "Completed");

export const VehicleCheckOutReq = commonMessages.element(
  "VehicleCheckOutReq",
  commonMessages.extend(V2GRequestType, { EVCheckOutStatus: evCheckOutStatusType, CheckOutTime: unsignedLong }),
);
export type VehicleCheckOutReq = TypeOf<typeof VehicleCheckOutReq>;

export const VehicleCheckOutRes = commonMessages.element(
  "VehicleCheckOutRes",
  commonMessages.extend(V2GResponseType, { EVSECheckOutStatus: evseCheckOutStatusType }),
);
export type VehicleCheckOutRes = TypeOf<typeof VehicleCheckOutRes>;
