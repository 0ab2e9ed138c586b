/** ISO 15118-20 CommonMessages: what every session shares, whatever the energy transfer. */
import { schemaSet, type TypeOf } from "../../schema";
import * as xmldsig from "../../xmldsig";
import * as commonTypes from "../common-types";
import * as authorization from "./authorization";
import * as authorizationSetup from "./authorization-setup";
import * as certificateInstallation from "./certificate-installation";
import * as dataTypes from "./data-types";
import * as meteringConfirmation from "./metering-confirmation";
import * as powerDelivery from "./power-delivery";
import * as powerSchedules from "./power-schedules";
import * as priceSchedules from "./price-schedules";
import * as scheduleExchange from "./schedule-exchange";
import * as serviceDetail from "./service-detail";
import * as serviceDiscovery from "./service-discovery";
import * as serviceSelection from "./service-selection";
import * as sessionSetup from "./session-setup";
import * as sessionStop from "./session-stop";
import * as vehicleCheckIn from "./vehicle-check-in";
import * as vehicleCheckOut from "./vehicle-check-out";

/** Every message of the set, by name. */
export const messages = {
  SessionSetupReq: sessionSetup.SessionSetupReq,
  SessionSetupRes: sessionSetup.SessionSetupRes,
  AuthorizationSetupReq: authorizationSetup.AuthorizationSetupReq,
  AuthorizationSetupRes: authorizationSetup.AuthorizationSetupRes,
  AuthorizationReq: authorization.AuthorizationReq,
  AuthorizationRes: authorization.AuthorizationRes,
  ServiceDiscoveryReq: serviceDiscovery.ServiceDiscoveryReq,
  ServiceDiscoveryRes: serviceDiscovery.ServiceDiscoveryRes,
  ServiceDetailReq: serviceDetail.ServiceDetailReq,
  ServiceDetailRes: serviceDetail.ServiceDetailRes,
  ServiceSelectionReq: serviceSelection.ServiceSelectionReq,
  ServiceSelectionRes: serviceSelection.ServiceSelectionRes,
  ScheduleExchangeReq: scheduleExchange.ScheduleExchangeReq,
  ScheduleExchangeRes: scheduleExchange.ScheduleExchangeRes,
  PowerDeliveryReq: powerDelivery.PowerDeliveryReq,
  PowerDeliveryRes: powerDelivery.PowerDeliveryRes,
  MeteringConfirmationReq: meteringConfirmation.MeteringConfirmationReq,
  MeteringConfirmationRes: meteringConfirmation.MeteringConfirmationRes,
  SessionStopReq: sessionStop.SessionStopReq,
  SessionStopRes: sessionStop.SessionStopRes,
  CertificateInstallationReq: certificateInstallation.CertificateInstallationReq,
  CertificateInstallationRes: certificateInstallation.CertificateInstallationRes,
  VehicleCheckInReq: vehicleCheckIn.VehicleCheckInReq,
  VehicleCheckInRes: vehicleCheckIn.VehicleCheckInRes,
  VehicleCheckOutReq: vehicleCheckOut.VehicleCheckOutReq,
  VehicleCheckOutRes: vehicleCheckOut.VehicleCheckOutRes,
};
export type Messages = { [N in keyof typeof messages]: TypeOf<(typeof messages)[N]> };
export type MessageName = keyof Messages;

export const iso15118_20_CommonMessages = schemaSet("ISO 15118-20 CommonMessages", {
  roots: messages,
  schemas: [
    xmldsig,
    commonTypes,
    authorizationSetup,
    authorization,
    certificateInstallation,
    dataTypes,
    meteringConfirmation,
    powerDelivery,
    powerSchedules,
    priceSchedules,
    scheduleExchange,
    serviceDetail,
    serviceDiscovery,
    serviceSelection,
    sessionSetup,
    sessionStop,
    vehicleCheckIn,
    vehicleCheckOut,
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
