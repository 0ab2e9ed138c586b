/** ISO 15118-20 AC charging and bidirectional power transfer. */
import { schemaSet, type TypeOf } from "../../schema";
import * as xmldsig from "../../xmldsig";
import * as commonTypes from "../common-types";
import * as chargeLoopSchema from "./charge-loop";
import * as chargeParameterDiscoverySchema from "./charge-parameter-discovery";

/** Every message of the set, by name. */
export const messages = {
  AC_ChargeParameterDiscoveryReq: chargeParameterDiscoverySchema.AC_ChargeParameterDiscoveryReq,
  AC_ChargeParameterDiscoveryRes: chargeParameterDiscoverySchema.AC_ChargeParameterDiscoveryRes,
  AC_ChargeLoopReq: chargeLoopSchema.AC_ChargeLoopReq,
  AC_ChargeLoopRes: chargeLoopSchema.AC_ChargeLoopRes,
};
export type Messages = { [N in keyof typeof messages]: TypeOf<(typeof messages)[N]> };
export type MessageName = keyof Messages;

export const iso15118_20_AC = schemaSet("ISO 15118-20 AC", {
  roots: messages,
  schemas: [xmldsig, commonTypes, chargeLoopSchema, chargeParameterDiscoverySchema],
});

export { defaultOf } from "../../schema";
export * from "../common-types";
export * from "./charge-loop";
export * from "./charge-parameter-discovery";
