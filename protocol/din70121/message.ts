import { optional, substitutionGroup, type TypeOf } from "../schema";
import { CableCheckReq, CableCheckRes } from "./cable-check";
import { CertificateInstallationReq, CertificateInstallationRes } from "./certificate-installation";
import { CertificateUpdateReq, CertificateUpdateRes } from "./certificate-update";
import { ChargeParameterDiscoveryReq, ChargeParameterDiscoveryRes } from "./charge-parameter-discovery";
import { ChargingStatusReq, ChargingStatusRes } from "./charging-status";
import { ContractAuthenticationReq, ContractAuthenticationRes } from "./contract-authentication";
import { CurrentDemandReq, CurrentDemandRes } from "./current-demand";
import { MessageHeaderType } from "./header";
import { MeteringReceiptReq, MeteringReceiptRes } from "./metering-receipt";
import { msgDef } from "./namespaces";
import { PaymentDetailsReq, PaymentDetailsRes } from "./payment-details";
import { PowerDeliveryReq, PowerDeliveryRes } from "./power-delivery";
import { PreChargeReq, PreChargeRes } from "./pre-charge";
import { ServiceDetailReq, ServiceDetailRes } from "./service-detail";
import { ServiceDiscoveryReq, ServiceDiscoveryRes } from "./service-discovery";
import { ServicePaymentSelectionReq, ServicePaymentSelectionRes } from "./service-payment-selection";
import { SessionSetupReq, SessionSetupRes } from "./session-setup";
import { SessionStopReq, SessionStopRes } from "./session-stop";
import { WeldingDetectionReq, WeldingDetectionRes } from "./welding-detection";

export const BodyBaseType = msgDef.type({});
export type BodyBase = TypeOf<typeof BodyBaseType>;

export const BodyElement = msgDef.abstract("BodyElement", BodyBaseType);

/** Every message of the set, by name. */
export const messages = {
  CableCheckReq,
  CableCheckRes,
  CertificateInstallationReq,
  CertificateInstallationRes,
  CertificateUpdateReq,
  CertificateUpdateRes,
  ChargeParameterDiscoveryReq,
  ChargeParameterDiscoveryRes,
  ChargingStatusReq,
  ChargingStatusRes,
  ContractAuthenticationReq,
  ContractAuthenticationRes,
  CurrentDemandReq,
  CurrentDemandRes,
  MeteringReceiptReq,
  MeteringReceiptRes,
  PaymentDetailsReq,
  PaymentDetailsRes,
  PowerDeliveryReq,
  PowerDeliveryRes,
  PreChargeReq,
  PreChargeRes,
  ServiceDetailReq,
  ServiceDetailRes,
  ServiceDiscoveryReq,
  ServiceDiscoveryRes,
  ServicePaymentSelectionReq,
  ServicePaymentSelectionRes,
  SessionSetupReq,
  SessionSetupRes,
  SessionStopReq,
  SessionStopRes,
  WeldingDetectionReq,
  WeldingDetectionRes,
};
export type Messages = { [N in keyof typeof messages]: TypeOf<(typeof messages)[N]> };
export type MessageName = keyof Messages;

export const BodyType = msgDef.type({ BodyElement: optional(substitutionGroup(BodyElement, messages)) });
export type Body = TypeOf<typeof BodyType>;

export const V2G_Message = msgDef.element("V2G_Message", { Header: MessageHeaderType, Body: BodyType });
export type V2G_Message = TypeOf<typeof V2G_Message>;

/** The one message in a body, as name and content; undefined for an empty body, which the schema allows. */
export type NamedBody = { [N in MessageName]: { readonly name: N; readonly body: Messages[N] } }[MessageName];

export function messageOf({ Body }: V2G_Message): NamedBody | undefined {
  const [entry] = Object.entries(Body);
  return entry === undefined ? undefined : ({ name: entry[0], body: entry[1] } as NamedBody);
}
