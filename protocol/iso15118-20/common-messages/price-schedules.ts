import {
  boolean,
  example,
  ID,
  list,
  optional,
  string,
  type TypeOf,
  unsignedByte,
  unsignedInt,
  unsignedLong,
  unsignedShort,
} from "../../schema";
import { descriptionType, identifierType, nameType, numericIDType, RationalNumberType } from "../common-types";
import { commonMessages } from "../namespaces";

export const currencyType = string({ maxLength: 3 });

export const languageType = string({ maxLength: 3 });

export const AdditionalServiceType = commonMessages.type({ ServiceName: nameType, ServiceFee: RationalNumberType });
export type AdditionalService = TypeOf<typeof AdditionalServiceType>;

export const AdditionalServiceListType = commonMessages.type({
  AdditionalService: list(AdditionalServiceType, { max: 5 }),
});
export type AdditionalServiceList = TypeOf<typeof AdditionalServiceListType>;

export const OverstayRuleType = commonMessages.type({
  OverstayRuleDescription: optional(descriptionType),
  StartTime: unsignedInt,
  OverstayFee: RationalNumberType,
  OverstayFeePeriod: unsignedInt,
});
export type OverstayRule = TypeOf<typeof OverstayRuleType>;

export const OverstayRuleListType = commonMessages.type({
  OverstayTimeThreshold: optional(unsignedInt),
  OverstayPowerThreshold: optional(RationalNumberType),
  OverstayRule: list(OverstayRuleType, { max: 5 }),
});
export type OverstayRuleList = TypeOf<typeof OverstayRuleListType>;

export const PriceRuleType = commonMessages.type({
  EnergyFee: RationalNumberType,
  ParkingFee: optional(RationalNumberType),
  ParkingFeePeriod: optional(unsignedInt),
  CarbonDioxideEmission: optional(unsignedShort),
  RenewableGenerationPercentage: optional(unsignedByte),
  PowerRangeStart: RationalNumberType,
});
export type PriceRule = TypeOf<typeof PriceRuleType>;

export const PriceRuleStackType = commonMessages.type({
  Duration: example(unsignedInt, 86400),
  PriceRule: list(PriceRuleType, { max: 8 }),
});
export type PriceRuleStack = TypeOf<typeof PriceRuleStackType>;

export const PriceRuleStackListType = commonMessages.type({ PriceRuleStack: list(PriceRuleStackType, { max: 1024 }) });
export type PriceRuleStackList = TypeOf<typeof PriceRuleStackListType>;

export const PriceScheduleType = commonMessages.type({
  TimeAnchor: unsignedLong,
  PriceScheduleID: numericIDType,
  PriceScheduleDescription: optional(descriptionType),
});
export type PriceSchedule = TypeOf<typeof PriceScheduleType>;

export const TaxRuleType = commonMessages.type({
  TaxRuleID: numericIDType,
  TaxRuleName: optional(nameType),
  TaxRate: RationalNumberType,
  TaxIncludedInPrice: optional(boolean),
  AppliesToEnergyFee: boolean,
  AppliesToParkingFee: boolean,
  AppliesToOverstayFee: boolean,
  AppliesMinimumMaximumCost: boolean,
});
export type TaxRule = TypeOf<typeof TaxRuleType>;

export const TaxRuleListType = commonMessages.type({ TaxRule: list(TaxRuleType, { max: 10 }) });
export type TaxRuleList = TypeOf<typeof TaxRuleListType>;

export const AbsolutePriceScheduleType = commonMessages.extend(PriceScheduleType, {
  "@Id": optional(ID),
  Currency: example(currencyType, "EUR"),
  Language: example(languageType, "en"),
  PriceAlgorithm: example(identifierType, "urn:iso:std:iso:15118:-20:PriceAlgorithm:1-Power"),
  MinimumCost: optional(RationalNumberType),
  MaximumCost: optional(RationalNumberType),
  TaxRules: optional(TaxRuleListType),
  PriceRuleStacks: PriceRuleStackListType,
  OverstayRules: optional(OverstayRuleListType),
  AdditionalSelectedServices: optional(AdditionalServiceListType),
});
export type AbsolutePriceSchedule = TypeOf<typeof AbsolutePriceScheduleType>;

export const EVPriceRuleType = commonMessages.type({
  EnergyFee: RationalNumberType,
  PowerRangeStart: RationalNumberType,
});
export type EVPriceRule = TypeOf<typeof EVPriceRuleType>;

export const EVPriceRuleStackType = commonMessages.type({
  Duration: example(unsignedInt, 86400),
  EVPriceRule: list(EVPriceRuleType, { max: 8 }),
});
export type EVPriceRuleStack = TypeOf<typeof EVPriceRuleStackType>;

export const EVPriceRuleStackListType = commonMessages.type({
  EVPriceRuleStack: list(EVPriceRuleStackType, { max: 1024 }),
});
export type EVPriceRuleStackList = TypeOf<typeof EVPriceRuleStackListType>;

export const EVAbsolutePriceScheduleType = commonMessages.type({
  TimeAnchor: unsignedLong,
  Currency: example(currencyType, "EUR"),
  PriceAlgorithm: example(identifierType, "urn:iso:std:iso:15118:-20:PriceAlgorithm:1-Power"),
  EVPriceRuleStacks: EVPriceRuleStackListType,
});
export type EVAbsolutePriceSchedule = TypeOf<typeof EVAbsolutePriceScheduleType>;

export const PriceLevelScheduleEntryType = commonMessages.type({
  Duration: example(unsignedInt, 86400),
  PriceLevel: unsignedByte,
});
export type PriceLevelScheduleEntry = TypeOf<typeof PriceLevelScheduleEntryType>;

export const PriceLevelScheduleEntryListType = commonMessages.type({
  PriceLevelScheduleEntry: list(PriceLevelScheduleEntryType, { max: 1024 }),
});
export type PriceLevelScheduleEntryList = TypeOf<typeof PriceLevelScheduleEntryListType>;

export const PriceLevelScheduleType = commonMessages.extend(PriceScheduleType, {
  "@Id": optional(ID),
  NumberOfPriceLevels: unsignedByte,
  PriceLevelScheduleEntries: PriceLevelScheduleEntryListType,
});
export type PriceLevelSchedule = TypeOf<typeof PriceLevelScheduleType>;
