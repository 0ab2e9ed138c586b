import { boolean, choice, example, integers, list, optional, type TypeOf, unsignedInt } from "../../schema";
import {
  percentValueType,
  processingType,
  RationalNumberType,
  rational,
  V2GRequestType,
  V2GResponseType,
} from "../common-types";
import { commonMessages } from "../namespaces";
import { EVEnergyOfferType, ScheduleTupleType } from "./power-schedules";
import { AbsolutePriceScheduleType, PriceLevelScheduleType } from "./price-schedules";

export const maxSupportingPointsScheduleTupleType = integers(12, 1024);

export const Dynamic_SEReqControlModeType = commonMessages.type({
  DepartureTime: example(unsignedInt, 7200),
  MinimumSOC: optional(percentValueType),
  TargetSOC: optional(percentValueType),
  EVTargetEnergyRequest: rational(2000, 1),
  EVMaximumEnergyRequest: rational(3000, 1),
  EVMinimumEnergyRequest: RationalNumberType,
  EVMaximumV2XEnergyRequest: optional(RationalNumberType),
  EVMinimumV2XEnergyRequest: optional(RationalNumberType),
});
export type Dynamic_SEReqControlMode = TypeOf<typeof Dynamic_SEReqControlModeType>;

export const Dynamic_SEResControlModeType = commonMessages.type({
  DepartureTime: optional(example(unsignedInt, 7200)),
  MinimumSOC: optional(percentValueType),
  TargetSOC: optional(percentValueType),
  priceSchedule: optional(
    choice({ AbsolutePriceSchedule: AbsolutePriceScheduleType, PriceLevelSchedule: PriceLevelScheduleType }),
  ),
});
export type Dynamic_SEResControlMode = TypeOf<typeof Dynamic_SEResControlModeType>;

export const Scheduled_SEReqControlModeType = commonMessages.type({
  DepartureTime: optional(example(unsignedInt, 7200)),
  EVTargetEnergyRequest: optional(rational(2000, 1)),
  EVMaximumEnergyRequest: optional(rational(3000, 1)),
  EVMinimumEnergyRequest: optional(RationalNumberType),
  EVEnergyOffer: optional(EVEnergyOfferType),
});
export type Scheduled_SEReqControlMode = TypeOf<typeof Scheduled_SEReqControlModeType>;

export const Scheduled_SEResControlModeType = commonMessages.type({
  ScheduleTuple: list(ScheduleTupleType, { max: 3 }),
});
export type Scheduled_SEResControlMode = TypeOf<typeof Scheduled_SEResControlModeType>;

export const ScheduleExchangeReq = commonMessages.element(
  "ScheduleExchangeReq",
  commonMessages.extend(V2GRequestType, {
    MaximumSupportingPoints: example(maxSupportingPointsScheduleTupleType, 1024),
    mode: choice(
      {
        Dynamic_SEReqControlMode: Dynamic_SEReqControlModeType,
        Scheduled_SEReqControlMode: Scheduled_SEReqControlModeType,
      },
      "Scheduled_SEReqControlMode",
    ),
  }),
);
export type ScheduleExchangeReq = TypeOf<typeof ScheduleExchangeReq>;

export const ScheduleExchangeRes = commonMessages.element(
  "ScheduleExchangeRes",
  commonMessages.extend(V2GResponseType, {
    EVSEProcessing: processingType,
    GoToPause: optional(boolean),
    mode: choice(
      {
        Dynamic_SEResControlMode: Dynamic_SEResControlModeType,
        Scheduled_SEResControlMode: Scheduled_SEResControlModeType,
      },
      "Scheduled_SEResControlMode",
    ),
  }),
);
export type ScheduleExchangeRes = TypeOf<typeof ScheduleExchangeRes>;
