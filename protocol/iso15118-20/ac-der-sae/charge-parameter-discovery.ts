import { boolean, oneOf, optional, string, type TypeOf, unsignedInt, unsignedLong } from "../../schema";
import { AC_CPDReqEnergyTransferModeType, AC_CPDResEnergyTransferModeType } from "../ac";
import { EVSEStatusType, processingType, RationalNumberType, rational } from "../common-types";
import { derSae } from "../namespaces";
import {
  ConstantPowerFactorType,
  ConstantVarType,
  ConstantWattType,
  FrequencyDroopType,
  FrequencyTripType,
  gridConnectionModeType,
  LimitMaxDischargePowerType,
  requiredDEROperatingModeType,
  VoltageTripType,
  VoltVarType,
  VoltWattType,
  WattVarType,
} from "./grid-support";

export const evInverterHwVersionType = string({ maxLength: 32 });

export const evInverterManufacturerType = string({ maxLength: 32 });

export const evInverterModelType = string({ maxLength: 32 });

export const evInverterSerialNumberType = string({ maxLength: 32 });

export const evInverterSwVersionType = string({ maxLength: 32 });

export const ieee1547AbnormalCategoryType = oneOf("CategoryI", "CategoryII", "CategoryIII");

export const ieee1547NormalCategoryType = oneOf("CategoryA", "CategoryB");

export const ActivePowerSupportCPDResType = derSae.type({
  FrequencyDroop: FrequencyDroopType,
  VoltWatt: VoltWattType,
  ConstantWatt: ConstantWattType,
  LimitMaxDischargePower: LimitMaxDischargePowerType,
});
export type ActivePowerSupportCPDRes = TypeOf<typeof ActivePowerSupportCPDResType>;

export const EnterServiceCPDResType = derSae.type({
  PermitService: boolean,
  EnterServiceVoltageHigh: RationalNumberType,
  EnterServiceVoltageLow: RationalNumberType,
  EnterServiceFrequencyHigh: RationalNumberType,
  EnterServiceFrequencyLow: RationalNumberType,
  EnterServiceDelay: optional(RationalNumberType),
  EnterServiceRandomizedDelay: optional(RationalNumberType),
  EnterServiceRampTime: optional(RationalNumberType),
});
export type EnterServiceCPDRes = TypeOf<typeof EnterServiceCPDResType>;

export const ReactivePowerSupportCPDResType = derSae.type({
  ConstantPowerFactor: ConstantPowerFactorType,
  VoltVar: VoltVarType,
  WattVar: WattVarType,
  ConstantVar: ConstantVarType,
});
export type ReactivePowerSupportCPDRes = TypeOf<typeof ReactivePowerSupportCPDResType>;

export const DERControlCPDResType = derSae.type({
  VoltageTrip: VoltageTripType,
  FrequencyTrip: FrequencyTripType,
  EnterServiceCPDRes: EnterServiceCPDResType,
  ReactivePowerSupportCPDRes: ReactivePowerSupportCPDResType,
  ActivePowerSupportCPDRes: ActivePowerSupportCPDResType,
});
export type DERControlCPDRes = TypeOf<typeof DERControlCPDResType>;

export const EVApparentPowerLimitsType = derSae.type({
  EVMaximumApparentPowerDuringChargingAndVarAbsorption: RationalNumberType,
  EVMaximumApparentPowerDuringChargingAndVarAbsorption_L2: optional(RationalNumberType),
  EVMaximumApparentPowerDuringChargingAndVarAbsorption_L3: optional(RationalNumberType),
  EVMaximumApparentPowerDuringChargingAndVarInjection: RationalNumberType,
  EVMaximumApparentPowerDuringChargingAndVarInjection_L2: optional(RationalNumberType),
  EVMaximumApparentPowerDuringChargingAndVarInjection_L3: optional(RationalNumberType),
  EVMaximumApparentPowerDuringDischargingAndVarAbsorption: RationalNumberType,
  EVMaximumApparentPowerDuringDischargingAndVarAbsorption_L2: optional(RationalNumberType),
  EVMaximumApparentPowerDuringDischargingAndVarAbsorption_L3: optional(RationalNumberType),
  EVMaximumApparentPowerDuringDischargingAndVarInjection: RationalNumberType,
  EVMaximumApparentPowerDuringDischargingAndVarInjection_L2: optional(RationalNumberType),
  EVMaximumApparentPowerDuringDischargingAndVarInjection_L3: optional(RationalNumberType),
});
export type EVApparentPowerLimits = TypeOf<typeof EVApparentPowerLimitsType>;

export const EVExcitationLimitsType = derSae.type({
  EVSpecifiedOverExcitedPowerFactor: RationalNumberType,
  EVSpecifiedOverExcitedPowerFactor_L2: optional(RationalNumberType),
  EVSpecifiedOverExcitedPowerFactor_L3: optional(RationalNumberType),
  EVSpecifiedOverExcitedDischargePower: RationalNumberType,
  EVSpecifiedOverExcitedDischargePower_L2: optional(RationalNumberType),
  EVSpecifiedOverExcitedDischargePower_L3: optional(RationalNumberType),
  EVSpecifiedUnderExcitedPowerFactor: RationalNumberType,
  EVSpecifiedUnderExcitedPowerFactor_L2: optional(RationalNumberType),
  EVSpecifiedUnderExcitedPowerFactor_L3: optional(RationalNumberType),
  EVSpecifiedUnderExcitedDischargePower: RationalNumberType,
  EVSpecifiedUnderExcitedDischargePower_L2: optional(RationalNumberType),
  EVSpecifiedUnderExcitedDischargePower_L3: optional(RationalNumberType),
});
export type EVExcitationLimits = TypeOf<typeof EVExcitationLimitsType>;

export const EVInverterDetailsType = derSae.type({
  EVInverterSwVersion: evInverterSwVersionType,
  EVInverterHwVersion: optional(evInverterHwVersionType),
  EVInverterManufacturer: evInverterManufacturerType,
  EVInverterModel: evInverterModelType,
  EVInverterSerialNumber: evInverterSerialNumberType,
});
export type EVInverterDetails = TypeOf<typeof EVInverterDetailsType>;

export const EVReactivePowerLimitsType = derSae.type({
  EVMaximumVarAbsorptionDuringCharging: RationalNumberType,
  EVMaximumVarAbsorptionDuringCharging_L2: optional(RationalNumberType),
  EVMaximumVarAbsorptionDuringCharging_L3: optional(RationalNumberType),
  EVMinimumVarAbsorptionDuringCharging: optional(RationalNumberType),
  EVMinimumVarAbsorptionDuringCharging_L2: optional(RationalNumberType),
  EVMinimumVarAbsorptionDuringCharging_L3: optional(RationalNumberType),
  EVMaximumVarInjectionDuringCharging: RationalNumberType,
  EVMaximumVarInjectionDuringCharging_L2: optional(RationalNumberType),
  EVMaximumVarInjectionDuringCharging_L3: optional(RationalNumberType),
  EVMinimumVarInjectionDuringCharging: optional(RationalNumberType),
  EVMinimumVarInjectionDuringCharging_L2: optional(RationalNumberType),
  EVMinimumVarInjectionDuringCharging_L3: optional(RationalNumberType),
  EVMaximumVarAbsorptionDuringDischarging: RationalNumberType,
  EVMaximumVarAbsorptionDuringDischarging_L2: optional(RationalNumberType),
  EVMaximumVarAbsorptionDuringDischarging_L3: optional(RationalNumberType),
  EVMinimumVarAbsorptionDuringDischarging: optional(RationalNumberType),
  EVMinimumVarAbsorptionDuringDischarging_L2: optional(RationalNumberType),
  EVMinimumVarAbsorptionDuringDischarging_L3: optional(RationalNumberType),
  EVMaximumVarInjectionDuringDischarging: RationalNumberType,
  EVMaximumVarInjectionDuringDischarging_L2: optional(RationalNumberType),
  EVMaximumVarInjectionDuringDischarging_L3: optional(RationalNumberType),
  EVMinimumVarInjectionDuringDischarging: optional(RationalNumberType),
  EVMinimumVarInjectionDuringDischarging_L2: optional(RationalNumberType),
  EVMinimumVarInjectionDuringDischarging_L3: optional(RationalNumberType),
  EVReactiveSusceptance: RationalNumberType,
  EVReactiveSusceptance_L2: optional(RationalNumberType),
  EVReactiveSusceptance_L3: optional(RationalNumberType),
});
export type EVReactivePowerLimits = TypeOf<typeof EVReactivePowerLimitsType>;

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

export const EVSEReactivePowerLimitsType = derSae.type({
  EVSEMaximumVarAbsorptionDuringCharging: RationalNumberType,
  EVSEMaximumVarAbsorptionDuringCharging_L2: optional(RationalNumberType),
  EVSEMaximumVarAbsorptionDuringCharging_L3: optional(RationalNumberType),
  EVSEMaximumVarInjectionDuringCharging: RationalNumberType,
  EVSEMaximumVarInjectionDuringCharging_L2: optional(RationalNumberType),
  EVSEMaximumVarInjectionDuringCharging_L3: optional(RationalNumberType),
  EVSEMaximumVarAbsorptionDuringDischarging: RationalNumberType,
  EVSEMaximumVarAbsorptionDuringDischarging_L2: optional(RationalNumberType),
  EVSEMaximumVarAbsorptionDuringDischarging_L3: optional(RationalNumberType),
  EVSEMaximumVarInjectionDuringDischarging: RationalNumberType,
  EVSEMaximumVarInjectionDuringDischarging_L2: optional(RationalNumberType),
  EVSEMaximumVarInjectionDuringDischarging_L3: optional(RationalNumberType),
});
export type EVSEReactivePowerLimits = TypeOf<typeof EVSEReactivePowerLimitsType>;

export const GridLimitsType = derSae.type({
  GridNominalFrequency: RationalNumberType,
  GridNominalVoltage: RationalNumberType,
  GridNominalVoltageOffset: RationalNumberType,
  GridMinFrequency: optional(RationalNumberType),
  GridMaxFrequency: optional(RationalNumberType),
  GridMaximumVoltage: RationalNumberType,
  GridMinimumVoltage: RationalNumberType,
});
export type GridLimits = TypeOf<typeof GridLimitsType>;

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
