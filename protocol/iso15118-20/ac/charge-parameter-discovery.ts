import { optional, substitutionGroup, type TypeOf } from "../../schema";
import {
  ChargeParameterDiscoveryReqType,
  ChargeParameterDiscoveryResType,
  RationalNumberType,
  rational,
} from "../common-types";
import { ac } from "../namespaces";

export const AC_CPDReqEnergyTransferModeType = ac.type({
  EVMaximumChargePower: rational(5000, 1),
  EVMaximumChargePower_L2: optional(RationalNumberType),
  EVMaximumChargePower_L3: optional(RationalNumberType),
  EVMinimumChargePower: RationalNumberType,
  EVMinimumChargePower_L2: optional(RationalNumberType),
  EVMinimumChargePower_L3: optional(RationalNumberType),
});
export type AC_CPDReqEnergyTransferMode = TypeOf<typeof AC_CPDReqEnergyTransferModeType>;

export const AC_CPDResEnergyTransferModeType = ac.type({
  EVSEMaximumChargePower: rational(5000, 1),
  EVSEMaximumChargePower_L2: optional(RationalNumberType),
  EVSEMaximumChargePower_L3: optional(RationalNumberType),
  EVSEMinimumChargePower: RationalNumberType,
  EVSEMinimumChargePower_L2: optional(RationalNumberType),
  EVSEMinimumChargePower_L3: optional(RationalNumberType),
  EVSENominalFrequency: rational(50),
  MaximumPowerAsymmetry: optional(RationalNumberType),
  EVSEPowerRampLimitation: optional(RationalNumberType),
  EVSEPresentActivePower: optional(RationalNumberType),
  EVSEPresentActivePower_L2: optional(RationalNumberType),
  EVSEPresentActivePower_L3: optional(RationalNumberType),
});
export type AC_CPDResEnergyTransferMode = TypeOf<typeof AC_CPDResEnergyTransferModeType>;

export const BPT_AC_CPDReqEnergyTransferModeType = ac.extend(AC_CPDReqEnergyTransferModeType, {
  EVMaximumDischargePower: rational(5000, 1),
  EVMaximumDischargePower_L2: optional(RationalNumberType),
  EVMaximumDischargePower_L3: optional(RationalNumberType),
  EVMinimumDischargePower: RationalNumberType,
  EVMinimumDischargePower_L2: optional(RationalNumberType),
  EVMinimumDischargePower_L3: optional(RationalNumberType),
});
export type BPT_AC_CPDReqEnergyTransferMode = TypeOf<typeof BPT_AC_CPDReqEnergyTransferModeType>;

export const BPT_AC_CPDResEnergyTransferModeType = ac.extend(AC_CPDResEnergyTransferModeType, {
  EVSEMaximumDischargePower: rational(5000, 1),
  EVSEMaximumDischargePower_L2: optional(RationalNumberType),
  EVSEMaximumDischargePower_L3: optional(RationalNumberType),
  EVSEMinimumDischargePower: RationalNumberType,
  EVSEMinimumDischargePower_L2: optional(RationalNumberType),
  EVSEMinimumDischargePower_L3: optional(RationalNumberType),
});
export type BPT_AC_CPDResEnergyTransferMode = TypeOf<typeof BPT_AC_CPDResEnergyTransferModeType>;

export const AC_CPDReqEnergyTransferMode = ac.element("AC_CPDReqEnergyTransferMode", AC_CPDReqEnergyTransferModeType);

export const AC_CPDResEnergyTransferMode = ac.element("AC_CPDResEnergyTransferMode", AC_CPDResEnergyTransferModeType);

export const BPT_AC_CPDReqEnergyTransferMode = ac.element(
  "BPT_AC_CPDReqEnergyTransferMode",
  BPT_AC_CPDReqEnergyTransferModeType,
);

export const AC_ChargeParameterDiscoveryReq = ac.element(
  "AC_ChargeParameterDiscoveryReq",
  ac.extend(ChargeParameterDiscoveryReqType, {
    AC_CPDReqEnergyTransferMode: substitutionGroup(AC_CPDReqEnergyTransferMode, {
      AC_CPDReqEnergyTransferMode,
      BPT_AC_CPDReqEnergyTransferMode,
    }),
  }),
);
export type AC_ChargeParameterDiscoveryReq = TypeOf<typeof AC_ChargeParameterDiscoveryReq>;

export const BPT_AC_CPDResEnergyTransferMode = ac.element(
  "BPT_AC_CPDResEnergyTransferMode",
  BPT_AC_CPDResEnergyTransferModeType,
);

export const AC_ChargeParameterDiscoveryRes = ac.element(
  "AC_ChargeParameterDiscoveryRes",
  ac.extend(ChargeParameterDiscoveryResType, {
    AC_CPDResEnergyTransferMode: substitutionGroup(AC_CPDResEnergyTransferMode, {
      AC_CPDResEnergyTransferMode,
      BPT_AC_CPDResEnergyTransferMode,
    }),
  }),
);
export type AC_ChargeParameterDiscoveryRes = TypeOf<typeof AC_ChargeParameterDiscoveryRes>;
