/** ISO 15118-20 DC charging and bidirectional power transfer. */
import { schemaSet, type TypeOf } from "../../schema";
import * as xmldsig from "../../xmldsig";
import * as commonTypes from "../common-types";
import * as cableCheckSchema from "./cable-check";
import * as chargeLoopSchema from "./charge-loop";
import * as chargeParameterDiscoverySchema from "./charge-parameter-discovery";
import * as preChargeSchema from "./pre-charge";
import * as weldingDetectionSchema from "./welding-detection";

/** Every message of the set, by name. */
export const messages = {
  DC_ChargeParameterDiscoveryReq: chargeParameterDiscoverySchema.DC_ChargeParameterDiscoveryReq,
  DC_ChargeParameterDiscoveryRes: chargeParameterDiscoverySchema.DC_ChargeParameterDiscoveryRes,
  DC_CableCheckReq: cableCheckSchema.DC_CableCheckReq,
  DC_CableCheckRes: cableCheckSchema.DC_CableCheckRes,
  DC_PreChargeReq: preChargeSchema.DC_PreChargeReq,
  DC_PreChargeRes: preChargeSchema.DC_PreChargeRes,
  DC_ChargeLoopReq: chargeLoopSchema.DC_ChargeLoopReq,
  DC_ChargeLoopRes: chargeLoopSchema.DC_ChargeLoopRes,
  DC_WeldingDetectionReq: weldingDetectionSchema.DC_WeldingDetectionReq,
  DC_WeldingDetectionRes: weldingDetectionSchema.DC_WeldingDetectionRes,
};
export type Messages = { [N in keyof typeof messages]: TypeOf<(typeof messages)[N]> };
export type MessageName = keyof Messages;

export const iso15118_20_DC = schemaSet("ISO 15118-20 DC", {
  roots: messages,
  schemas: [
    xmldsig,
    commonTypes,
    cableCheckSchema,
    chargeLoopSchema,
    chargeParameterDiscoverySchema,
    preChargeSchema,
    weldingDetectionSchema,
  ],
});

export { defaultOf } from "../../schema";
export * from "../common-types";
export * from "./cable-check";
export * from "./charge-loop";
export * from "./charge-parameter-discovery";
export * from "./pre-charge";
export * from "./welding-detection";
