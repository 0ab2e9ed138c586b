/** ISO 15118-20 WPT: wireless power transfer. */
import { schemaSet, type TypeOf } from "../../schema";
import * as xmldsig from "../../xmldsig";
import * as commonTypes from "../common-types";
import * as alignmentCheck from "./alignment-check";
import * as chargeLoop from "./charge-loop";
import * as chargeParameterDiscovery from "./charge-parameter-discovery";
import * as dataTypes from "./data-types";
import * as finePositioning from "./fine-positioning";
import * as finePositioningSetup from "./fine-positioning-setup";
import * as pairing from "./pairing";

/** Every message of the set, by name. */
export const messages = {
  WPT_FinePositioningSetupReq: finePositioningSetup.WPT_FinePositioningSetupReq,
  WPT_FinePositioningSetupRes: finePositioningSetup.WPT_FinePositioningSetupRes,
  WPT_FinePositioningReq: finePositioning.WPT_FinePositioningReq,
  WPT_FinePositioningRes: finePositioning.WPT_FinePositioningRes,
  WPT_PairingReq: pairing.WPT_PairingReq,
  WPT_PairingRes: pairing.WPT_PairingRes,
  WPT_ChargeParameterDiscoveryReq: chargeParameterDiscovery.WPT_ChargeParameterDiscoveryReq,
  WPT_ChargeParameterDiscoveryRes: chargeParameterDiscovery.WPT_ChargeParameterDiscoveryRes,
  WPT_AlignmentCheckReq: alignmentCheck.WPT_AlignmentCheckReq,
  WPT_AlignmentCheckRes: alignmentCheck.WPT_AlignmentCheckRes,
  WPT_ChargeLoopReq: chargeLoop.WPT_ChargeLoopReq,
  WPT_ChargeLoopRes: chargeLoop.WPT_ChargeLoopRes,
};
export type Messages = { [N in keyof typeof messages]: TypeOf<(typeof messages)[N]> };
export type MessageName = keyof Messages;

export const iso15118_20_WPT = schemaSet("ISO 15118-20 WPT", {
  roots: messages,
  schemas: [
    xmldsig,
    commonTypes,
    alignmentCheck,
    chargeLoop,
    chargeParameterDiscovery,
    dataTypes,
    finePositioningSetup,
    finePositioning,
    pairing,
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
