import { boolean, optional, type TypeOf, unsignedInt, unsignedLong } from "../../schema";
import { AC_CPDReqEnergyTransferModeType, AC_CPDResEnergyTransferModeType } from "../ac";
import { EVSEStatusType, processingType, RationalNumberType, rational } from "../common-types";
import { derSae } from "../namespaces";
import {
  DERControlCPDResType,
  EVApparentPowerLimitsType,
  EVExcitationLimitsType,
  EVInverterDetailsType,
  EVReactivePowerLimitsType,
  EVSEReactivePowerLimitsType,
  GridLimitsType,
  gridConnectionModeType,
  ieee1547AbnormalCategoryType,
  ieee1547NormalCategoryType,
  requiredDEROperatingModeType,
} from "./grid-support";

export const DER_AC_CPDReqEnergyTransferModeType = derSae.extend(AC_CPDReqEnergyTransferModeType, {
  EVProcessing: processingType,
  EVMaximumDischargePower: rational(5000, 1),
  EVMaximumDischargePower_L2: optional(RationalNumberType),
  EVMaximumDischargePower_L3: optional(RationalNumberType),
  EVMinimumDischargePower: optional(RationalNumberType),
  EVMinimumDischargePower_L2: optional(RationalNumberType),
  EVMinimumDischargePower_L3: optional(RationalNumberType),
  EVSessionTotalDischargeEnergyAvailable: optional(RationalNumberType),
  EVApparentPowerLimits: EVApparentPowerLimitsType,
  EVReactivePowerLimits: EVReactivePowerLimitsType,
  EVExcitationLimits: EVExcitationLimitsType,
  EVInverterDetails: EVInverterDetailsType,
  IEEE1547NormalCategory: ieee1547NormalCategoryType,
  IEEE1547AbnormalCategory: ieee1547AbnormalCategoryType,
  EVNominalVoltage: RationalNumberType,
  EVMaximumVoltage: rational(500),
  EVMinimumVoltage: rational(200),
  EVNominalVoltageOffset: RationalNumberType,
  J3072Certified: boolean,
  J3072CertificationDate: unsignedLong,
  EVUseableWattHours: unsignedInt,
  EVUpdateTime: unsignedLong,
  SupportedModes: unsignedInt,
  EnabledModes: unsignedInt,
});
export type DER_AC_CPDReqEnergyTransferMode = TypeOf<typeof DER_AC_CPDReqEnergyTransferModeType>;

export const DER_AC_CPDResEnergyTransferModeType = derSae.extend(AC_CPDResEnergyTransferModeType, {
  EVSEProcessing: processingType,
  EVSEStatus: optional(EVSEStatusType),
  DERControlCPDRes: DERControlCPDResType,
  EVSENominalChargePower: optional(RationalNumberType),
  EVSENominalChargePower_L2: optional(RationalNumberType),
  EVSENominalChargePower_L3: optional(RationalNumberType),
  EVSENominalDischargePower: optional(RationalNumberType),
  EVSENominalDischargePower_L2: optional(RationalNumberType),
  EVSENominalDischargePower_L3: optional(RationalNumberType),
  EVSEMaximumDischargePower: rational(5000, 1),
  EVSEMaximumDischargePower_L2: optional(RationalNumberType),
  EVSEMaximumDischargePower_L3: optional(RationalNumberType),
  EVSEReactivePowerLimits: EVSEReactivePowerLimitsType,
  GridLimits: GridLimitsType,
  RequiredDEROperatingMode: requiredDEROperatingModeType,
  GridConnectionMode: gridConnectionModeType,
  EVSEUpdateTime: unsignedLong,
});
export type DER_AC_CPDResEnergyTransferMode = TypeOf<typeof DER_AC_CPDResEnergyTransferModeType>;

export const DER_AC_CPDReqEnergyTransferMode = derSae.element(
  "DER_AC_CPDReqEnergyTransferMode",
  DER_AC_CPDReqEnergyTransferModeType,
);

export const DER_AC_CPDResEnergyTransferMode = derSae.element(
  "DER_AC_CPDResEnergyTransferMode",
  DER_AC_CPDResEnergyTransferModeType,
);
