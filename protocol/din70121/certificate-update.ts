import { ID, optional, short, type TypeOf } from "../schema";
import {
  CertificateChainType,
  contractIDType,
  dHParamsType,
  ListOfRootCertificateIDsType,
  privateKeyType,
} from "./certificates";
import { responseCodeType } from "./data-types";
import { msgBody } from "./namespaces";

export const CertificateUpdateReq = msgBody.element("CertificateUpdateReq", {
  "@Id": optional(ID),
  ContractSignatureCertChain: CertificateChainType,
  ContractID: contractIDType,
  ListOfRootCertificateIDs: ListOfRootCertificateIDsType,
  DHParams: dHParamsType,
});
export type CertificateUpdateReq = TypeOf<typeof CertificateUpdateReq>;

export const CertificateUpdateRes = msgBody.element("CertificateUpdateRes", {
  "@Id": ID,
  ResponseCode: responseCodeType,
  ContractSignatureCertChain: CertificateChainType,
  ContractSignatureEncryptedPrivateKey: privateKeyType,
  DHParams: dHParamsType,
  ContractID: contractIDType,
  RetryCounter: short,
});
export type CertificateUpdateRes = TypeOf<typeof CertificateUpdateRes>;
