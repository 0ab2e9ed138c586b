import type { TypeOf } from "../../schema";
import { processingType, V2GRequestType, V2GResponseType } from "../common-types";
import { acdp } from "../namespaces";
import { electricalChargingDeviceStatusType, mechanicalChargingDeviceStatusType } from "./data-types";

export const ACDP_ConnectReqType = acdp.extend(V2GRequestType, {
  EVElectricalChargingDeviceStatus: electricalChargingDeviceStatusType,
});
export type ACDP_ConnectReq = TypeOf<typeof ACDP_ConnectReqType>;

export const ACDP_ConnectResType = acdp.extend(V2GResponseType, {
  EVSEProcessing: processingType,
  EVSEElectricalChargingDeviceStatus: electricalChargingDeviceStatusType,
  EVSEMechanicalChargingDeviceStatus: mechanicalChargingDeviceStatusType,
});
export type ACDP_ConnectRes = TypeOf<typeof ACDP_ConnectResType>;

export const ACDP_ConnectReq = acdp.element("ACDP_ConnectReq", ACDP_ConnectReqType);

export const ACDP_ConnectRes = acdp.element("ACDP_ConnectRes", ACDP_ConnectResType);
