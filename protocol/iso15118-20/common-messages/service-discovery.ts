import { boolean, example, list, optional, type TypeOf } from "../../schema";
import { V2GRequestType, V2GResponseType } from "../common-types";
import { commonMessages } from "../namespaces";
import { serviceIDType } from "./data-types";

export const ServiceIDListType = commonMessages.type({ ServiceID: list(example(serviceIDType, 2), { max: 16 }) });
export type ServiceIDList = TypeOf<typeof ServiceIDListType>;

export const ServiceType = commonMessages.type({ ServiceID: example(serviceIDType, 2), FreeService: boolean });
export type Service = TypeOf<typeof ServiceType>;

export const ServiceListType = commonMessages.type({ Service: list(ServiceType, { max: 8 }) });
export type ServiceList = TypeOf<typeof ServiceListType>;

export const ServiceDiscoveryReq = commonMessages.element(
  "ServiceDiscoveryReq",
  commonMessages.extend(V2GRequestType, { SupportedServiceIDs: optional(ServiceIDListType) }),
);
export type ServiceDiscoveryReq = TypeOf<typeof ServiceDiscoveryReq>;

export const ServiceDiscoveryRes = commonMessages.element(
  "ServiceDiscoveryRes",
  commonMessages.extend(V2GResponseType, {
    ServiceRenegotiationSupported: boolean,
    EnergyTransferServiceList: ServiceListType,
    VASList: optional(ServiceListType),
  }),
);
export type ServiceDiscoveryRes = TypeOf<typeof ServiceDiscoveryRes>;
