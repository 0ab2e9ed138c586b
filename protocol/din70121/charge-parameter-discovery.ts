import { example, oneOf, optional, substitutionGroup, type TypeOf, unsignedInt } from "../schema";
import {
  AC_EVSEStatusType,
  DC_EVSEStatusType,
  DC_EVStatusType,
  EVSEProcessingType,
  percentValueType,
  responseCodeType,
} from "./data-types";
import { dataTypes, msgBody } from "./namespaces";
import { amperes, volts, wattHours, watts } from "./physical-value";
import { SAScheduleList, SASchedules } from "./sa-schedules";

export const EVRequestedEnergyTransferType = oneOf(
  "AC_single_phase_core",
  "AC_three_phase_core",
  "DC_core",
  "DC_extended",
  "DC_combo_core",
  "DC_unique",
);

export const AC_EVChargeParameterType = dataTypes.type({
  DepartureTime: unsignedInt,
  EAmount: wattHours(20000),
  EVMaxVoltage: volts(400),
  EVMaxCurrent: amperes(32),
  EVMinCurrent: amperes(6),
});
export type AC_EVChargeParameter = TypeOf<typeof AC_EVChargeParameterType>;

export const AC_EVSEChargeParameterType = dataTypes.type({
  AC_EVSEStatus: AC_EVSEStatusType,
  EVSEMaxVoltage: volts(230),
  EVSEMaxCurrent: amperes(32),
  EVSEMinCurrent: amperes(6),
});
export type AC_EVSEChargeParameter = TypeOf<typeof AC_EVSEChargeParameterType>;

export const DC_EVChargeParameterType = dataTypes.type({
  DC_EVStatus: DC_EVStatusType,
  EVMaximumCurrentLimit: amperes(125),
  EVMaximumPowerLimit: optional(watts(3000, 1)),
  EVMaximumVoltageLimit: volts(450),
  EVEnergyCapacity: optional(wattHours(3000, 1)),
  EVEnergyRequest: optional(wattHours(20000)),
  FullSOC: optional(example(percentValueType, 100)),
  BulkSOC: optional(example(percentValueType, 80)),
});
export type DC_EVChargeParameter = TypeOf<typeof DC_EVChargeParameterType>;

export const DC_EVSEChargeParameterType = dataTypes.type({
  DC_EVSEStatus: DC_EVSEStatusType,
  EVSEMaximumCurrentLimit: amperes(125),
  EVSEMaximumPowerLimit: optional(watts(3000, 1)),
  EVSEMaximumVoltageLimit: volts(500),
  EVSEMinimumCurrentLimit: amperes(0),
  EVSEMinimumVoltageLimit: volts(150),
  EVSECurrentRegulationTolerance: optional(amperes(1)),
  EVSEPeakCurrentRipple: amperes(1),
  EVSEEnergyToBeDelivered: optional(wattHours(20000)),
});
export type DC_EVSEChargeParameter = TypeOf<typeof DC_EVSEChargeParameterType>;

export const EVChargeParameterType = dataTypes.type({});
export type EVChargeParameter = TypeOf<typeof EVChargeParameterType>;

export const EVSEChargeParameterType = dataTypes.type({});
export type EVSEChargeParameter = TypeOf<typeof EVSEChargeParameterType>;

export const AC_EVChargeParameter = dataTypes.element("AC_EVChargeParameter", AC_EVChargeParameterType);

export const AC_EVSEChargeParameter = dataTypes.element("AC_EVSEChargeParameter", AC_EVSEChargeParameterType);

export const DC_EVChargeParameter = dataTypes.element("DC_EVChargeParameter", DC_EVChargeParameterType);

export const EVChargeParameter = dataTypes.abstract("EVChargeParameter", EVChargeParameterType);

export const ChargeParameterDiscoveryReq = msgBody.element("ChargeParameterDiscoveryReq", {
  EVRequestedEnergyTransferType: example(EVRequestedEnergyTransferType, "DC_extended"),
  EVChargeParameter: substitutionGroup(EVChargeParameter, { DC_EVChargeParameter, AC_EVChargeParameter }),
});
export type ChargeParameterDiscoveryReq = TypeOf<typeof ChargeParameterDiscoveryReq>;

export const DC_EVSEChargeParameter = dataTypes.element("DC_EVSEChargeParameter", DC_EVSEChargeParameterType);

export const EVSEChargeParameter = dataTypes.abstract("EVSEChargeParameter", EVSEChargeParameterType);

export const ChargeParameterDiscoveryRes = msgBody.element("ChargeParameterDiscoveryRes", {
  ResponseCode: responseCodeType,
  EVSEProcessing: EVSEProcessingType,
  SASchedules: substitutionGroup(SASchedules, { SAScheduleList }),
  EVSEChargeParameter: substitutionGroup(EVSEChargeParameter, { DC_EVSEChargeParameter, AC_EVSEChargeParameter }),
});
export type ChargeParameterDiscoveryRes = TypeOf<typeof ChargeParameterDiscoveryRes>;
