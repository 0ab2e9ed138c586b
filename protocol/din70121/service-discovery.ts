import { boolean, example, list, oneOf, optional, string, type TypeOf } from "../schema";
import { paymentOptionType, responseCodeType, serviceIDType } from "./data-types";
import { dataTypes, msgBody } from "./namespaces";

export const EVSESupportedEnergyTransferType = oneOf(
  "AC_single_phase_core",
  "AC_three_phase_core",
  "DC_core",
  "DC_extended",
  "DC_combo_core",
  "DC_dual",
  "AC_core1p_DC_extended",
  "AC_single_DC_core",
  "AC_single_phase_three_phase_core_DC_extended",
  "AC_core3p_DC_extended",
);

export const serviceCategoryType = oneOf("EVCharging", "Internet", "ContractCertificate", "OtherCustom");

export const serviceNameType = string({ maxLength: 32 });

export const serviceScopeType = string({ maxLength: 32 });

export const PaymentOptionsType = dataTypes.type({
  PaymentOption: list(example(paymentOptionType, "ExternalPayment")),
});
export type PaymentOptions = TypeOf<typeof PaymentOptionsType>;

export const ServiceTagType = dataTypes.type({
  ServiceID: example(serviceIDType, 1),
  ServiceName: optional(serviceNameType),
  ServiceCategory: serviceCategoryType,
  ServiceScope: optional(serviceScopeType),
});
export type ServiceTag = TypeOf<typeof ServiceTagType>;

export const ServiceType = dataTypes.type({ ServiceTag: ServiceTagType, FreeService: example(boolean, true) });
export type Service = TypeOf<typeof ServiceType>;

export const ServiceChargeType = dataTypes.extend(ServiceType, {
  EnergyTransferType: example(EVSESupportedEnergyTransferType, "DC_extended"),
});
export type ServiceCharge = TypeOf<typeof ServiceChargeType>;

export const ServiceTagListType = dataTypes.type({ Service: list(ServiceType) });
export type ServiceTagList = TypeOf<typeof ServiceTagListType>;

export const ServiceCharge = dataTypes.element("ServiceCharge", ServiceChargeType);

export const ServiceDiscoveryReq = msgBody.element("ServiceDiscoveryReq", {
  ServiceScope: optional(serviceScopeType),
  ServiceCategory: optional(serviceCategoryType),
});
export type ServiceDiscoveryReq = TypeOf<typeof ServiceDiscoveryReq>;

export const ServiceDiscoveryRes = msgBody.element("ServiceDiscoveryRes", {
  ResponseCode: responseCodeType,
  PaymentOptions: PaymentOptionsType,
  ChargeService: ServiceChargeType,
  ServiceList: optional(ServiceTagListType),
});
export type ServiceDiscoveryRes = TypeOf<typeof ServiceDiscoveryRes>;
