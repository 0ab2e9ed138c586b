/** ISO 15118-20 ACDP: charging with an automatic connection device (pantograph). */
import { schemaSet, type TypeOf } from "../../schema";
import * as xmldsig from "../../xmldsig";
import * as commonTypes from "../common-types";
import * as connect from "./connect";
import * as dataTypes from "./data-types";
import * as disconnect from "./disconnect";
import * as systemStatus from "./system-status";
import * as vehiclePositioning from "./vehicle-positioning";

/** Every message of the set, by name. */
export const messages = {
  ACDP_VehiclePositioningReq: vehiclePositioning.ACDP_VehiclePositioningReq,
  ACDP_VehiclePositioningRes: vehiclePositioning.ACDP_VehiclePositioningRes,
  ACDP_ConnectReq: connect.ACDP_ConnectReq,
  ACDP_ConnectRes: connect.ACDP_ConnectRes,
  ACDP_DisconnectReq: disconnect.ACDP_DisconnectReq,
  ACDP_DisconnectRes: disconnect.ACDP_DisconnectRes,
  ACDP_SystemStatusReq: systemStatus.ACDP_SystemStatusReq,
  ACDP_SystemStatusRes: systemStatus.ACDP_SystemStatusRes,
};
export type Messages = { [N in keyof typeof messages]: TypeOf<(typeof messages)[N]> };
export type MessageName = keyof Messages;

export const iso15118_20_ACDP = schemaSet("ISO 15118-20 ACDP", {
  roots: messages,
  schemas: [xmldsig, commonTypes, connect, dataTypes, disconnect, systemStatus, vehiclePositioning],
});

export { defaultOf } from "../../schema";
export * from "../common-types";
export * from "./connect";
export * from "./data-types";
export * from "./disconnect";
export * from "./system-status";
export * from "./vehicle-positioning";
