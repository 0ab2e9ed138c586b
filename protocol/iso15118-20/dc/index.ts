/** ISO 15118-20 DC charging and bidirectional power transfer. */
import { schemaSet, type TypeOf } from "../../schema";
import * as xmldsig from "../../xmldsig";
import * as commonTypes from "../common-types";
import * as cableCheck from "./cable-check";
import * as chargeLoop from "./charge-loop";
import * as chargeParameterDiscovery from "./charge-parameter-discovery";
import * as preCharge from "./pre-charge";
import * as weldingDetection from "./welding-detection";

/** Every message of the set, by name. */
export const messages = {
  DC_ChargeParameterDiscoveryReq: chargeParameterDiscovery.DC_ChargeParameterDiscoveryReq,
  DC_ChargeParameterDiscoveryRes: chargeParameterDiscovery.DC_ChargeParameterDiscoveryRes,
  DC_CableCheckReq: cableCheck.DC_CableCheckReq,
  DC_CableCheckRes: cableCheck.DC_CableCheckRes,
  DC_PreChargeReq: preCharge.DC_PreChargeReq,
  DC_PreChargeRes: preCharge.DC_PreChargeRes,
  DC_ChargeLoopReq: chargeLoop.DC_ChargeLoopReq,
  DC_ChargeLoopRes: chargeLoop.DC_ChargeLoopRes,
  DC_WeldingDetectionReq: weldingDetection.DC_WeldingDetectionReq,
  DC_WeldingDetectionRes: weldingDetection.DC_WeldingDetectionRes,
};
export type Messages = { [N in keyof typeof messages]: TypeOf<(typeof messages)[N]> };
export type MessageName = keyof Messages;

export const iso15118_20_DC = schemaSet("ISO 15118-20 DC", {
  roots: messages,
  schemas: [xmldsig, commonTypes, cableCheck, chargeLoop, chargeParameterDiscovery, preCharge, weldingDetection],
});

export { defaultOf } from "../../schema";
export * from "../common-types";
export * from "./cable-check";
export * from "./charge-loop";
export * from "./charge-parameter-discovery";
export * from "./pre-charge";
export * from "./welding-detection";
