import { choice, example, list, optional, type TypeOf, unsignedInt, unsignedLong } from "../../schema";
import { numericIDType, RationalNumberType, rational } from "../common-types";
import { commonMessages } from "../namespaces";
import { AbsolutePriceScheduleType, EVAbsolutePriceScheduleType, PriceLevelScheduleType } from "./price-schedules";

export const PowerScheduleEntryType = commonMessages.type({
  Duration: example(unsignedInt, 86400),
  Power: rational(5000, 1),
  Power_L2: optional(RationalNumberType),
  Power_L3: optional(RationalNumberType),
});
export type PowerScheduleEntry = TypeOf<typeof PowerScheduleEntryType>;

export const PowerScheduleEntryListType = commonMessages.type({
  PowerScheduleEntry: list(PowerScheduleEntryType, { max: 1024 }),
});
export type PowerScheduleEntryList = TypeOf<typeof PowerScheduleEntryListType>;

export const PowerScheduleType = commonMessages.type({
  TimeAnchor: unsignedLong,
  AvailableEnergy: optional(RationalNumberType),
  PowerTolerance: optional(RationalNumberType),
  PowerScheduleEntries: PowerScheduleEntryListType,
});
export type PowerSchedule = TypeOf<typeof PowerScheduleType>;

export const ChargingScheduleType = commonMessages.type({
  PowerSchedule: PowerScheduleType,
  priceSchedule: optional(
    choice({ AbsolutePriceSchedule: AbsolutePriceScheduleType, PriceLevelSchedule: PriceLevelScheduleType }),
  ),
});
export type ChargingSchedule = TypeOf<typeof ChargingScheduleType>;

export const EVPowerScheduleEntryType = commonMessages.type({
  Duration: example(unsignedInt, 86400),
  Power: rational(5000, 1),
});
export type EVPowerScheduleEntry = TypeOf<typeof EVPowerScheduleEntryType>;

export const EVPowerScheduleEntryListType = commonMessages.type({
  EVPowerScheduleEntry: list(EVPowerScheduleEntryType, { max: 1024 }),
});
export type EVPowerScheduleEntryList = TypeOf<typeof EVPowerScheduleEntryListType>;

export const EVPowerScheduleType = commonMessages.type({
  TimeAnchor: unsignedLong,
  EVPowerScheduleEntries: EVPowerScheduleEntryListType,
});
export type EVPowerSchedule = TypeOf<typeof EVPowerScheduleType>;

export const EVEnergyOfferType = commonMessages.type({
  EVPowerSchedule: EVPowerScheduleType,
  EVAbsolutePriceSchedule: EVAbsolutePriceScheduleType,
});
export type EVEnergyOffer = TypeOf<typeof EVEnergyOfferType>;

export const ScheduleTupleType = commonMessages.type({
  ScheduleTupleID: numericIDType,
  ChargingSchedule: ChargingScheduleType,
  DischargingSchedule: optional(ChargingScheduleType),
});
export type ScheduleTuple = TypeOf<typeof ScheduleTupleType>;
