/** ISO 15118-2:2013. One file for each pair of messages; what several share lies in the files named after it. */
import { schemaSet } from "../schema";
import * as xmldsig from "../xmldsig";
import * as authorization from "./authorization";
import * as cableCheck from "./cable-check";
import * as certificateInstallation from "./certificate-installation";
import * as certificateUpdate from "./certificate-update";
import * as certificates from "./certificates";
import * as chargeParameterDiscovery from "./charge-parameter-discovery";
import * as chargingStatus from "./charging-status";
import * as currentDemand from "./current-demand";
import * as dataTypes from "./data-types";
import * as header from "./header";
import * as message from "./message";
import * as meteringReceipt from "./metering-receipt";
import * as paymentDetails from "./payment-details";
import * as paymentServiceSelection from "./payment-service-selection";
import * as physicalValue from "./physical-value";
import * as powerDelivery from "./power-delivery";
import * as preCharge from "./pre-charge";
import * as saSchedules from "./sa-schedules";
import * as serviceDetail from "./service-detail";
import * as serviceDiscovery from "./service-discovery";
import * as sessionSetup from "./session-setup";
import * as sessionStop from "./session-stop";
import * as weldingDetection from "./welding-detection";

const { V2G_Message } = message;

export const iso15118_2 = schemaSet("ISO 15118-2", {
  roots: { V2G_Message },
  schemas: [
    xmldsig,
    authorization,
    cableCheck,
    certificateInstallation,
    certificateUpdate,
    certificates,
    chargeParameterDiscovery,
    chargingStatus,
    currentDemand,
    dataTypes,
    header,
    message,
    meteringReceipt,
    paymentDetails,
    paymentServiceSelection,
    physicalValue,
    powerDelivery,
    preCharge,
    saSchedules,
    serviceDetail,
    serviceDiscovery,
    sessionSetup,
    sessionStop,
    weldingDetection,
  ],
});

export { defaultOf } from "../schema";
export * from "./authorization";
export * from "./cable-check";
export * from "./certificate-installation";
export * from "./certificate-update";
export * from "./certificates";
export * from "./charge-parameter-discovery";
export * from "./charging-status";
export * from "./current-demand";
export * from "./data-types";
export * from "./header";
export * from "./message";
export * from "./metering-receipt";
export * from "./payment-details";
export * from "./payment-service-selection";
export * from "./physical-value";
export * from "./power-delivery";
export * from "./pre-charge";
export * from "./sa-schedules";
export * from "./service-detail";
export * from "./service-discovery";
export * from "./session-setup";
export * from "./session-stop";
export * from "./welding-detection";
