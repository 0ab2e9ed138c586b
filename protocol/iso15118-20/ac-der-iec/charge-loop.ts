import { optional, type TypeOf, unsignedByte } from "../../schema";
import {
  Dynamic_AC_CLReqControlModeType,
  Dynamic_AC_CLResControlModeType,
  Scheduled_AC_CLReqControlModeType,
  Scheduled_AC_CLResControlModeType,
} from "../ac";
import { RationalNumberType, rational } from "../common-types";
import { derIec } from "../namespaces";
import { DSOCosPhiSetpointType, DSOQSetpointType } from "./grid-support";

export const DER_Dynamic_AC_CLReqControlModeType = derIec.extend(Dynamic_AC_CLReqControlModeType, {
  EVMaximumDischargePower: rational(5000, 1),
  EVMaximumDischargePower_L2: optional(RationalNumberType),
  EVMaximumDischargePower_L3: optional(RationalNumberType),
  EVMinimumDischargePower: RationalNumberType,
  EVMinimumDischargePower_L2: optional(RationalNumberType),
  EVMinimumDischargePower_L3: optional(RationalNumberType),
  EVMaximumChargeReactivePower: optional(RationalNumberType),
  EVMaximumChargeReactivePower_L2: optional(RationalNumberType),
  EVMaximumChargeReactivePower_L3: optional(RationalNumberType),
  EVMaximumDischargeReactivePower: optional(RationalNumberType),
  EVMaximumDischargeReactivePower_L2: optional(RationalNumberType),
  EVMaximumDischargeReactivePower_L3: optional(RationalNumberType),
  GridEventCondition: unsignedByte,
  EVMaximumV2XEnergyRequest: optional(RationalNumberType),
  EVMinimumV2XEnergyRequest: optional(RationalNumberType),
  EVSessionTotalDischargeEnergyAvailable: optional(RationalNumberType),
});
export type DER_Dynamic_AC_CLReqControlMode = TypeOf<typeof DER_Dynamic_AC_CLReqControlModeType>;

export const DER_Dynamic_AC_CLResControlModeType = derIec.extend(Dynamic_AC_CLResControlModeType, {
  EVSEMaximumChargePower: rational(5000, 1),
  EVSEMaximumChargePower_L2: optional(RationalNumberType),
  EVSEMaximumChargePower_L3: optional(RationalNumberType),
  EVSEMaximumDischargePower: rational(5000, 1),
  EVSEMaximumDischargePower_L2: optional(RationalNumberType),
  EVSEMaximumDischargePower_L3: optional(RationalNumberType),
  DSOMaximumDischargePower: optional(RationalNumberType),
  DSOMaximumDischargePower_L2: optional(RationalNumberType),
  DSOMaximumDischargePower_L3: optional(RationalNumberType),
  DSOQSetpoint: optional(DSOQSetpointType),
  DSOCosPhiSetpoint: optional(DSOCosPhiSetpointType),
});
export type DER_Dynamic_AC_CLResControlMode = TypeOf<typeof DER_Dynamic_AC_CLResControlModeType>;

export const DER_Scheduled_AC_CLReqControlModeType = derIec.extend(Scheduled_AC_CLReqControlModeType, {
  EVMaximumDischargePower: rational(5000, 1),
  EVMaximumDischargePower_L2: optional(RationalNumberType),
  EVMaximumDischargePower_L3: optional(RationalNumberType),
  EVMinimumDischargePower: RationalNumberType,
  EVMinimumDischargePower_L2: optional(RationalNumberType),
  EVMinimumDischargePower_L3: optional(RationalNumberType),
  EVMaximumChargeReactivePower: optional(RationalNumberType),
  EVMaximumChargeReactivePower_L2: optional(RationalNumberType),
  EVMaximumChargeReactivePower_L3: optional(RationalNumberType),
  EVMaximumDischargeReactivePower: optional(RationalNumberType),
  EVMaximumDischargeReactivePower_L2: optional(RationalNumberType),
  EVMaximumDischargeReactivePower_L3: optional(RationalNumberType),
  GridEventCondition: unsignedByte,
});
export type DER_Scheduled_AC_CLReqControlMode = TypeOf<typeof DER_Scheduled_AC_CLReqControlModeType>;

export const DER_Scheduled_AC_CLResControlModeType = derIec.extend(Scheduled_AC_CLResControlModeType, {
  EVSEMaximumChargePower: rational(5000, 1),
  EVSEMaximumChargePower_L2: optional(RationalNumberType),
  EVSEMaximumChargePower_L3: optional(RationalNumberType),
  EVSEMaximumDischargePower: rational(5000, 1),
  EVSEMaximumDischargePower_L2: optional(RationalNumberType),
  EVSEMaximumDischargePower_L3: optional(RationalNumberType),
  DSOMaximumDischargePower: optional(RationalNumberType),
  DSOMaximumDischargePower_L2: optional(RationalNumberType),
  DSOMaximumDischargePower_L3: optional(RationalNumberType),
  DSOQSetpoint: optional(DSOQSetpointType),
  DSOCosPhiSetpoint: optional(DSOCosPhiSetpointType),
});
export type DER_Scheduled_AC_CLResControlMode = TypeOf<typeof DER_Scheduled_AC_CLResControlModeType>;

export const DER_Dynamic_AC_CLReqControlMode = derIec.element(
  "DER_Dynamic_AC_CLReqControlMode",
  DER_Dynamic_AC_CLReqControlModeType,
);

export const DER_Dynamic_AC_CLResControlMode = derIec.element(
  "DER_Dynamic_AC_CLResControlMode",
  DER_Dynamic_AC_CLResControlModeType,
);

export const DER_Scheduled_AC_CLReqControlMode = derIec.element(
  "DER_Scheduled_AC_CLReqControlMode",
  DER_Scheduled_AC_CLReqControlModeType,
);

export const DER_Scheduled_AC_CLResControlMode = derIec.element(
  "DER_Scheduled_AC_CLResControlMode",
  DER_Scheduled_AC_CLResControlModeType,
);
