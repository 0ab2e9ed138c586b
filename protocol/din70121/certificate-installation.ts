import { ID, optional, type TypeOf } from "../schema";
import {
  CertificateChainType,
  certificateType,
  contractIDType,
  dHParamsType,
  ListOfRootCertificateIDsType,
  privateKeyType,
} from "./certificates";
import { responseCodeType } from "./data-types";
import { msgBody } from "./namespaces";

export const CertificateInstallationReq = msgBody.element("CertificateInstallationReq", {
  "@Id": optional(ID),
  OEMProvisioningCert: certificateType,
  ListOfRootCertificateIDs: ListOfRootCertificateIDsType,
  DHParams: dHParamsType,
});
export type CertificateInstallationReq = TypeOf<typeof CertificateInstallationReq>;

export const CertificateInstallationRes = msgBody.element("CertificateInstallationRes", {
  "@Id": ID,
  ResponseCode: responseCodeType,
  ContractSignatureCertChain: CertificateChainType,
  ContractSignatureEncryptedPrivateKey: privateKeyType,
  DHParams: dHParamsType,
  ContractID: contractIDType,
});
export type CertificateInstallationRes = TypeOf<typeof CertificateInstallationRes>;
