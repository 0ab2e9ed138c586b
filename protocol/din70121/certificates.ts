import { base64Binary, list, optional, string, type TypeOf } from "../schema";
import { dataTypes } from "./namespaces";

export const certificateType = base64Binary({ maxLength: 1200 });

export const contractIDType = string({ maxLength: 24 });

export const dHParamsType = base64Binary({ maxLength: 256 });

export const privateKeyType = base64Binary({ maxLength: 128 });

export const rootCertificateIDType = string({ maxLength: 40 });

export const SubCertificatesType = dataTypes.type({ Certificate: list(certificateType) });
export type SubCertificates = TypeOf<typeof SubCertificatesType>;

export const CertificateChainType = dataTypes.type({
  Certificate: certificateType,
  SubCertificates: optional(SubCertificatesType),
});
export type CertificateChain = TypeOf<typeof CertificateChainType>;

export const ListOfRootCertificateIDsType = dataTypes.type({ RootCertificateID: list(rootCertificateIDType) });
export type ListOfRootCertificateIDs = TypeOf<typeof ListOfRootCertificateIDsType>;
