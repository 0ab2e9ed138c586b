import { list, optional, type TypeOf } from "../../schema";
import { processingType, RationalNumberType, V2GRequestType, V2GResponseType } from "../common-types";
import { wpt } from "../namespaces";
import { WPT_DataContainerType, WPT_EVResultType } from "./data-types";

export const WPT_AlignmentCheckReq = wpt.element(
  "WPT_AlignmentCheckReq",
  wpt.extend(V2GRequestType, {
    EVProcessing: processingType,
    TargetCoilCurrent: optional(RationalNumberType),
    EVResultCode: WPT_EVResultType,
    VendorSpecificDataContainer: optional(list(WPT_DataContainerType, { max: 16 })),
  }),
);
export type WPT_AlignmentCheckReq = TypeOf<typeof WPT_AlignmentCheckReq>;

export const WPT_AlignmentCheckRes = wpt.element(
  "WPT_AlignmentCheckRes",
  wpt.extend(V2GResponseType, {
    EVSEProcessing: processingType,
    PowerTransmitted: optional(RationalNumberType),
    SupplyDeviceCurrent: optional(RationalNumberType),
    VendorSpecificDataContainer: optional(list(WPT_DataContainerType, { max: 16 })),
  }),
);
export type WPT_AlignmentCheckRes = TypeOf<typeof WPT_AlignmentCheckRes>;
