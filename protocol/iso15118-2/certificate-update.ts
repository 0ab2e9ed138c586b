import { ID, optional, short, type TypeOf } from "../schema";
import {
  CertificateChainType,
  ContractSignatureEncryptedPrivateKeyType,
  DiffieHellmanPublickeyType,
  EMAIDType,
  eMAIDType,
  ListOfRootCertificateIDsType,
} from "./certificates";
import { responseCodeType } from "./data-types";
import { msgBody } from "./namespaces";

export const CertificateUpdateReq = msgBody.element("CertificateUpdateReq", {
  "@Id": ID,
  ContractSignatureCertChain: CertificateChainType,
  eMAID: eMAIDType,
  ListOfRootCertificateIDs: ListOfRootCertificateIDsType,
});
export type CertificateUpdateReq = TypeOf<typeof CertificateUpdateReq>;

export const CertificateUpdateRes = msgBody.element("CertificateUpdateRes", {
  ResponseCode: responseCodeType,
  SAProvisioningCertificateChain: CertificateChainType,
  ContractSignatureCertChain: CertificateChainType,
  ContractSignatureEncryptedPrivateKey: ContractSignatureEncryptedPrivateKeyType,
  DHpublickey: DiffieHellmanPublickeyType,
  eMAID: EMAIDType,
  RetryCounter: optional(short),
});
export type CertificateUpdateRes = TypeOf<typeof CertificateUpdateRes>;
