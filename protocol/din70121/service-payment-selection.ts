import { example, list, optional, short, type TypeOf } from "../schema";
import { paymentOptionType, responseCodeType, serviceIDType } from "./data-types";
import { dataTypes, msgBody } from "./namespaces";

export const SelectedServiceType = dataTypes.type({
  ServiceID: example(serviceIDType, 1),
  ParameterSetID: optional(short),
});
export type SelectedService = TypeOf<typeof SelectedServiceType>;

export const SelectedServiceListType = dataTypes.type({ SelectedService: list(SelectedServiceType) });
export type SelectedServiceList = TypeOf<typeof SelectedServiceListType>;

export const ServicePaymentSelectionReq = msgBody.element("ServicePaymentSelectionReq", {
  SelectedPaymentOption: example(paymentOptionType, "ExternalPayment"),
  SelectedServiceList: SelectedServiceListType,
});
export type ServicePaymentSelectionReq = TypeOf<typeof ServicePaymentSelectionReq>;

export const ServicePaymentSelectionRes = msgBody.element("ServicePaymentSelectionRes", {
  ResponseCode: responseCodeType,
});
export type ServicePaymentSelectionRes = TypeOf<typeof ServicePaymentSelectionRes>;
