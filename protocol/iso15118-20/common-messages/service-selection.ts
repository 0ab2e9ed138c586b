import { example, list, optional, type TypeOf } from "../../schema";
import { V2GRequestType, V2GResponseType } from "../common-types";
import { commonMessages } from "../namespaces";
import { serviceIDType } from "./data-types";

export const SelectedServiceType = commonMessages.type({
  ServiceID: example(serviceIDType, 2),
  ParameterSetID: example(serviceIDType, 1),
});
export type SelectedService = TypeOf<typeof SelectedServiceType>;

export const SelectedServiceListType = commonMessages.type({ SelectedService: list(SelectedServiceType, { max: 16 }) });
export type SelectedServiceList = TypeOf<typeof SelectedServiceListType>;

export const ServiceSelectionReq = commonMessages.element(
  "ServiceSelectionReq",
  commonMessages.extend(V2GRequestType, {
    SelectedEnergyTransferService: SelectedServiceType,
    SelectedVASList: optional(SelectedServiceListType),
  }),
);
export type ServiceSelectionReq = TypeOf<typeof ServiceSelectionReq>;

export const ServiceSelectionRes = commonMessages.element(
  "ServiceSelectionRes",
  commonMessages.extend(V2GResponseType, {}),
);
export type ServiceSelectionRes = TypeOf<typeof ServiceSelectionRes>;
