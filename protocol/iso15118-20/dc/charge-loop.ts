import { boolean, optional, substitutionGroup, type TypeOf } from "../../schema";
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
import { dc } from "../namespaces";

export const Dynamic_DC_CLReqControlModeType = dc.extend(Dynamic_CLReqControlModeType, {
  EVMaximumChargePower: rational(5000, 1),
  EVMinimumChargePower: RationalNumberType,
  EVMaximumChargeCurrent: rational(125),
  EVMaximumVoltage: rational(500),
  EVMinimumVoltage: rational(200),
});
export type Dynamic_DC_CLReqControlMode = TypeOf<typeof Dynamic_DC_CLReqControlModeType>;

export const BPT_Dynamic_DC_CLReqControlModeType = dc.extend(Dynamic_DC_CLReqControlModeType, {
  EVMaximumDischargePower: rational(5000, 1),
  EVMinimumDischargePower: RationalNumberType,
  EVMaximumDischargeCurrent: rational(125),
  EVMaximumV2XEnergyRequest: optional(RationalNumberType),
  EVMinimumV2XEnergyRequest: optional(RationalNumberType),
});
export type BPT_Dynamic_DC_CLReqControlMode = TypeOf<typeof BPT_Dynamic_DC_CLReqControlModeType>;

export const Dynamic_DC_CLResControlModeType = dc.extend(Dynamic_CLResControlModeType, {
  EVSEMaximumChargePower: rational(5000, 1),
  EVSEMinimumChargePower: RationalNumberType,
  EVSEMaximumChargeCurrent: rational(125),
  EVSEMaximumVoltage: rational(500),
});
export type Dynamic_DC_CLResControlMode = TypeOf<typeof Dynamic_DC_CLResControlModeType>;

export const BPT_Dynamic_DC_CLResControlModeType = dc.extend(Dynamic_DC_CLResControlModeType, {
  EVSEMaximumDischargePower: rational(5000, 1),
  EVSEMinimumDischargePower: RationalNumberType,
  EVSEMaximumDischargeCurrent: rational(125),
  EVSEMinimumVoltage: rational(150),
});
export type BPT_Dynamic_DC_CLResControlMode = TypeOf<typeof BPT_Dynamic_DC_CLResControlModeType>;

export const Scheduled_DC_CLReqControlModeType = dc.extend(Scheduled_CLReqControlModeType, {
  EVTargetCurrent: rational(50),
  EVTargetVoltage: rational(400),
  EVMaximumChargePower: optional(rational(5000, 1)),
  EVMinimumChargePower: optional(RationalNumberType),
  EVMaximumChargeCurrent: optional(rational(125)),
  EVMaximumVoltage: optional(rational(500)),
  EVMinimumVoltage: optional(rational(200)),
});
export type Scheduled_DC_CLReqControlMode = TypeOf<typeof Scheduled_DC_CLReqControlModeType>;

export const BPT_Scheduled_DC_CLReqControlModeType = dc.extend(Scheduled_DC_CLReqControlModeType, {
  EVMaximumDischargePower: optional(rational(5000, 1)),
  EVMinimumDischargePower: optional(RationalNumberType),
  EVMaximumDischargeCurrent: optional(rational(125)),
});
export type BPT_Scheduled_DC_CLReqControlMode = TypeOf<typeof BPT_Scheduled_DC_CLReqControlModeType>;

export const Scheduled_DC_CLResControlModeType = dc.type({
  EVSEMaximumChargePower: optional(rational(5000, 1)),
  EVSEMinimumChargePower: optional(RationalNumberType),
  EVSEMaximumChargeCurrent: optional(rational(125)),
  EVSEMaximumVoltage: optional(rational(500)),
});
export type Scheduled_DC_CLResControlMode = TypeOf<typeof Scheduled_DC_CLResControlModeType>;

export const BPT_Scheduled_DC_CLResControlModeType = dc.extend(Scheduled_DC_CLResControlModeType, {
  EVSEMaximumDischargePower: optional(rational(5000, 1)),
  EVSEMinimumDischargePower: optional(RationalNumberType),
  EVSEMaximumDischargeCurrent: optional(rational(125)),
  EVSEMinimumVoltage: optional(rational(150)),
});
export type BPT_Scheduled_DC_CLResControlMode = TypeOf<typeof BPT_Scheduled_DC_CLResControlModeType>;

export const BPT_Dynamic_DC_CLReqControlMode = dc.element(
  "BPT_Dynamic_DC_CLReqControlMode",
  BPT_Dynamic_DC_CLReqControlModeType,
);

export const BPT_Dynamic_DC_CLResControlMode = dc.element(
  "BPT_Dynamic_DC_CLResControlMode",
  BPT_Dynamic_DC_CLResControlModeType,
);

export const BPT_Scheduled_DC_CLReqControlMode = dc.element(
  "BPT_Scheduled_DC_CLReqControlMode",
  BPT_Scheduled_DC_CLReqControlModeType,
);

export const BPT_Scheduled_DC_CLResControlMode = dc.element(
  "BPT_Scheduled_DC_CLResControlMode",
  BPT_Scheduled_DC_CLResControlModeType,
);

export const Dynamic_DC_CLReqControlMode = dc.element("Dynamic_DC_CLReqControlMode", Dynamic_DC_CLReqControlModeType);

export const Scheduled_DC_CLReqControlMode = dc.element(
  "Scheduled_DC_CLReqControlMode",
  Scheduled_DC_CLReqControlModeType,
);

export const DC_ChargeLoopReq = dc.element(
  "DC_ChargeLoopReq",
  dc.extend(ChargeLoopReqType, {
    EVPresentVoltage: rational(400),
    CLReqControlMode: substitutionGroup(CLReqControlMode, {
      Scheduled_DC_CLReqControlMode,
      Dynamic_DC_CLReqControlMode,
      BPT_Scheduled_DC_CLReqControlMode,
      BPT_Dynamic_DC_CLReqControlMode,
    }),
  }),
);
export type DC_ChargeLoopReq = TypeOf<typeof DC_ChargeLoopReq>;

export const Dynamic_DC_CLResControlMode = dc.element("Dynamic_DC_CLResControlMode", Dynamic_DC_CLResControlModeType);

export const Scheduled_DC_CLResControlMode = dc.element(
  "Scheduled_DC_CLResControlMode",
  Scheduled_DC_CLResControlModeType,
);

export const DC_ChargeLoopRes = dc.element(
  "DC_ChargeLoopRes",
  dc.extend(ChargeLoopResType, {
    EVSEPresentCurrent: rational(50),
    EVSEPresentVoltage: rational(400),
    EVSEPowerLimitAchieved: boolean,
    EVSECurrentLimitAchieved: boolean,
    EVSEVoltageLimitAchieved: boolean,
    CLResControlMode: substitutionGroup(CLResControlMode, {
      Scheduled_DC_CLResControlMode,
      Dynamic_DC_CLResControlMode,
      BPT_Scheduled_DC_CLResControlMode,
      BPT_Dynamic_DC_CLResControlMode,
    }),
  }),
);
export type DC_ChargeLoopRes = TypeOf<typeof DC_ChargeLoopRes>;
