import { example, list, optional, short, type TypeOf } from "../schema";
import { paymentOptionType, responseCodeType, serviceIDType } from "./data-types";
import { dataTypes, msgBody } from "./namespaces";

export const SelectedServiceType = dataTypes.type({
  ServiceID: example(serviceIDType, 1),
  ParameterSetID: optional(short),
});
export type SelectedService = TypeOf<typeof SelectedServiceType>;

export const SelectedServiceListType = dataTypes.type({ SelectedService: list(SelectedServiceType, { max: 16 }) });
export type SelectedServiceList = TypeOf<typeof SelectedServiceListType>;

export const PaymentServiceSelectionReq = msgBody.element("PaymentServiceSelectionReq", {
  SelectedPaymentOption: example(paymentOptionType, "ExternalPayment"),
  SelectedServiceList: SelectedServiceListType,
});
export type PaymentServiceSelectionReq = TypeOf<typeof PaymentServiceSelectionReq>;

export const PaymentServiceSelectionRes = msgBody.element("PaymentServiceSelectionRes", {
  ResponseCode: responseCodeType,
});
export type PaymentServiceSelectionRes = TypeOf<typeof PaymentServiceSelectionRes>;
