/** ISO 15118-20 WPT: wireless power transfer. */
import { schemaSet, type TypeOf } from "../../schema";
import * as xmldsig from "../../xmldsig";
import * as commonTypes from "../common-types";
import * as alignmentCheckSchema from "./alignment-check";
import * as chargeLoopSchema from "./charge-loop";
import * as chargeParameterDiscoverySchema from "./charge-parameter-discovery";
import * as dataTypesSchema from "./data-types";
import * as finePositioningSchema from "./fine-positioning";
import * as finePositioningSetupSchema from "./fine-positioning-setup";
import * as pairingSchema from "./pairing";

/** Every message of the set, by name. */
export const messages = {
  WPT_FinePositioningSetupReq: finePositioningSetupSchema.WPT_FinePositioningSetupReq,
  WPT_FinePositioningSetupRes: finePositioningSetupSchema.WPT_FinePositioningSetupRes,
  WPT_FinePositioningReq: finePositioningSchema.WPT_FinePositioningReq,
  WPT_FinePositioningRes: finePositioningSchema.WPT_FinePositioningRes,
  WPT_PairingReq: pairingSchema.WPT_PairingReq,
  WPT_PairingRes: pairingSchema.WPT_PairingRes,
  WPT_ChargeParameterDiscoveryReq: chargeParameterDiscoverySchema.WPT_ChargeParameterDiscoveryReq,
  WPT_ChargeParameterDiscoveryRes: chargeParameterDiscoverySchema.WPT_ChargeParameterDiscoveryRes,
  WPT_AlignmentCheckReq: alignmentCheckSchema.WPT_AlignmentCheckReq,
  WPT_AlignmentCheckRes: alignmentCheckSchema.WPT_AlignmentCheckRes,
  WPT_ChargeLoopReq: chargeLoopSchema.WPT_ChargeLoopReq,
  WPT_ChargeLoopRes: chargeLoopSchema.WPT_ChargeLoopRes,
};
export type Messages = { [N in keyof typeof messages]: TypeOf<(typeof messages)[N]> };
export type MessageName = keyof Messages;

export const iso15118_20_WPT = schemaSet("ISO 15118-20 WPT", {
  roots: messages,
  schemas: [
    xmldsig,
    commonTypes,
    alignmentCheckSchema,
    chargeLoopSchema,
    chargeParameterDiscoverySchema,
    dataTypesSchema,
    finePositioningSetupSchema,
    finePositioningSchema,
    pairingSchema,
  ],
});

export { defaultOf } from "../../schema";
export * from "../common-types";
export * from "./alignment-check";
export * from "./charge-loop";
export * from "./charge-parameter-discovery";
export * from "./data-types";
export * from "./fine-positioning";
export * from "./fine-positioning-setup";
export * from "./pairing";
