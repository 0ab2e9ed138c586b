import { ID, type TypeOf } from "../schema";
import {
  CertificateChainType,
  ContractSignatureEncryptedPrivateKeyType,
  certificateType,
  DiffieHellmanPublickeyType,
  EMAIDType,
  ListOfRootCertificateIDsType,
} from "./certificates";
import { responseCodeType } from "./data-types";
import { msgBody } from "./namespaces";

export const CertificateInstallationReq = msgBody.element("CertificateInstallationReq", {
  "@Id": ID,
  OEMProvisioningCert: certificateType,
  ListOfRootCertificateIDs: ListOfRootCertificateIDsType,
});
export type CertificateInstallationReq = TypeOf<typeof CertificateInstallationReq>;

export const CertificateInstallationRes = msgBody.element("CertificateInstallationRes", {
  ResponseCode: responseCodeType,
  SAProvisioningCertificateChain: CertificateChainType,
  ContractSignatureCertChain: CertificateChainType,
  ContractSignatureEncryptedPrivateKey: ContractSignatureEncryptedPrivateKeyType,
  DHpublickey: DiffieHellmanPublickeyType,
  eMAID: EMAIDType,
});
export type CertificateInstallationRes = TypeOf<typeof CertificateInstallationRes>;
