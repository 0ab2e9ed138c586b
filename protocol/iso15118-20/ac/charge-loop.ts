import { optional, substitutionGroup, type TypeOf } from "../../schema";
import {
  ChargeLoopReqType,
  ChargeLoopResType,
  CLReqControlMode,
  CLResControlMode,
  Dynamic_CLReqControlModeType,
  Dynamic_CLResControlModeType,
  RationalNumberType,
  rational,
  Scheduled_CLReqControlModeType,
} from "../common-types";
import { ac } from "../namespaces";

export const Dynamic_AC_CLReqControlModeType = ac.extend(Dynamic_CLReqControlModeType, {
  EVMaximumChargePower: rational(5000, 1),
  EVMaximumChargePower_L2: optional(RationalNumberType),
  EVMaximumChargePower_L3: optional(RationalNumberType),
  EVMinimumChargePower: RationalNumberType,
  EVMinimumChargePower_L2: optional(RationalNumberType),
  EVMinimumChargePower_L3: optional(RationalNumberType),
  EVPresentActivePower: rational(1100, 1),
  EVPresentActivePower_L2: optional(RationalNumberType),
  EVPresentActivePower_L3: optional(RationalNumberType),
  EVPresentReactivePower: RationalNumberType,
  EVPresentReactivePower_L2: optional(RationalNumberType),
  EVPresentReactivePower_L3: optional(RationalNumberType),
});
export type Dynamic_AC_CLReqControlMode = TypeOf<typeof Dynamic_AC_CLReqControlModeType>;

export const BPT_Dynamic_AC_CLReqControlModeType = ac.extend(Dynamic_AC_CLReqControlModeType, {
  EVMaximumDischargePower: rational(5000, 1),
  EVMaximumDischargePower_L2: optional(RationalNumberType),
  EVMaximumDischargePower_L3: optional(RationalNumberType),
  EVMinimumDischargePower: RationalNumberType,
  EVMinimumDischargePower_L2: optional(RationalNumberType),
  EVMinimumDischargePower_L3: optional(RationalNumberType),
  EVMaximumV2XEnergyRequest: optional(RationalNumberType),
  EVMinimumV2XEnergyRequest: optional(RationalNumberType),
});
export type BPT_Dynamic_AC_CLReqControlMode = TypeOf<typeof BPT_Dynamic_AC_CLReqControlModeType>;

export const Dynamic_AC_CLResControlModeType = ac.extend(Dynamic_CLResControlModeType, {
  EVSETargetActivePower: rational(1100, 1),
  EVSETargetActivePower_L2: optional(RationalNumberType),
  EVSETargetActivePower_L3: optional(RationalNumberType),
  EVSETargetReactivePower: optional(RationalNumberType),
  EVSETargetReactivePower_L2: optional(RationalNumberType),
  EVSETargetReactivePower_L3: optional(RationalNumberType),
  EVSEPresentActivePower: optional(RationalNumberType),
  EVSEPresentActivePower_L2: optional(RationalNumberType),
  EVSEPresentActivePower_L3: optional(RationalNumberType),
});
export type Dynamic_AC_CLResControlMode = TypeOf<typeof Dynamic_AC_CLResControlModeType>;

export const BPT_Dynamic_AC_CLResControlModeType = ac.extend(Dynamic_AC_CLResControlModeType, {});
export type BPT_Dynamic_AC_CLResControlMode = TypeOf<typeof BPT_Dynamic_AC_CLResControlModeType>;

export const Scheduled_AC_CLReqControlModeType = ac.extend(Scheduled_CLReqControlModeType, {
  EVMaximumChargePower: optional(rational(5000, 1)),
  EVMaximumChargePower_L2: optional(RationalNumberType),
  EVMaximumChargePower_L3: optional(RationalNumberType),
  EVMinimumChargePower: optional(RationalNumberType),
  EVMinimumChargePower_L2: optional(RationalNumberType),
  EVMinimumChargePower_L3: optional(RationalNumberType),
  EVPresentActivePower: rational(1100, 1),
  EVPresentActivePower_L2: optional(RationalNumberType),
  EVPresentActivePower_L3: optional(RationalNumberType),
  EVPresentReactivePower: optional(RationalNumberType),
  EVPresentReactivePower_L2: optional(RationalNumberType),
  EVPresentReactivePower_L3: optional(RationalNumberType),
});
export type Scheduled_AC_CLReqControlMode = TypeOf<typeof Scheduled_AC_CLReqControlModeType>;

export const BPT_Scheduled_AC_CLReqControlModeType = ac.extend(Scheduled_AC_CLReqControlModeType, {
  EVMaximumDischargePower: optional(rational(5000, 1)),
  EVMaximumDischargePower_L2: optional(RationalNumberType),
  EVMaximumDischargePower_L3: optional(RationalNumberType),
  EVMinimumDischargePower: optional(RationalNumberType),
  EVMinimumDischargePower_L2: optional(RationalNumberType),
  EVMinimumDischargePower_L3: optional(RationalNumberType),
});
export type BPT_Scheduled_AC_CLReqControlMode = TypeOf<typeof BPT_Scheduled_AC_CLReqControlModeType>;

export const Scheduled_AC_CLResControlModeType = ac.type({
  EVSETargetActivePower: optional(rational(1100, 1)),
  EVSETargetActivePower_L2: optional(RationalNumberType),
  EVSETargetActivePower_L3: optional(RationalNumberType),
  EVSETargetReactivePower: optional(RationalNumberType),
  EVSETargetReactivePower_L2: optional(RationalNumberType),
  EVSETargetReactivePower_L3: optional(RationalNumberType),
  EVSEPresentActivePower: optional(RationalNumberType),
  EVSEPresentActivePower_L2: optional(RationalNumberType),
  EVSEPresentActivePower_L3: optional(RationalNumberType),
});
export type Scheduled_AC_CLResControlMode = TypeOf<typeof Scheduled_AC_CLResControlModeType>;

export const BPT_Scheduled_AC_CLResControlModeType = ac.extend(Scheduled_AC_CLResControlModeType, {});
export type BPT_Scheduled_AC_CLResControlMode = TypeOf<typeof BPT_Scheduled_AC_CLResControlModeType>;

export const BPT_Dynamic_AC_CLReqControlMode = ac.element(
  "BPT_Dynamic_AC_CLReqControlMode",
  BPT_Dynamic_AC_CLReqControlModeType,
);

export const BPT_Scheduled_AC_CLReqControlMode = ac.element(
  "BPT_Scheduled_AC_CLReqControlMode",
  BPT_Scheduled_AC_CLReqControlModeType,
);

export const Dynamic_AC_CLReqControlMode = ac.element("Dynamic_AC_CLReqControlMode", Dynamic_AC_CLReqControlModeType);

export const Scheduled_AC_CLReqControlMode = ac.element(
  "Scheduled_AC_CLReqControlMode",
  Scheduled_AC_CLReqControlModeType,
);

export const AC_ChargeLoopReq = ac.element(
  "AC_ChargeLoopReq",
  ac.extend(ChargeLoopReqType, {
    CLReqControlMode: substitutionGroup(CLReqControlMode, {
      Scheduled_AC_CLReqControlMode,
      Dynamic_AC_CLReqControlMode,
      BPT_Scheduled_AC_CLReqControlMode,
      BPT_Dynamic_AC_CLReqControlMode,
    }),
  }),
);
export type AC_ChargeLoopReq = TypeOf<typeof AC_ChargeLoopReq>;

export const BPT_Dynamic_AC_CLResControlMode = ac.element(
  "BPT_Dynamic_AC_CLResControlMode",
  BPT_Dynamic_AC_CLResControlModeType,
);

export const BPT_Scheduled_AC_CLResControlMode = ac.element(
  "BPT_Scheduled_AC_CLResControlMode",
  BPT_Scheduled_AC_CLResControlModeType,
);

export const Dynamic_AC_CLResControlMode = ac.element("Dynamic_AC_CLResControlMode", Dynamic_AC_CLResControlModeType);

export const Scheduled_AC_CLResControlMode = ac.element(
  "Scheduled_AC_CLResControlMode",
  Scheduled_AC_CLResControlModeType,
);

export const AC_ChargeLoopRes = ac.element(
  "AC_ChargeLoopRes",
  ac.extend(ChargeLoopResType, {
    EVSETargetFrequency: optional(RationalNumberType),
    CLResControlMode: substitutionGroup(CLResControlMode, {
      Scheduled_AC_CLResControlMode,
      Dynamic_AC_CLResControlMode,
      BPT_Scheduled_AC_CLResControlMode,
      BPT_Dynamic_AC_CLResControlMode,
    }),
  }),
);
export type AC_ChargeLoopRes = TypeOf<typeof AC_ChargeLoopRes>;
