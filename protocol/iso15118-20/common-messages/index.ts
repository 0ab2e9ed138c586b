/** ISO 15118-20 CommonMessages: what every session shares, whatever the energy transfer. */
import { schemaSet, type TypeOf } from "../../schema";
import * as xmldsig from "../../xmldsig";
import * as commonTypes from "../common-types";
import * as authorizationSchema from "./authorization";
import * as authorizationSetupSchema from "./authorization-setup";
import * as certificateInstallationSchema from "./certificate-installation";
import * as dataTypesSchema from "./data-types";
import * as meteringConfirmationSchema from "./metering-confirmation";
import * as powerDeliverySchema from "./power-delivery";
import * as powerSchedulesSchema from "./power-schedules";
import * as priceSchedulesSchema from "./price-schedules";
import * as scheduleExchangeSchema from "./schedule-exchange";
import * as serviceDetailSchema from "./service-detail";
import * as serviceDiscoverySchema from "./service-discovery";
import * as serviceSelectionSchema from "./service-selection";
import * as sessionSetupSchema from "./session-setup";
import * as sessionStopSchema from "./session-stop";
import * as vehicleCheckInSchema from "./vehicle-check-in";
import * as vehicleCheckOutSchema from "./vehicle-check-out";

/** Every message of the set, by name. */
export const messages = {
  SessionSetupReq: sessionSetupSchema.SessionSetupReq,
  SessionSetupRes: sessionSetupSchema.SessionSetupRes,
  AuthorizationSetupReq: authorizationSetupSchema.AuthorizationSetupReq,
  AuthorizationSetupRes: authorizationSetupSchema.AuthorizationSetupRes,
  AuthorizationReq: authorizationSchema.AuthorizationReq,
  AuthorizationRes: authorizationSchema.AuthorizationRes,
  ServiceDiscoveryReq: serviceDiscoverySchema.ServiceDiscoveryReq,
  ServiceDiscoveryRes: serviceDiscoverySchema.ServiceDiscoveryRes,
  ServiceDetailReq: serviceDetailSchema.ServiceDetailReq,
  ServiceDetailRes: serviceDetailSchema.ServiceDetailRes,
  ServiceSelectionReq: serviceSelectionSchema.ServiceSelectionReq,
  ServiceSelectionRes: serviceSelectionSchema.ServiceSelectionRes,
  ScheduleExchangeReq: scheduleExchangeSchema.ScheduleExchangeReq,
  ScheduleExchangeRes: scheduleExchangeSchema.ScheduleExchangeRes,
  PowerDeliveryReq: powerDeliverySchema.PowerDeliveryReq,
  PowerDeliveryRes: powerDeliverySchema.PowerDeliveryRes,
  MeteringConfirmationReq: meteringConfirmationSchema.MeteringConfirmationReq,
  MeteringConfirmationRes: meteringConfirmationSchema.MeteringConfirmationRes,
  SessionStopReq: sessionStopSchema.SessionStopReq,
  SessionStopRes: sessionStopSchema.SessionStopRes,
  CertificateInstallationReq: certificateInstallationSchema.CertificateInstallationReq,
  CertificateInstallationRes: certificateInstallationSchema.CertificateInstallationRes,
  VehicleCheckInReq: vehicleCheckInSchema.VehicleCheckInReq,
  VehicleCheckInRes: vehicleCheckInSchema.VehicleCheckInRes,
  VehicleCheckOutReq: vehicleCheckOutSchema.VehicleCheckOutReq,
  VehicleCheckOutRes: vehicleCheckOutSchema.VehicleCheckOutRes,
};
export type Messages = { [N in keyof typeof messages]: TypeOf<(typeof messages)[N]> };
export type MessageName = keyof Messages;

export const iso15118_20_CommonMessages = schemaSet("ISO 15118-20 CommonMessages", {
  roots: messages,
  schemas: [
    xmldsig,
    commonTypes,
    authorizationSetupSchema,
    authorizationSchema,
    certificateInstallationSchema,
    dataTypesSchema,
    meteringConfirmationSchema,
    powerDeliverySchema,
    powerSchedulesSchema,
    priceSchedulesSchema,
    scheduleExchangeSchema,
    serviceDetailSchema,
    serviceDiscoverySchema,
    serviceSelectionSchema,
    sessionSetupSchema,
    sessionStopSchema,
    vehicleCheckInSchema,
    vehicleCheckOutSchema,
  ],
});

export { defaultOf } from "../../schema";
export * from "../common-types";
export * from "./authorization";
export * from "./authorization-setup";
export * from "./certificate-installation";
export * from "./data-types";
export * from "./metering-confirmation";
export * from "./power-delivery";
export * from "./power-schedules";
export * from "./price-schedules";
export * from "./schedule-exchange";
export * from "./service-detail";
export * from "./service-discovery";
export * from "./service-selection";
export * from "./session-setup";
export * from "./session-stop";
export * from "./vehicle-check-in";
export * from "./vehicle-check-out";
