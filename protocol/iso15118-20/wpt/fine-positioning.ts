import { choice, list, optional, type TypeOf, unsignedByte } from "../../schema";
import { numericIDType, processingType, RationalNumberType, V2GRequestType, V2GResponseType } from "../common-types";
import { wpt } from "../namespaces";
import { WPT_DataContainerType, WPT_EVResultType } from "./data-types";

export const WPT_LF_RxRSSIType = wpt.type({ TxIdentifier: numericIDType, RSSI: RationalNumberType });
export type WPT_LF_RxRSSI = TypeOf<typeof WPT_LF_RxRSSIType>;

export const WPT_LF_RxRSSIListType = wpt.type({ RSSIDataList: WPT_LF_RxRSSIType });
export type WPT_LF_RxRSSIList = TypeOf<typeof WPT_LF_RxRSSIListType>;

export const WPT_LF_RxDataType = wpt.type({ RxIdentifier: numericIDType, RSSIData: WPT_LF_RxRSSIListType });
export type WPT_LF_RxData = TypeOf<typeof WPT_LF_RxDataType>;

export const WPT_LF_RxDataListType = wpt.type({ WPT_LF_RxDataList: WPT_LF_RxDataType });
export type WPT_LF_RxDataList = TypeOf<typeof WPT_LF_RxDataListType>;

export const WPT_LF_TxDataType = wpt.type({ TxIdentifier: numericIDType, EIRP: RationalNumberType });
export type WPT_LF_TxData = TypeOf<typeof WPT_LF_TxDataType>;

export const WPT_LF_TxDataListType = wpt.type({ WPT_LF_TxDataList: WPT_LF_TxDataType });
export type WPT_LF_TxDataList = TypeOf<typeof WPT_LF_TxDataListType>;

export const WPT_LF_DataPackageType = wpt.type({
  PackageIndex: unsignedByte,
  data: choice({ LF_TxData: WPT_LF_TxDataListType, LF_RxData: WPT_LF_RxDataListType }),
});
export type WPT_LF_DataPackage = TypeOf<typeof WPT_LF_DataPackageType>;

export const WPT_LF_DataPackageListType = wpt.type({
  NumPackages: unsignedByte,
  WPT_LF_DataPackage: WPT_LF_DataPackageType,
});
export type WPT_LF_DataPackageList = TypeOf<typeof WPT_LF_DataPackageListType>;

export const WPT_FinePositioningReq = wpt.element(
  "WPT_FinePositioningReq",
  wpt.extend(V2GRequestType, {
    EVProcessing: processingType,
    EVResultCode: WPT_EVResultType,
    VendorSpecificDataContainer: optional(list(WPT_DataContainerType, { max: 16 })),
    WPT_LF_DataPackageList: optional(WPT_LF_DataPackageListType),
  }),
);
export type WPT_FinePositioningReq = TypeOf<typeof WPT_FinePositioningReq>;

export const WPT_FinePositioningRes = wpt.element(
  "WPT_FinePositioningRes",
  wpt.extend(V2GResponseType, {
    EVSEProcessing: processingType,
    VendorSpecificDataContainer: optional(list(WPT_DataContainerType, { max: 16 })),
    WPT_LF_DataPackageList: optional(WPT_LF_DataPackageListType),
  }),
);
export type WPT_FinePositioningRes = TypeOf<typeof WPT_FinePositioningRes>;
