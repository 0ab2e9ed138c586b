import {
  example,
  ID,
  integers,
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
import { SAIDType } from "./data-types";
import { dataTypes } from "./namespaces";
import { PhysicalValueType, unitMultiplierType, watts } from "./physical-value";

export const costKindType = oneOf("relativePricePercentage", "RenewableGenerationPercentage", "CarbonDioxideEmission");

export const tariffDescriptionType = string({ maxLength: 32 });

export const CostType = dataTypes.type({
  costKind: costKindType,
  amount: unsignedInt,
  amountMultiplier: optional(unitMultiplierType),
});
export type Cost = TypeOf<typeof CostType>;

export const ConsumptionCostType = dataTypes.type({ startValue: PhysicalValueType, Cost: list(CostType, { max: 3 }) });
export type ConsumptionCost = TypeOf<typeof ConsumptionCostType>;

export const RelativeTimeIntervalType = dataTypes.type({
  start: integers(0, 16777214),
  duration: usual(example(integers(0, 86400), 86400)),
});
export type RelativeTimeInterval = TypeOf<typeof RelativeTimeIntervalType>;

export const RelativeTimeInterval = dataTypes.element("RelativeTimeInterval", RelativeTimeIntervalType);

export const IntervalType = dataTypes.type({});
export type Interval = TypeOf<typeof IntervalType>;

export const TimeInterval = dataTypes.abstract("TimeInterval", IntervalType);

export const EntryType = dataTypes.type({ TimeInterval: substitutionGroup(TimeInterval, { RelativeTimeInterval }) });
export type Entry = TypeOf<typeof EntryType>;

export const PMaxScheduleEntryType = dataTypes.extend(EntryType, { PMax: watts(3000, 1) });
export type PMaxScheduleEntry = TypeOf<typeof PMaxScheduleEntryType>;

export const PMaxScheduleEntry = dataTypes.element("PMaxScheduleEntry", PMaxScheduleEntryType);

export const PMaxScheduleType = dataTypes.type({ PMaxScheduleEntry: list(PMaxScheduleEntry, { max: 1024 }) });
export type PMaxSchedule = TypeOf<typeof PMaxScheduleType>;

export const SalesTariffEntryType = dataTypes.extend(EntryType, {
  EPriceLevel: optional(unsignedByte),
  ConsumptionCost: optional(list(ConsumptionCostType, { max: 3 })),
});
export type SalesTariffEntry = TypeOf<typeof SalesTariffEntryType>;

export const SalesTariffEntry = dataTypes.element("SalesTariffEntry", SalesTariffEntryType);

export const SalesTariffType = dataTypes.type({
  "@Id": optional(ID),
  SalesTariffID: SAIDType,
  SalesTariffDescription: optional(tariffDescriptionType),
  NumEPriceLevels: optional(unsignedByte),
  SalesTariffEntry: list(SalesTariffEntry, { max: 1024 }),
});
export type SalesTariff = TypeOf<typeof SalesTariffType>;

export const SAScheduleTupleType = dataTypes.type({
  SAScheduleTupleID: SAIDType,
  PMaxSchedule: PMaxScheduleType,
  SalesTariff: optional(SalesTariffType),
});
export type SAScheduleTuple = TypeOf<typeof SAScheduleTupleType>;

export const SAScheduleListType = dataTypes.type({ SAScheduleTuple: list(SAScheduleTupleType, { max: 3 }) });
export type SAScheduleList = TypeOf<typeof SAScheduleListType>;

export const SASchedulesType = dataTypes.type({});
export type SASchedules = TypeOf<typeof SASchedulesType>;

export const Entry = dataTypes.abstract("Entry", EntryType);

export const SAScheduleList = dataTypes.element("SAScheduleList", SAScheduleListType);

export const SASchedules = dataTypes.abstract("SASchedules", SASchedulesType);
