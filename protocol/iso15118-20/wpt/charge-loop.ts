import { list, oneOf, optional, type TypeOf } from "../../schema";
import { ChargeLoopReqType, ChargeLoopResType, RationalNumberType } from "../common-types";
import { wpt } from "../namespaces";
import { WPT_DataContainerType } from "./data-types";

export const WPT_EVPCChargeDiagnosticsType = oneOf(
  "EVPCNoIssue",
  "EVPCTempOverheatDetected",
  "EVPCPowerTransferAnomalyDetected",
  "EVPCAnomalyDetected",
);

export const WPT_SPCChargeDiagnosticsType = oneOf(
  "SPCNoIssue",
  "SPCFODDetected",
  "SPCLOPDetected",
  "SPCTempOverheatDetected",
  "SPCPowerTransferAnomalyDetected",
  "SPCAnomalyDetected",
);

export const WPT_EVPCPowerControlParameterType = wpt.type({
  EVPCCoilCurrentRequest: RationalNumberType,
  EVPCCoilCurrentInformation: RationalNumberType,
  EVPCCurrentOutputInformation: RationalNumberType,
  EVPCVoltageOutputInformation: RationalNumberType,
});
export type WPT_EVPCPowerControlParameter = TypeOf<typeof WPT_EVPCPowerControlParameterType>;

export const WPT_SPCPowerControlParameterType = wpt.type({
  SPCPrimaryDeviceCoilCurrentInformation: RationalNumberType,
});
export type WPT_SPCPowerControlParameter = TypeOf<typeof WPT_SPCPowerControlParameterType>;

export const WPT_ChargeLoopReq = wpt.element(
  "WPT_ChargeLoopReq",
  wpt.extend(ChargeLoopReqType, {
    EVPCPowerRequest: RationalNumberType,
    EVPCPowerOutput: RationalNumberType,
    EVPCChargeDiagnostics: WPT_EVPCChargeDiagnosticsType,
    EVPCOperatingFrequency: optional(RationalNumberType),
    EVPCPowerControlParameter: optional(WPT_EVPCPowerControlParameterType),
    ManufacturerSpecificDataContainer: optional(list(WPT_DataContainerType, { max: 16 })),
  }),
);
export type WPT_ChargeLoopReq = TypeOf<typeof WPT_ChargeLoopReq>;

export const WPT_ChargeLoopRes = wpt.element(
  "WPT_ChargeLoopRes",
  wpt.extend(ChargeLoopResType, {
    EVPCPowerRequest: RationalNumberType,
    SDPowerInput: optional(RationalNumberType),
    SPCMaxOutputPowerLimit: RationalNumberType,
    SPCMinOutputPowerLimit: RationalNumberType,
    SPCChargeDiagnostics: WPT_SPCChargeDiagnosticsType,
    SPCOperatingFrequency: optional(RationalNumberType),
    SPCPowerControlParameter: optional(WPT_SPCPowerControlParameterType),
    ManufacturerSpecificDataContainer: optional(list(WPT_DataContainerType, { max: 16 })),
  }),
);
export type WPT_ChargeLoopRes = TypeOf<typeof WPT_ChargeLoopRes>;
