/** ISO 15118-20 Amendment 1, AC as a distributed energy resource by IEC rules. */
import { schemaSet } from "../../schema";
import * as xmldsig from "../../xmldsig";
import * as ac from "../ac";
import * as commonTypes from "../common-types";
import * as chargeLoop from "./charge-loop";
import * as chargeParameterDiscovery from "./charge-parameter-discovery";
import * as gridSupport from "./grid-support";

export const iso15118_20_AC_DER_IEC = schemaSet("ISO 15118-20 AC-DER-IEC", {
  roots: ac.messages,
  schemas: [xmldsig, commonTypes, ac, chargeLoop, chargeParameterDiscovery, gridSupport],
  substitutions: [
    [ac.AC_CPDReqEnergyTransferMode, [chargeParameterDiscovery.DER_AC_CPDReqEnergyTransferMode]],
    [ac.AC_CPDResEnergyTransferMode, [chargeParameterDiscovery.DER_AC_CPDResEnergyTransferMode]],
    [
      commonTypes.CLReqControlMode,
      [chargeLoop.DER_Dynamic_AC_CLReqControlMode, chargeLoop.DER_Scheduled_AC_CLReqControlMode],
    ],
    [
      commonTypes.CLResControlMode,
      [chargeLoop.DER_Dynamic_AC_CLResControlMode, chargeLoop.DER_Scheduled_AC_CLResControlMode],
    ],
  ],
});

export * from "../ac";
export * from "./charge-loop";
export * from "./charge-parameter-discovery";
export * from "./grid-support";
