/** ISO 15118-20 AC charging and bidirectional power transfer. */
import { schemaSet, type TypeOf } from "../../schema";
import * as xmldsig from "../../xmldsig";
import * as commonTypes from "../common-types";
import * as chargeLoop from "./charge-loop";
import * as chargeParameterDiscovery from "./charge-parameter-discovery";

/** Every message of the set, by name. */
export const messages = {
  AC_ChargeParameterDiscoveryReq: chargeParameterDiscovery.AC_ChargeParameterDiscoveryReq,
  AC_ChargeParameterDiscoveryRes: chargeParameterDiscovery.AC_ChargeParameterDiscoveryRes,
  AC_ChargeLoopReq: chargeLoop.AC_ChargeLoopReq,
  AC_ChargeLoopRes: chargeLoop.AC_ChargeLoopRes,
};
export type Messages = { [N in keyof typeof messages]: TypeOf<(typeof messages)[N]> };
export type MessageName = keyof Messages;

export const iso15118_20_AC = schemaSet("ISO 15118-20 AC", {
  roots: messages,
  schemas: [xmldsig, commonTypes, chargeLoop, chargeParameterDiscovery],
});

export { defaultOf } from "../../schema";
export * from "../common-types";
export * from "./charge-loop";
export * from "./charge-parameter-discovery";
