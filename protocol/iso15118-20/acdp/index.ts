/** ISO 15118-20 ACDP: charging with an automatic connection device (pantograph). */
import { schemaSet, type TypeOf } from "../../schema";
import * as xmldsig from "../../xmldsig";
import * as commonTypes from "../common-types";
import * as connectSchema from "./connect";
import * as dataTypesSchema from "./data-types";
import * as disconnectSchema from "./disconnect";
import * as systemStatusSchema from "./system-status";
import * as vehiclePositioningSchema from "./vehicle-positioning";

/** Every message of the set, by name. */
export const messages = {
  ACDP_VehiclePositioningReq: vehiclePositioningSchema.ACDP_VehiclePositioningReq,
  ACDP_VehiclePositioningRes: vehiclePositioningSchema.ACDP_VehiclePositioningRes,
  ACDP_ConnectReq: connectSchema.ACDP_ConnectReq,
  ACDP_ConnectRes: connectSchema.ACDP_ConnectRes,
  ACDP_DisconnectReq: disconnectSchema.ACDP_DisconnectReq,
  ACDP_DisconnectRes: disconnectSchema.ACDP_DisconnectRes,
  ACDP_SystemStatusReq: systemStatusSchema.ACDP_SystemStatusReq,
  ACDP_SystemStatusRes: systemStatusSchema.ACDP_SystemStatusRes,
};
export type Messages = { [N in keyof typeof messages]: TypeOf<(typeof messages)[N]> };
export type MessageName = keyof Messages;

export const iso15118_20_ACDP = schemaSet("ISO 15118-20 ACDP", {
  roots: messages,
  schemas: [
    xmldsig,
    commonTypes,
    connectSchema,
    dataTypesSchema,
    disconnectSchema,
    systemStatusSchema,
    vehiclePositioningSchema,
  ],
});

export { defaultOf } from "../../schema";
export * from "../common-types";
export * from "./connect";
export * from "./data-types";
export * from "./disconnect";
export * from "./system-status";
export * from "./vehicle-positioning";
