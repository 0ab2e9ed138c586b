/** DIN SPEC 70121:2014. One file for each pair of messages; what several share lies in the files named after it. */
import { schemaSet } from "../schema";
import * as xmldsig from "../xmldsig";
import * as cableCheck from "./cable-check";
import * as certificateInstallation from "./certificate-installation";
import * as certificateUpdate from "./certificate-update";
import * as certificates from "./certificates";
import * as chargeParameterDiscovery from "./charge-parameter-discovery";
import * as chargingStatus from "./charging-status";
import * as contractAuthentication from "./contract-authentication";
import * as currentDemand from "./current-demand";
import * as dataTypes from "./data-types";
import * as header from "./header";
import * as message from "./message";
import * as meteringReceipt from "./metering-receipt";
import * as paymentDetails from "./payment-details";
import * as physicalValue from "./physical-value";
import * as powerDelivery from "./power-delivery";
import * as preCharge from "./pre-charge";
import * as saSchedules from "./sa-schedules";
import * as serviceDetail from "./service-detail";
import * as serviceDiscovery from "./service-discovery";
import * as servicePaymentSelection from "./service-payment-selection";
import * as sessionSetup from "./session-setup";
import * as sessionStop from "./session-stop";
import * as weldingDetection from "./welding-detection";

const { V2G_Message } = message;

export const din70121 = schemaSet("DIN 70121", {
  roots: { V2G_Message },
  schemas: [
    xmldsig,
    cableCheck,
    certificateInstallation,
    certificateUpdate,
    certificates,
    chargeParameterDiscovery,
    chargingStatus,
    contractAuthentication,
    currentDemand,
    dataTypes,
    header,
    message,
    meteringReceipt,
    paymentDetails,
    physicalValue,
    powerDelivery,
    preCharge,
    saSchedules,
    serviceDetail,
    serviceDiscovery,
    servicePaymentSelection,
    sessionSetup,
    sessionStop,
    weldingDetection,
  ],
});

export { amount, physical } from "../iso15118-2/physical-value";
export { defaultOf } from "../schema";
export * from "./cable-check";
export * from "./certificate-installation";
export * from "./certificate-update";
export * from "./certificates";
export * from "./charge-parameter-discovery";
export * from "./charging-status";
export * from "./contract-authentication";
export * from "./current-demand";
export * from "./data-types";
export * from "./header";
export * from "./message";
export * from "./metering-receipt";
export * from "./payment-details";
export * from "./physical-value";
export * from "./power-delivery";
export * from "./pre-charge";
export * from "./sa-schedules";
export * from "./service-detail";
export * from "./service-discovery";
export * from "./service-payment-selection";
export * from "./session-setup";
export * from "./session-stop";
export * from "./welding-detection";
