import { boolean, list, oneOf, optional, type TypeOf, unsignedShort } from "../../schema";
import { ChargeParameterDiscoveryReqType, ChargeParameterDiscoveryResType, RationalNumberType } from "../common-types";
import { wpt } from "../namespaces";
import { WPT_DataContainerType } from "./data-types";

export const WPT_PowerClassType = oneOf("MF-WPT1", "MF-WPT2", "MF-WPT3", "MF-WPT4");

export const WPT_ChargeParameterDiscoveryReq = wpt.element(
  "WPT_ChargeParameterDiscoveryReq",
  wpt.extend(ChargeParameterDiscoveryReqType, {
    EVPCMaxReceivablePower: RationalNumberType,
    SDMaxGroundClearence: unsignedShort,
    SDMinGroundClearence: unsignedShort,
    EVPCNaturalFrequency: RationalNumberType,
    EVPCDeviceLocalControl: boolean,
    VendorSpecificDataContainer: optional(list(WPT_DataContainerType, { max: 16 })),
  }),
);
export type WPT_ChargeParameterDiscoveryReq = TypeOf<typeof WPT_ChargeParameterDiscoveryReq>;

export const WPT_ChargeParameterDiscoveryRes = wpt.element(
  "WPT_ChargeParameterDiscoveryRes",
  wpt.extend(ChargeParameterDiscoveryResType, {
    PDInputPowerClass: WPT_PowerClassType,
    SDMinOutputPower: RationalNumberType,
    SDMaxOutputPower: RationalNumberType,
    SDMaxGroundClearanceSupport: unsignedShort,
    SDMinGroundClearanceSupport: unsignedShort,
    PDMinCoilCurrent: RationalNumberType,
    PDMaxCoilCurrent: RationalNumberType,
    SDManufacturerSpecificDataContainer: optional(list(WPT_DataContainerType, { max: 16 })),
  }),
);
export type WPT_ChargeParameterDiscoveryRes = TypeOf<typeof WPT_ChargeParameterDiscoveryRes>;
