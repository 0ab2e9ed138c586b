import { oneOf } from "../../schema";

export const electricalChargingDeviceStatusType = oneOf("State_A", "State_B", "State_C", "State_D");

export const mechanicalChargingDeviceStatusType = oneOf("Home", "Moving", "EndPosition");
