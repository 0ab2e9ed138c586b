import { boolean, example, list, oneOf, optional, string, type TypeOf } from "../schema";
import { EnergyTransferModeType, paymentOptionType, responseCodeType, serviceIDType } from "./data-types";
import { dataTypes, msgBody } from "./namespaces";

export const serviceCategoryType = oneOf("EVCharging", "Internet", "ContractCertificate", "OtherCustom");

export const serviceNameType = string({ maxLength: 32 });

export const serviceScopeType = string({ maxLength: 64 });

export const ServiceType = dataTypes.type({
  ServiceID: example(serviceIDType, 1),
  ServiceName: optional(serviceNameType),
  ServiceCategory: serviceCategoryType,
  ServiceScope: optional(serviceScopeType),
  FreeService: example(boolean, true),
});
export type Service = TypeOf<typeof ServiceType>;

export const SupportedEnergyTransferModeType = dataTypes.type({
  EnergyTransferMode: list(example(EnergyTransferModeType, "DC_extended"), { max: 6 }),
});
export type SupportedEnergyTransferMode = TypeOf<typeof SupportedEnergyTransferModeType>;

export const ChargeServiceType = dataTypes.extend(ServiceType, {
  SupportedEnergyTransferMode: SupportedEnergyTransferModeType,
});
export type ChargeService = TypeOf<typeof ChargeServiceType>;

export const PaymentOptionListType = dataTypes.type({
  PaymentOption: list(example(paymentOptionType, "ExternalPayment"), { max: 2 }),
});
export type PaymentOptionList = TypeOf<typeof PaymentOptionListType>;

export const ServiceListType = dataTypes.type({ Service: list(ServiceType, { max: 8 }) });
export type ServiceList = TypeOf<typeof ServiceListType>;

export const ServiceDiscoveryReq = msgBody.element("ServiceDiscoveryReq", {
  ServiceScope: optional(serviceScopeType),
  ServiceCategory: optional(serviceCategoryType),
});
export type ServiceDiscoveryReq = TypeOf<typeof ServiceDiscoveryReq>;

export const ServiceDiscoveryRes = msgBody.element("ServiceDiscoveryRes", {
  ResponseCode: responseCodeType,
  PaymentOptionList: PaymentOptionListType,
  ChargeService: ChargeServiceType,
  ServiceList: optional(ServiceListType),
});
export type ServiceDiscoveryRes = TypeOf<typeof ServiceDiscoveryRes>;
