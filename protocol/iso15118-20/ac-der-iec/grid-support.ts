import { boolean, choice, list, oneOf, optional, type TypeOf, unsignedInt, unsignedShort } from "../../schema";
import { RationalNumberType } from "../common-types";
import { derIec } from "../namespaces";

export const curveDataPointsUnitType = oneOf("V", "Hz", "W", "s", "var");

export const evOperatingModeType = oneOf("GridFollowing", "GridForming");

export const gridConnectionModeType = oneOf("GridConnected", "GridIslanded");

export const lockValueUnitType = oneOf("V", "Hz", "W", "s", "var");

export const powerFactorExcitationType = oneOf("OverExcited", "UnderExcited");

export const powerReferenceType = oneOf("MaximumDischargePower", "MomentaryPower");

export const FrequencyWattType = derIec.type({
  Fstart: RationalNumberType,
  Fstop: RationalNumberType,
  IntentionalDelayFstop: optional(unsignedShort),
  Slope: RationalNumberType,
  DeactivationTime: optional(unsignedShort),
  IntentionalDelayPowerControl: optional(unsignedShort),
  PowerReference: powerReferenceType,
  HysteresisControl: boolean,
  PowerUpRamp: optional(unsignedShort),
  PT1ResponseActivePower: boolean,
  StepResponseTimeConstantActivePower: RationalNumberType,
});
export type FrequencyWatt = TypeOf<typeof FrequencyWattType>;

export const VoltWattType = derIec.type({
  PowerReference: powerReferenceType,
  UStart: RationalNumberType,
  UStop: RationalNumberType,
  PT1ResponseActivePower: boolean,
  StepResponseTimeConstantActivePower: RationalNumberType,
  IntentionalDelayPowerControl: optional(unsignedInt),
});
export type VoltWatt = TypeOf<typeof VoltWattType>;

export const ActivePowerSupportType = derIec.type({
  UnderFrequencyWatt: optional(FrequencyWattType),
  OverFrequencyWatt: optional(FrequencyWattType),
  VoltWatt: optional(VoltWattType),
});
export type ActivePowerSupport = TypeOf<typeof ActivePowerSupportType>;

export const SetpointExcitationType = derIec.type({
  SetpointValue: RationalNumberType,
  Excitation: optional(powerFactorExcitationType),
});
export type SetpointExcitation = TypeOf<typeof SetpointExcitationType>;

export const DataTupleType = derIec.type({ xValue: RationalNumberType, yValue: SetpointExcitationType });
export type DataTuple = TypeOf<typeof DataTupleType>;

export const CurveDataPointsListType = derIec.type({ CurveDataPoint: list(DataTupleType, { min: 2, max: 10 }) });
export type CurveDataPointsList = TypeOf<typeof CurveDataPointsListType>;

export const FaultRideThroughType = derIec.type({
  VoltageLimitStartFRT: RationalNumberType,
  VoltageLimitStopFRT: optional(RationalNumberType),
  VoltageRecoveryLimit: optional(RationalNumberType),
  VoltageRideThroughPositiveCurveKFactor: optional(RationalNumberType),
  VoltageRideThroughNegativeCurveKFactor: optional(RationalNumberType),
  PT1ResponseActivePower: boolean,
  StepResponseTimeConstantActivePower: RationalNumberType,
  PT1ResponseReactivePower: boolean,
  StepResponseTimeConstantReactivePower: RationalNumberType,
});
export type FaultRideThrough = TypeOf<typeof FaultRideThroughType>;

export const DERCurveType = derIec.type({
  xUnit: curveDataPointsUnitType,
  yUnit: curveDataPointsUnitType,
  CurveDataPoints: CurveDataPointsListType,
  MinCosPhi: optional(RationalNumberType),
  LockValueUnit: optional(lockValueUnitType),
  LockInValue: optional(RationalNumberType),
  LockOutValue: optional(RationalNumberType),
  PT1ResponseReactivePower: boolean,
  StepResponseTimeConstantReactivePower: RationalNumberType,
  IntentionalDelay: optional(RationalNumberType),
});
export type DERCurve = TypeOf<typeof DERCurveType>;

export const ReactivePowerSupportType = derIec.type({
  curve: choice({ VoltVar: DERCurveType, WattVar: DERCurveType, WattCosPhi: DERCurveType }),
});
export type ReactivePowerSupport = TypeOf<typeof ReactivePowerSupportType>;

export const ZeroCurrentType = derIec.type({
  OverVoltageLimit: optional(RationalNumberType),
  UnderVoltageLimit: optional(RationalNumberType),
  OverVoltageRecoveryLimit: optional(RationalNumberType),
  UnderVoltageRecoveryLimit: optional(RationalNumberType),
  PT1ResponseActivePower: boolean,
  StepResponseTimeConstantActivePower: RationalNumberType,
  PT1ResponseReactivePower: boolean,
  StepResponseTimeConstantReactivePower: RationalNumberType,
});
export type ZeroCurrent = TypeOf<typeof ZeroCurrentType>;

export const DERControlType = derIec.type({
  OvervoltageFaultRideThrough: optional(FaultRideThroughType),
  UndervoltageFaultRideThrough: optional(FaultRideThroughType),
  ZeroCurrent: optional(ZeroCurrentType),
  ReactivePowerSupport: optional(ReactivePowerSupportType),
  ActivePowerSupport: optional(ActivePowerSupportType),
  MaximumLevelDCInjection: optional(RationalNumberType),
});
export type DERControl = TypeOf<typeof DERControlType>;

export const DSOCosPhiSetpointType = derIec.type({
  DSOCosPhiSetpointValue: RationalNumberType,
  DSOCosPhiSetpointValue_L2: optional(RationalNumberType),
  DSOCosPhiSetpointValue_L3: optional(RationalNumberType),
  Excitation: powerFactorExcitationType,
  PT1ResponseReactivePower: boolean,
  StepResponseTimeConstantReactivePower: RationalNumberType,
});
export type DSOCosPhiSetpoint = TypeOf<typeof DSOCosPhiSetpointType>;

export const DSOQSetpointType = derIec.type({
  DSOQSetpointValue: RationalNumberType,
  DSOQSetpointValue_L2: optional(RationalNumberType),
  DSOQSetpointValue_L3: optional(RationalNumberType),
  PT1ResponseReactivePower: boolean,
  StepResponseTimeConstantReactivePower: RationalNumberType,
});
export type DSOQSetpoint = TypeOf<typeof DSOQSetpointType>;

export const EVReactivePowerLimitsType = derIec.type({
  EVMaximumChargeReactivePower: RationalNumberType,
  EVMaximumChargeReactivePower_L2: optional(RationalNumberType),
  EVMaximumChargeReactivePower_L3: optional(RationalNumberType),
  EVMinimumChargeReactivePower: optional(RationalNumberType),
  EVMinimumChargeReactivePower_L2: optional(RationalNumberType),
  EVMinimumChargeReactivePower_L3: optional(RationalNumberType),
  EVMaximumDischargeReactivePower: RationalNumberType,
  EVMaximumDischargeReactivePower_L2: optional(RationalNumberType),
  EVMaximumDischargeReactivePower_L3: optional(RationalNumberType),
  EVMinimumDischargeReactivePower: optional(RationalNumberType),
  EVMinimumDischargeReactivePower_L2: optional(RationalNumberType),
  EVMinimumDischargeReactivePower_L3: optional(RationalNumberType),
});
export type EVReactivePowerLimits = TypeOf<typeof EVReactivePowerLimitsType>;
