/** ISO 15118-20 Amendment 1, AC as a distributed energy resource by SAE rules. */
import { schemaSet } from "../../schema";
import * as xmldsig from "../../xmldsig";
import * as ac from "../ac";
import * as commonTypes from "../common-types";
import * as chargeLoopSchema from "./charge-loop";
import * as chargeParameterDiscoverySchema from "./charge-parameter-discovery";
import * as gridSupportSchema from "./grid-support";

export const iso15118_20_AC_DER_SAE = schemaSet("ISO 15118-20 AC-DER-SAE", {
  roots: ac.messages,
  schemas: [xmldsig, commonTypes, ac, chargeLoopSchema, chargeParameterDiscoverySchema, gridSupportSchema],
  substitutions: [
    [ac.AC_CPDReqEnergyTransferMode, [chargeParameterDiscoverySchema.DER_AC_CPDReqEnergyTransferMode]],
    [ac.AC_CPDResEnergyTransferMode, [chargeParameterDiscoverySchema.DER_AC_CPDResEnergyTransferMode]],
    [
      commonTypes.CLReqControlMode,
      [chargeLoopSchema.DER_Dynamic_AC_CLReqControlMode, chargeLoopSchema.DER_Scheduled_AC_CLReqControlMode],
    ],
    [
      commonTypes.CLResControlMode,
      [chargeLoopSchema.DER_Dynamic_AC_CLResControlMode, chargeLoopSchema.DER_Scheduled_AC_CLResControlMode],
    ],
  ],
});

export * from "../ac";
export * from "./charge-loop";
export * from "./charge-parameter-discovery";
export * from "./grid-support";
