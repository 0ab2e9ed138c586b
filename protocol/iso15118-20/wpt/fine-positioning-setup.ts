import { choice, list, oneOf, optional, short, type TypeOf, unsignedByte, unsignedShort } from "../../schema";
import { numericIDType, processingType, RationalNumberType, V2GRequestType, V2GResponseType } from "../common-types";
import { wpt } from "../namespaces";
import { WPT_DataContainerType } from "./data-types";

export const WPT_AlignmentCheckMethodType = oneOf("PowerCheck", "LPE", "Proprietary");

export const WPT_FinePositioningMethodType = oneOf("Manual", "LF_TxEV", "LF_TxPrimaryDevice", "LPE", "Proprietary");

export const WPT_PairingMethodType = oneOf(
  "External confirmation",
  "LPE",
  "LF_TxEV",
  "LF_TxPrimaryDevice",
  "Optical",
  "Proprietary",
);

export const WPT_AlignmentCheckMethodListType = wpt.type({
  WPT_AlignmentCheckMethod: list(WPT_AlignmentCheckMethodType, { max: 8 }),
});
export type WPT_AlignmentCheckMethodList = TypeOf<typeof WPT_AlignmentCheckMethodListType>;

export const WPT_CoordinateXYZType = wpt.type({
  Coord_X: short,
  Coord_Y: short,
  Coord_Z: short,
});
export type WPT_CoordinateXYZ = TypeOf<typeof WPT_CoordinateXYZType>;

export const WPT_FinePositioningMethodListType = wpt.type({
  WPT_FinePositioningMethod: list(WPT_FinePositioningMethodType, { max: 8 }),
});
export type WPT_FinePositioningMethodList = TypeOf<typeof WPT_FinePositioningMethodListType>;

export const WPT_TxRxSpecDataType = wpt.type({
  TxRxIdentifier: numericIDType,
  TxRxPosition: WPT_CoordinateXYZType,
  TxRxOrientation: WPT_CoordinateXYZType,
});
export type WPT_TxRxSpecData = TypeOf<typeof WPT_TxRxSpecDataType>;

export const WPT_LF_ReceiverDataType = wpt.type({
  NumberOfReceivers: unsignedByte,
  RxSpecData: list(WPT_TxRxSpecDataType, { min: 2, max: 255 }),
});
export type WPT_LF_ReceiverData = TypeOf<typeof WPT_LF_ReceiverDataType>;

export const WPT_TxRxPulseOrderType = wpt.type({ IndexNumber: unsignedShort, TxRxIdentifier: numericIDType });
export type WPT_TxRxPulseOrder = TypeOf<typeof WPT_TxRxPulseOrderType>;

export const WPT_TxRxPackageSpecDataType = wpt.type({
  PulseSequenceOrder: list(WPT_TxRxPulseOrderType, { min: 2, max: 255 }),
  PulseSeparationTime: unsignedShort,
  PulseDuration: unsignedShort,
  PackageSeparationTime: unsignedShort,
});
export type WPT_TxRxPackageSpecData = TypeOf<typeof WPT_TxRxPackageSpecDataType>;

export const WPT_LF_TransmitterDataType = wpt.type({
  NumberOfTransmitters: unsignedByte,
  SignalFrequency: RationalNumberType,
  TxSpecData: list(WPT_TxRxSpecDataType, { min: 2, max: 255 }),
  TxPackageSpecData: optional(WPT_TxRxPackageSpecDataType),
});
export type WPT_LF_TransmitterData = TypeOf<typeof WPT_LF_TransmitterDataType>;

export const WPT_LF_SystemSetupDataType = wpt.type({
  setupData: choice({
    LF_TransmitterSetupData: WPT_LF_TransmitterDataType,
    LF_ReceiverSetupData: WPT_LF_ReceiverDataType,
  }),
});
export type WPT_LF_SystemSetupData = TypeOf<typeof WPT_LF_SystemSetupDataType>;

export const WPT_PairingMethodListType = wpt.type({ WPT_PairingMethod: list(WPT_PairingMethodType, { max: 8 }) });
export type WPT_PairingMethodList = TypeOf<typeof WPT_PairingMethodListType>;

export const WPT_FinePositioningSetupReq = wpt.element(
  "WPT_FinePositioningSetupReq",
  wpt.extend(V2GRequestType, {
    EVProcessing: processingType,
    EVDeviceFinePositioningMethodList: WPT_FinePositioningMethodListType,
    EVDevicePairingMethodList: WPT_PairingMethodListType,
    EVDeviceAlignmentCheckMethodList: WPT_AlignmentCheckMethodListType,
    NaturalOffset: unsignedShort,
    VendorSpecificDataContainer: optional(list(WPT_DataContainerType, { max: 16 })),
    LF_SystemSetupData: optional(WPT_LF_SystemSetupDataType),
  }),
);
export type WPT_FinePositioningSetupReq = TypeOf<typeof WPT_FinePositioningSetupReq>;

export const WPT_FinePositioningSetupRes = wpt.element(
  "WPT_FinePositioningSetupRes",
  wpt.extend(V2GResponseType, {
    PrimaryDeviceFinePositioningMethodList: WPT_FinePositioningMethodListType,
    PrimaryDevicePairingMethodList: WPT_PairingMethodListType,
    PrimaryDeviceAlignmentCheckMethodList: WPT_AlignmentCheckMethodListType,
    NaturalOffset: unsignedShort,
    VendorSpecificDataContainer: optional(list(WPT_DataContainerType, { max: 16 })),
    LF_SystemSetupData: optional(WPT_LF_SystemSetupDataType),
  }),
);
export type WPT_FinePositioningSetupRes = TypeOf<typeof WPT_FinePositioningSetupRes>;
