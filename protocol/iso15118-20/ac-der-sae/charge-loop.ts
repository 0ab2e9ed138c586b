import { boolean, oneOf, optional, type TypeOf, unsignedInt, unsignedLong } from "../../schema";
import {
  Dynamic_AC_CLReqControlModeType,
  Dynamic_AC_CLResControlModeType,
  Scheduled_AC_CLReqControlModeType,
  Scheduled_AC_CLResControlModeType,
} from "../ac";
import { RationalNumberType, rational } from "../common-types";
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

export const derConnectionStatusType = oneOf("Disconnected", "Connected");

export const derOperationalStateType = oneOf("On", "Off");

export const ActivePowerSupportCLResType = derSae.type({
  FrequencyDroop: optional(FrequencyDroopType),
  VoltWatt: optional(VoltWattType),
  ConstantWatt: optional(ConstantWattType),
  LimitMaxDischargePower: optional(LimitMaxDischargePowerType),
});
export type ActivePowerSupportCLRes = TypeOf<typeof ActivePowerSupportCLResType>;

export const EnterServiceCLResType = derSae.type({
  PermitService: boolean,
  EnterServiceVoltageHigh: optional(RationalNumberType),
  EnterServiceVoltageLow: optional(RationalNumberType),
  EnterServiceFrequencyHigh: optional(RationalNumberType),
  EnterServiceFrequencyLow: optional(RationalNumberType),
  EnterServiceDelay: optional(RationalNumberType),
  EnterServiceRandomizedDelay: optional(RationalNumberType),
  EnterServiceRampTime: optional(RationalNumberType),
});
export type EnterServiceCLRes = TypeOf<typeof EnterServiceCLResType>;

export const ReactivePowerSupportCLResType = derSae.type({
  ConstantPowerFactor: optional(ConstantPowerFactorType),
  VoltVar: optional(VoltVarType),
  WattVar: optional(WattVarType),
  ConstantVar: optional(ConstantVarType),
});
export type ReactivePowerSupportCLRes = TypeOf<typeof ReactivePowerSupportCLResType>;

export const DERControlCLResType = derSae.type({
  VoltageTrip: optional(VoltageTripType),
  FrequencyTrip: optional(FrequencyTripType),
  EnterServiceCLRes: EnterServiceCLResType,
  ReactivePowerSupportCLRes: optional(ReactivePowerSupportCLResType),
  ActivePowerSupportCLRes: optional(ActivePowerSupportCLResType),
});
export type DERControlCLRes = TypeOf<typeof DERControlCLResType>;

export const EVApparentPowerType = derSae.type({
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
export type EVApparentPower = TypeOf<typeof EVApparentPowerType>;

export const EVExcitationType = derSae.type({
  EVSpecifiedOverExcitedPowerFactor: optional(RationalNumberType),
  EVSpecifiedOverExcitedPowerFactor_L2: optional(RationalNumberType),
  EVSpecifiedOverExcitedPowerFactor_L3: optional(RationalNumberType),
  EVSpecifiedOverExcitedDischargePower: RationalNumberType,
  EVSpecifiedOverExcitedDischargePower_L2: optional(RationalNumberType),
  EVSpecifiedOverExcitedDischargePower_L3: optional(RationalNumberType),
  EVSpecifiedUnderExcitedPowerFactor: optional(RationalNumberType),
  EVSpecifiedUnderExcitedPowerFactor_L2: optional(RationalNumberType),
  EVSpecifiedUnderExcitedPowerFactor_L3: optional(RationalNumberType),
  EVSpecifiedUnderExcitedDischargePower: RationalNumberType,
  EVSpecifiedUnderExcitedDischargePower_L2: optional(RationalNumberType),
  EVSpecifiedUnderExcitedDischargePower_L3: optional(RationalNumberType),
});
export type EVExcitation = TypeOf<typeof EVExcitationType>;

export const EVReactivePowerType = derSae.type({
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
});
export type EVReactivePower = TypeOf<typeof EVReactivePowerType>;

export const DER_Dynamic_AC_CLReqControlModeType = derSae.extend(Dynamic_AC_CLReqControlModeType, {
  EVMaximumDischargePower: rational(5000, 1),
  EVMaximumDischargePower_L2: optional(RationalNumberType),
  EVMaximumDischargePower_L3: optional(RationalNumberType),
  EVMinimumDischargePower: RationalNumberType,
  EVMinimumDischargePower_L2: optional(RationalNumberType),
  EVMinimumDischargePower_L3: optional(RationalNumberType),
  EVPresentVoltage: rational(400),
  EVPresentFrequency: RationalNumberType,
  EVSessionTotalDischargeEnergyAvailable: optional(RationalNumberType),
  EVApparentPower: optional(EVApparentPowerType),
  EVReactivePower: optional(EVReactivePowerType),
  EVExcitation: optional(EVExcitationType),
  EVMaximumV2XEnergyRequest: optional(RationalNumberType),
  EVMinimumV2XEnergyRequest: optional(RationalNumberType),
  DEROperationalState: derOperationalStateType,
  DERConnectionStatus: derConnectionStatusType,
  EVUpdateTime: unsignedLong,
  EVMinimumChargingDuration: unsignedInt,
  EVDurationMaximumChargeRate: unsignedInt,
  EVDurationMaximumDischargeRate: unsignedInt,
  DERAlarmStatus: unsignedInt,
  EnabledModes: unsignedInt,
});
export type DER_Dynamic_AC_CLReqControlMode = TypeOf<typeof DER_Dynamic_AC_CLReqControlModeType>;

export const DER_Dynamic_AC_CLResControlModeType = derSae.extend(Dynamic_AC_CLResControlModeType, {
  DERControlCLRes: DERControlCLResType,
  EVSEMaximumChargePower: optional(rational(5000, 1)),
  EVSEMaximumChargePower_L2: optional(RationalNumberType),
  EVSEMaximumChargePower_L3: optional(RationalNumberType),
  EVSEMaximumDischargePower: optional(rational(5000, 1)),
  EVSEMaximumDischargePower_L2: optional(RationalNumberType),
  EVSEMaximumDischargePower_L3: optional(RationalNumberType),
  RequiredDEROperatingMode: optional(requiredDEROperatingModeType),
  GridConnectionMode: optional(gridConnectionModeType),
});
export type DER_Dynamic_AC_CLResControlMode = TypeOf<typeof DER_Dynamic_AC_CLResControlModeType>;

export const DER_Scheduled_AC_CLReqControlModeType = derSae.extend(Scheduled_AC_CLReqControlModeType, {
  EVPresentVoltage: rational(400),
  EVPresentFrequency: RationalNumberType,
  EVMaximumDischargePower: optional(rational(5000, 1)),
  EVMaximumDischargePower_L2: optional(RationalNumberType),
  EVMaximumDischargePower_L3: optional(RationalNumberType),
  EVMinimumDischargePower: optional(RationalNumberType),
  EVMinimumDischargePower_L2: optional(RationalNumberType),
  EVMinimumDischargePower_L3: optional(RationalNumberType),
  DEROperationalState: derOperationalStateType,
  DERConnectionStatus: derConnectionStatusType,
  EVApparentPower: optional(EVApparentPowerType),
  EVReactivePower: optional(EVReactivePowerType),
  EVExcitation: optional(EVExcitationType),
  EVUpdateTime: unsignedLong,
  EVMinimumChargingDuration: optional(unsignedInt),
  EVDurationMaximumChargeRate: optional(unsignedInt),
  EVDurationMaximumDischargeRate: optional(unsignedInt),
  DERAlarmStatus: unsignedInt,
  EnabledModes: unsignedInt,
});
export type DER_Scheduled_AC_CLReqControlMode = TypeOf<typeof DER_Scheduled_AC_CLReqControlModeType>;

export const DER_Scheduled_AC_CLResControlModeType = derSae.extend(Scheduled_AC_CLResControlModeType, {
  DERControlCLRes: DERControlCLResType,
  EVSEMaximumChargePower: optional(rational(5000, 1)),
  EVSEMaximumChargePower_L2: optional(RationalNumberType),
  EVSEMaximumChargePower_L3: optional(RationalNumberType),
  EVSEMaximumDischargePower: optional(rational(5000, 1)),
  EVSEMaximumDischargePower_L2: optional(RationalNumberType),
  EVSEMaximumDischargePower_L3: optional(RationalNumberType),
  RequiredDEROperatingMode: optional(requiredDEROperatingModeType),
  GridConnectionMode: optional(gridConnectionModeType),
});
export type DER_Scheduled_AC_CLResControlMode = TypeOf<typeof DER_Scheduled_AC_CLResControlModeType>;

export const DER_Dynamic_AC_CLReqControlMode = derSae.element(
  "DER_Dynamic_AC_CLReqControlMode",
  DER_Dynamic_AC_CLReqControlModeType,
);

export const DER_Dynamic_AC_CLResControlMode = derSae.element(
  "DER_Dynamic_AC_CLResControlMode",
  DER_Dynamic_AC_CLResControlModeType,
);

export const DER_Scheduled_AC_CLReqControlMode = derSae.element(
  "DER_Scheduled_AC_CLReqControlMode",
  DER_Scheduled_AC_CLReqControlModeType,
);

export const DER_Scheduled_AC_CLResControlMode = derSae.element(
  "DER_Scheduled_AC_CLResControlMode",
  DER_Scheduled_AC_CLResControlModeType,
);
