import { oneOf, optional, short, type TypeOf } from "../../schema";
import { V2GRequestType, V2GResponseType } from "../common-types";
import { commonMessages } from "../namespaces";

export const evCheckInStatusType = oneOf("CheckIn", "Processing", "Completed");

export const parkingMethodType = oneOf("AutoParking", "MVGuideManual", "Manual");

export const VehicleCheckInReq = commonMessages.element(
  "VehicleCheckInReq",
  commonMessages.extend(V2GRequestType, {
    EVCheckInStatus: evCheckInStatusType,
    ParkingMethod: parkingMethodType,
    VehicleFrame: optional(short),
    DeviceOffset: optional(short),
    VehicleTravel: optional(short),
  }),
);
export type VehicleCheckInReq = TypeOf<typeof VehicleCheckInReq>;

export const VehicleCheckInRes = commonMessages.element(
  "VehicleCheckInRes",
  commonMessages.extend(V2GResponseType, {
    ParkingSpace: optional(short),
    DeviceLocation: optional(short),
    TargetDistance: optional(short),
  }),
);
export type VehicleCheckInRes = TypeOf<typeof VehicleCheckInRes>;
