import { list, optional, string, type TypeOf, unsignedShort } from "../../schema";
import { identifierType, numericIDType, processingType, V2GRequestType, V2GResponseType } from "../common-types";
import { wpt } from "../namespaces";
import { WPT_DataContainerType, WPT_EVResultType } from "./data-types";

export const bssidType = string({ maxLength: 12 });

export const ipaddressType = string({ maxLength: 39 });

export const AlternativeSECCType = wpt.type({
  SSID: optional(identifierType),
  BSSID: optional(bssidType),
  IPAddress: optional(ipaddressType),
  Port: optional(unsignedShort),
});
export type AlternativeSECC = TypeOf<typeof AlternativeSECCType>;

export const AlternativeSECCListType = wpt.type({ AlternativeSECC: list(AlternativeSECCType, { max: 8 }) });
export type AlternativeSECCList = TypeOf<typeof AlternativeSECCListType>;

export const WPT_PairingReq = wpt.element(
  "WPT_PairingReq",
  wpt.extend(V2GRequestType, {
    EVProcessing: processingType,
    ObservedIDCode: optional(numericIDType),
    EVResultCode: WPT_EVResultType,
    VendorSpecificDataContainer: optional(list(WPT_DataContainerType, { max: 16 })),
  }),
);
export type WPT_PairingReq = TypeOf<typeof WPT_PairingReq>;

export const WPT_PairingRes = wpt.element(
  "WPT_PairingRes",
  wpt.extend(V2GResponseType, {
    EVSEProcessing: processingType,
    ObservedIDCode: optional(numericIDType),
    AlternativeSECCList: optional(AlternativeSECCListType),
    VendorSpecificDataContainer: optional(list(WPT_DataContainerType, { max: 16 })),
  }),
);
export type WPT_PairingRes = TypeOf<typeof WPT_PairingRes>;
