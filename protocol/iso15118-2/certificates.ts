import { base64Binary, ID, list, optional, string, type TypeOf } from "../schema";
import { X509IssuerSerialType } from "../xmldsig";
import { dataTypes } from "./namespaces";

export const certificateType = base64Binary({ maxLength: 800 });

export const dHpublickeyType = base64Binary({ maxLength: 65 });

export const eMAIDType = string({ minLength: 14, maxLength: 15 });

export const privateKeyType = base64Binary({ maxLength: 48 });

export const SubCertificatesType = dataTypes.type({ Certificate: list(certificateType, { max: 4 }) });
export type SubCertificates = TypeOf<typeof SubCertificatesType>;

export const CertificateChainType = dataTypes.type({
  "@Id": optional(ID),
  Certificate: certificateType,
  SubCertificates: optional(SubCertificatesType),
});
export type CertificateChain = TypeOf<typeof CertificateChainType>;

export const ContractSignatureEncryptedPrivateKeyType = dataTypes.type({ "@Id": ID, "#text": privateKeyType });
export type ContractSignatureEncryptedPrivateKey = TypeOf<typeof ContractSignatureEncryptedPrivateKeyType>;

export const DiffieHellmanPublickeyType = dataTypes.type({ "@Id": ID, "#text": dHpublickeyType });
export type DiffieHellmanPublickey = TypeOf<typeof DiffieHellmanPublickeyType>;

export const EMAIDType = dataTypes.type({ "@Id": ID, "#text": eMAIDType });
export type EMAID = TypeOf<typeof EMAIDType>;

export const ListOfRootCertificateIDsType = dataTypes.type({
  RootCertificateID: list(X509IssuerSerialType, { max: 20 }),
});
export type ListOfRootCertificateIDs = TypeOf<typeof ListOfRootCertificateIDsType>;
