import { optional, substitutionGroup, type TypeOf } from "../../schema";
import {
  ChargeParameterDiscoveryReqType,
  ChargeParameterDiscoveryResType,
  percentValueType,
  RationalNumberType,
  rational,
} from "../common-types";
import { dc } from "../namespaces";

export const DC_CPDReqEnergyTransferModeType = dc.type({
  EVMaximumChargePower: rational(5000, 1),
  EVMinimumChargePower: RationalNumberType,
  EVMaximumChargeCurrent: rational(125),
  EVMinimumChargeCurrent: RationalNumberType,
  EVMaximumVoltage: rational(500),
  EVMinimumVoltage: rational(200),
  TargetSOC: optional(percentValueType),
});
export type DC_CPDReqEnergyTransferMode = TypeOf<typeof DC_CPDReqEnergyTransferModeType>;

export const BPT_DC_CPDReqEnergyTransferModeType = dc.extend(DC_CPDReqEnergyTransferModeType, {
  EVMaximumDischargePower: rational(5000, 1),
  EVMinimumDischargePower: RationalNumberType,
  EVMaximumDischargeCurrent: rational(125),
  EVMinimumDischargeCurrent: RationalNumberType,
});
export type BPT_DC_CPDReqEnergyTransferMode = TypeOf<typeof BPT_DC_CPDReqEnergyTransferModeType>;

export const DC_CPDResEnergyTransferModeType = dc.type({
  EVSEMaximumChargePower: rational(5000, 1),
  EVSEMinimumChargePower: RationalNumberType,
  EVSEMaximumChargeCurrent: rational(125),
  EVSEMinimumChargeCurrent: RationalNumberType,
  EVSEMaximumVoltage: rational(500),
  EVSEMinimumVoltage: rational(150),
  EVSEPowerRampLimitation: optional(RationalNumberType),
});
export type DC_CPDResEnergyTransferMode = TypeOf<typeof DC_CPDResEnergyTransferModeType>;

export const BPT_DC_CPDResEnergyTransferModeType = dc.extend(DC_CPDResEnergyTransferModeType, {
  EVSEMaximumDischargePower: rational(5000, 1),
  EVSEMinimumDischargePower: RationalNumberType,
  EVSEMaximumDischargeCurrent: rational(125),
  EVSEMinimumDischargeCurrent: RationalNumberType,
});
export type BPT_DC_CPDResEnergyTransferMode = TypeOf<typeof BPT_DC_CPDResEnergyTransferModeType>;

export const BPT_DC_CPDReqEnergyTransferMode = dc.element(
  "BPT_DC_CPDReqEnergyTransferMode",
  BPT_DC_CPDReqEnergyTransferModeType,
);

export const BPT_DC_CPDResEnergyTransferMode = dc.element(
  "BPT_DC_CPDResEnergyTransferMode",
  BPT_DC_CPDResEnergyTransferModeType,
);

export const DC_CPDReqEnergyTransferMode = dc.element("DC_CPDReqEnergyTransferMode", DC_CPDReqEnergyTransferModeType);

export const DC_CPDResEnergyTransferMode = dc.element("DC_CPDResEnergyTransferMode", DC_CPDResEnergyTransferModeType);

export const DC_ChargeParameterDiscoveryReq = dc.element(
  "DC_ChargeParameterDiscoveryReq",
  dc.extend(ChargeParameterDiscoveryReqType, {
    DC_CPDReqEnergyTransferMode: substitutionGroup(DC_CPDReqEnergyTransferMode, {
      DC_CPDReqEnergyTransferMode,
      BPT_DC_CPDReqEnergyTransferMode,
    }),
  }),
);
export type DC_ChargeParameterDiscoveryReq = TypeOf<typeof DC_ChargeParameterDiscoveryReq>;

export const DC_ChargeParameterDiscoveryRes = dc.element(
  "DC_ChargeParameterDiscoveryRes",
  dc.extend(ChargeParameterDiscoveryResType, {
    DC_CPDResEnergyTransferMode: substitutionGroup(DC_CPDResEnergyTransferMode, {
      DC_CPDResEnergyTransferMode,
      BPT_DC_CPDResEnergyTransferMode,
    }),
  }),
);
export type DC_ChargeParameterDiscoveryRes = TypeOf<typeof DC_ChargeParameterDiscoveryRes>;
