import { boolean, list, oneOf, optional, string, type TypeOf, unsignedInt, unsignedShort } from "../../schema";
import { RationalNumberType } from "../common-types";
import { derSae } from "../namespaces";

export const derConnectionStatusType = oneOf("Disconnected", "Connected");

export const derOperationalStateType = oneOf("On", "Off");

export const derUnitType = oneOf(
  "V",
  "Hz",
  "W",
  "s",
  "var",
  "PercentageEVMaximumConfiguredActivePower",
  "PercentageEVMaximumConfiguredReactivePower",
  "PercentageEVMaximumConfiguredApparentPower",
  "PercentageEVMaximumAvailableActivePower",
  "PercentageEVMaximumAvailableReactivePower",
  "PercentageV",
);

export const evInverterHwVersionType = string({ maxLength: 32 });

export const evInverterManufacturerType = string({ maxLength: 32 });

export const evInverterModelType = string({ maxLength: 32 });

export const evInverterSerialNumberType = string({ maxLength: 32 });

export const evInverterSwVersionType = string({ maxLength: 32 });

export const gridConnectionModeType = oneOf("GridConnected", "GridIslanded");

export const ieee1547AbnormalCategoryType = oneOf("CategoryI", "CategoryII", "CategoryIII");

export const ieee1547NormalCategoryType = oneOf("CategoryA", "CategoryB");

export const powerFactorExcitationType = oneOf("OverExcited", "UnderExcited");

export const powerReferenceType = oneOf("MaximumActivePower", "MomentaryPower");

export const requiredDEROperatingModeType = oneOf("GridFollowing", "GridForming");

export const ConstantWattType = derSae.type({
  Enable: boolean,
  Priority: optional(unsignedShort),
  WattSetpoint: RationalNumberType,
  WattSetpoint_L2: optional(RationalNumberType),
  WattSetpoint_L3: optional(RationalNumberType),
  Unit: derUnitType,
});
export type ConstantWatt = TypeOf<typeof ConstantWattType>;

export const FrequencyDroopSettingsType = derSae.type({
  db: RationalNumberType,
  DroopFactor: RationalNumberType,
  DroopFactor_L2: optional(RationalNumberType),
  DroopFactor_L3: optional(RationalNumberType),
  PowerReference: powerReferenceType,
  PowerReference_L2: optional(powerReferenceType),
  PowerReference_L3: optional(powerReferenceType),
  OpenLoopResponseTime: RationalNumberType,
});
export type FrequencyDroopSettings = TypeOf<typeof FrequencyDroopSettingsType>;

export const FrequencyDroopType = derSae.type({
  Enable: boolean,
  Priority: optional(unsignedShort),
  OverFrequencyDroop: optional(FrequencyDroopSettingsType),
  UnderFrequencyDroop: optional(FrequencyDroopSettingsType),
});
export type FrequencyDroop = TypeOf<typeof FrequencyDroopType>;

export const LimitMaxDischargePowerType = derSae.type({
  Enable: boolean,
  Priority: optional(unsignedShort),
  PercentageValue: unsignedShort,
  PercentageValue_L2: optional(unsignedShort),
  PercentageValue_L3: optional(unsignedShort),
  OpenLoopResponseTime: optional(RationalNumberType),
});
export type LimitMaxDischargePower = TypeOf<typeof LimitMaxDischargePowerType>;

export const DataTupleType = derSae.type({ xValue: RationalNumberType, yValue: RationalNumberType });
export type DataTuple = TypeOf<typeof DataTupleType>;

export const CurveDataPointsListType = derSae.type({ CurveDataPoint: list(DataTupleType, { min: 2, max: 10 }) });
export type CurveDataPointsList = TypeOf<typeof CurveDataPointsListType>;

export const VoltWattType = derSae.type({
  Enable: boolean,
  Priority: optional(unsignedShort),
  xUnit: derUnitType,
  yUnit: derUnitType,
  CurveDataPoints: CurveDataPointsListType,
  CurveDataPoints_L2: optional(CurveDataPointsListType),
  CurveDataPoints_L3: optional(CurveDataPointsListType),
  OpenLoopResponseTime: RationalNumberType,
  TimeConstantPT1: optional(unsignedInt),
});
export type VoltWatt = TypeOf<typeof VoltWattType>;

export const ActivePowerSupportCLResType = derSae.type({
  FrequencyDroop: optional(FrequencyDroopType),
  VoltWatt: optional(VoltWattType),
  ConstantWatt: optional(ConstantWattType),
  LimitMaxDischargePower: optional(LimitMaxDischargePowerType),
});
export type ActivePowerSupportCLRes = TypeOf<typeof ActivePowerSupportCLResType>;

export const ActivePowerSupportCPDResType = derSae.type({
  FrequencyDroop: FrequencyDroopType,
  VoltWatt: VoltWattType,
  ConstantWatt: ConstantWattType,
  LimitMaxDischargePower: LimitMaxDischargePowerType,
});
export type ActivePowerSupportCPDRes = TypeOf<typeof ActivePowerSupportCPDResType>;

export const ConstantPowerFactorType = derSae.type({
  Enable: boolean,
  Priority: optional(unsignedShort),
  PowerFactorValue: RationalNumberType,
  PowerFactorValue_L2: optional(RationalNumberType),
  PowerFactorValue_L3: optional(RationalNumberType),
  PowerFactorExcitation: powerFactorExcitationType,
  PowerFactorExcitation_L2: optional(powerFactorExcitationType),
  PowerFactorExcitation_L3: optional(powerFactorExcitationType),
});
export type ConstantPowerFactor = TypeOf<typeof ConstantPowerFactorType>;

export const ConstantVarType = derSae.type({
  Enable: boolean,
  Priority: optional(unsignedShort),
  VarSetpoint: RationalNumberType,
  VarSetpoint_L2: optional(RationalNumberType),
  VarSetpoint_L3: optional(RationalNumberType),
  Unit: derUnitType,
});
export type ConstantVar = TypeOf<typeof ConstantVarType>;

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

export const DERCurveType = derSae.type({
  Enable: boolean,
  Priority: optional(unsignedShort),
  xUnit: derUnitType,
  yUnit: derUnitType,
  CurveDataPoints: CurveDataPointsListType,
  CurveDataPoints_L2: optional(CurveDataPointsListType),
  CurveDataPoints_L3: optional(CurveDataPointsListType),
});
export type DERCurve = TypeOf<typeof DERCurveType>;

export const FrequencyTripType = derSae.type({
  OverFrequencyMustTripCurve: DERCurveType,
  UnderFrequencyMustTripCurve: DERCurveType,
  OverFrequencyMayTripCurve: optional(DERCurveType),
  UnderFrequencyMayTripCurve: optional(DERCurveType),
});
export type FrequencyTrip = TypeOf<typeof FrequencyTripType>;

export const VoltVarType = derSae.type({
  Enable: boolean,
  Priority: optional(unsignedShort),
  xUnit: derUnitType,
  yUnit: derUnitType,
  CurveDataPoints: CurveDataPointsListType,
  CurveDataPoints_L2: optional(CurveDataPointsListType),
  CurveDataPoints_L3: optional(CurveDataPointsListType),
  OpenLoopResponseTime: RationalNumberType,
  TimeConstantPT1: optional(unsignedInt),
  ReferenceVoltage: RationalNumberType,
  AutonomousReferenceVoltageAdjustmentEnable: boolean,
  ReferenceVoltageAdjustmentTimeConstant: unsignedInt,
});
export type VoltVar = TypeOf<typeof VoltVarType>;

export const WattVarType = derSae.type({
  Enable: boolean,
  Priority: optional(unsignedShort),
  xUnit: derUnitType,
  yUnit: derUnitType,
  CurveDataPoints: CurveDataPointsListType,
  CurveDataPoints_L2: optional(CurveDataPointsListType),
  CurveDataPoints_L3: optional(CurveDataPointsListType),
  OpenLoopResponseTime: optional(RationalNumberType),
  TimeConstantPT1: optional(unsignedInt),
});
export type WattVar = TypeOf<typeof WattVarType>;

export const ReactivePowerSupportCLResType = derSae.type({
  ConstantPowerFactor: optional(ConstantPowerFactorType),
  VoltVar: optional(VoltVarType),
  WattVar: optional(WattVarType),
  ConstantVar: optional(ConstantVarType),
});
export type ReactivePowerSupportCLRes = TypeOf<typeof ReactivePowerSupportCLResType>;

export const VoltageTripType = derSae.type({
  OverVoltageMustTripCurve: DERCurveType,
  UnderVoltageMustTripCurve: DERCurveType,
  OverVoltageMomentaryCessationTripCurve: optional(DERCurveType),
  UnderVoltageMomentaryCessationTripCurve: optional(DERCurveType),
  OverVoltageMayTripCurve: optional(DERCurveType),
  UnderVoltageMayTripCurve: optional(DERCurveType),
});
export type VoltageTrip = TypeOf<typeof VoltageTripType>;

export const DERControlCLResType = derSae.type({
  VoltageTrip: optional(VoltageTripType),
  FrequencyTrip: optional(FrequencyTripType),
  EnterServiceCLRes: EnterServiceCLResType,
  ReactivePowerSupportCLRes: optional(ReactivePowerSupportCLResType),
  ActivePowerSupportCLRes: optional(ActivePowerSupportCLResType),
});
export type DERControlCLRes = TypeOf<typeof DERControlCLResType>;

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
