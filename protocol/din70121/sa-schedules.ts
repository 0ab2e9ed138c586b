import {
  example,
  ID,
  list,
  oneOf,
  optional,
  string,
  substitutionGroup,
  type TypeOf,
  unsignedByte,
  unsignedInt,
  usual,
} from "../schema";
import { PMaxType, SAIDType } from "./data-types";
import { dataTypes } from "./namespaces";
import { unitMultiplierType } from "./physical-value";

export const costKindType = oneOf("relativePricePercentage", "RenewableGenerationPercentage", "CarbonDioxideEmission");

export const tariffDescriptionType = string({ maxLength: 32 });

export const CostType = dataTypes.type({
  costKind: costKindType,
  amount: unsignedInt,
  amountMultiplier: optional(unitMultiplierType),
});
export type Cost = TypeOf<typeof CostType>;

export const ConsumptionCostType = dataTypes.type({ startValue: unsignedInt, Cost: optional(list(CostType)) });
export type ConsumptionCost = TypeOf<typeof ConsumptionCostType>;

export const RelativeTimeIntervalType = dataTypes.type({
  start: unsignedInt,
  duration: usual(example(unsignedInt, 86400)),
});
export type RelativeTimeInterval = TypeOf<typeof RelativeTimeIntervalType>;

export const RelativeTimeInterval = dataTypes.element("RelativeTimeInterval", RelativeTimeIntervalType);

export const IntervalType = dataTypes.type({});
export type Interval = TypeOf<typeof IntervalType>;

export const TimeInterval = dataTypes.abstract("TimeInterval", IntervalType);

export const EntryType = dataTypes.type({ TimeInterval: substitutionGroup(TimeInterval, { RelativeTimeInterval }) });
export type Entry = TypeOf<typeof EntryType>;

export const PMaxScheduleEntryType = dataTypes.extend(EntryType, { PMax: example(PMaxType, 30000) });
export type PMaxScheduleEntry = TypeOf<typeof PMaxScheduleEntryType>;

export const PMaxScheduleEntry = dataTypes.element("PMaxScheduleEntry", PMaxScheduleEntryType);

export const PMaxScheduleType = dataTypes.type({
  PMaxScheduleID: example(SAIDType, 1),
  PMaxScheduleEntry: list(PMaxScheduleEntry),
});
export type PMaxSchedule = TypeOf<typeof PMaxScheduleType>;

export const SalesTariffEntryType = dataTypes.extend(EntryType, {
  EPriceLevel: unsignedByte,
  ConsumptionCost: optional(list(ConsumptionCostType)),
});
export type SalesTariffEntry = TypeOf<typeof SalesTariffEntryType>;

export const SalesTariffEntry = dataTypes.element("SalesTariffEntry", SalesTariffEntryType);

export const SalesTariffType = dataTypes.type({
  "@Id": ID,
  SalesTariffID: example(SAIDType, 1),
  SalesTariffDescription: optional(tariffDescriptionType),
  NumEPriceLevels: unsignedByte,
  SalesTariffEntry: list(SalesTariffEntry),
});
export type SalesTariff = TypeOf<typeof SalesTariffType>;

export const SAScheduleTupleType = dataTypes.type({
  SAScheduleTupleID: example(SAIDType, 1),
  PMaxSchedule: PMaxScheduleType,
  SalesTariff: optional(SalesTariffType),
});
export type SAScheduleTuple = TypeOf<typeof SAScheduleTupleType>;

export const SAScheduleListType = dataTypes.type({ SAScheduleTuple: list(SAScheduleTupleType) });
export type SAScheduleList = TypeOf<typeof SAScheduleListType>;

export const SASchedulesType = dataTypes.type({});
export type SASchedules = TypeOf<typeof SASchedulesType>;

export const Entry = dataTypes.abstract("Entry", EntryType);

export const SAScheduleList = dataTypes.element("SAScheduleList", SAScheduleListType);

export const SASchedules = dataTypes.abstract("SASchedules", SASchedulesType);
