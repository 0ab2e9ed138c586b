import { boolean, list, oneOf, optional, type TypeOf, unsignedInt, unsignedShort } from "../../schema";
import { RationalNumberType } from "../common-types";
import { derSae } from "../namespaces";

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

export const gridConnectionModeType = oneOf("GridConnected", "GridIslanded");

export const powerFactorExcitationType = oneOf("OverExcited", "UnderExcited");

export const powerReferenceType = oneOf("MaximumActivePower", "MomentaryPower");

export const requiredDEROperatingModeType = oneOf("GridFollowing", "GridForming");

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

export const ConstantWattType = derSae.type({
  Enable: boolean,
  Priority: optional(unsignedShort),
  WattSetpoint: RationalNumberType,
  WattSetpoint_L2: optional(RationalNumberType),
  WattSetpoint_L3: optional(RationalNumberType),
  Unit: derUnitType,
});
export type ConstantWatt = TypeOf<typeof ConstantWattType>;

export const DataTupleType = derSae.type({ xValue: RationalNumberType, yValue: RationalNumberType });
export type DataTuple = TypeOf<typeof DataTupleType>;

export const CurveDataPointsListType = derSae.type({ CurveDataPoint: list(DataTupleType, { min: 2, max: 10 }) });
export type CurveDataPointsList = TypeOf<typeof CurveDataPointsListType>;

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

export const FrequencyTripType = derSae.type({
  OverFrequencyMustTripCurve: DERCurveType,
  UnderFrequencyMustTripCurve: DERCurveType,
  OverFrequencyMayTripCurve: optional(DERCurveType),
  UnderFrequencyMayTripCurve: optional(DERCurveType),
});
export type FrequencyTrip = TypeOf<typeof FrequencyTripType>;

export const LimitMaxDischargePowerType = derSae.type({
  Enable: boolean,
  Priority: optional(unsignedShort),
  PercentageValue: unsignedShort,
  PercentageValue_L2: optional(unsignedShort),
  PercentageValue_L3: optional(unsignedShort),
  OpenLoopResponseTime: optional(RationalNumberType),
});
export type LimitMaxDischargePower = TypeOf<typeof LimitMaxDischargePowerType>;

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

export const VoltageTripType = derSae.type({
  OverVoltageMustTripCurve: DERCurveType,
  UnderVoltageMustTripCurve: DERCurveType,
  OverVoltageMomentaryCessationTripCurve: optional(DERCurveType),
  UnderVoltageMomentaryCessationTripCurve: optional(DERCurveType),
  OverVoltageMayTripCurve: optional(DERCurveType),
  UnderVoltageMayTripCurve: optional(DERCurveType),
});
export type VoltageTrip = TypeOf<typeof VoltageTripType>;

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
