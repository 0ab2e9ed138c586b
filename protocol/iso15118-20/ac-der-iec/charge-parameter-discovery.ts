import { optional, type TypeOf } from "../../schema";
import { AC_CPDReqEnergyTransferModeType, AC_CPDResEnergyTransferModeType } from "../ac";
import { processingType, RationalNumberType, rational } from "../common-types";
import { derIec } from "../namespaces";
import { DERControlType, EVReactivePowerLimitsType, evOperatingModeType, gridConnectionModeType } from "./grid-support";

export const DER_AC_CPDReqEnergyTransferModeType = derIec.extend(AC_CPDReqEnergyTransferModeType, {
  EVProcessing: processingType,
  EVMaximumDischargePower: rational(5000, 1),
  EVMaximumDischargePower_L2: optional(RationalNumberType),
  EVMaximumDischargePower_L3: optional(RationalNumberType),
  EVMinimumDischargePower: RationalNumberType,
  EVMinimumDischargePower_L2: optional(RationalNumberType),
  EVMinimumDischargePower_L3: optional(RationalNumberType),
  EVSessionTotalDischargeEnergyAvailable: optional(RationalNumberType),
  EVReactivePowerLimits: optional(EVReactivePowerLimitsType),
});
export type DER_AC_CPDReqEnergyTransferMode = TypeOf<typeof DER_AC_CPDReqEnergyTransferModeType>;

export const DER_AC_CPDResEnergyTransferModeType = derIec.extend(AC_CPDResEnergyTransferModeType, {
  EVSENominalChargePower: RationalNumberType,
  EVSENominalChargePower_L2: optional(RationalNumberType),
  EVSENominalChargePower_L3: optional(RationalNumberType),
  EVSENominalDischargePower: RationalNumberType,
  EVSENominalDischargePower_L2: optional(RationalNumberType),
  EVSENominalDischargePower_L3: optional(RationalNumberType),
  EVSEMaximumDischargePower: rational(5000, 1),
  EVSEMaximumDischargePower_L2: optional(RationalNumberType),
  EVSEMaximumDischargePower_L3: optional(RationalNumberType),
  EVOperatingMode: evOperatingModeType,
  GridConnectionMode: gridConnectionModeType,
  DERControl: DERControlType,
});
export type DER_AC_CPDResEnergyTransferMode = TypeOf<typeof DER_AC_CPDResEnergyTransferModeType>;

export const DER_AC_CPDReqEnergyTransferMode = derIec.element(
  "DER_AC_CPDReqEnergyTransferMode",
  DER_AC_CPDReqEnergyTransferModeType,
);

export const DER_AC_CPDResEnergyTransferMode = derIec.element(
  "DER_AC_CPDResEnergyTransferMode",
  DER_AC_CPDResEnergyTransferModeType,
);
