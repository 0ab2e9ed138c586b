import { base64Binary, choice, ID, list, oneOf, optional, type TypeOf, unsignedByte } from "../../schema";
import {
  identifierType,
  ListOfRootCertificateIDsType,
  processingType,
  V2GRequestType,
  V2GResponseType,
} from "../common-types";
import { commonMessages } from "../namespaces";
import { ContractCertificateChainType, certificateType, SubCertificatesType } from "./data-types";

export const dhPublicKeyType = base64Binary({ minLength: 133, maxLength: 133 });

export const ecdhCurveType = oneOf("SECP521", "X448");

export const secp521_EncryptedPrivateKeyType = base64Binary({ minLength: 94, maxLength: 94 });

export const tpm_EncryptedPrivateKeyType = base64Binary({ minLength: 206, maxLength: 206 });

export const x448_EncryptedPrivateKeyType = base64Binary({ minLength: 84, maxLength: 84 });

export const CertificateChainType = commonMessages.type({
  Certificate: certificateType,
  SubCertificates: optional(SubCertificatesType),
});
export type CertificateChain = TypeOf<typeof CertificateChainType>;

export const EMAIDListType = commonMessages.type({ EMAID: list(identifierType, { max: 8 }) });
export type EMAIDList = TypeOf<typeof EMAIDListType>;

export const SignedCertificateChainType = commonMessages.type({
  "@Id": ID,
  Certificate: certificateType,
  SubCertificates: optional(SubCertificatesType),
});
export type SignedCertificateChain = TypeOf<typeof SignedCertificateChainType>;

export const SignedInstallationDataType = commonMessages.type({
  "@Id": ID,
  ContractCertificateChain: ContractCertificateChainType,
  ECDHCurve: ecdhCurveType,
  DHPublicKey: dhPublicKeyType,
  encryptedPrivateKey: choice({
    SECP521_EncryptedPrivateKey: secp521_EncryptedPrivateKeyType,
    X448_EncryptedPrivateKey: x448_EncryptedPrivateKeyType,
    TPM_EncryptedPrivateKey: tpm_EncryptedPrivateKeyType,
  }),
});
export type SignedInstallationData = TypeOf<typeof SignedInstallationDataType>;

export const CertificateInstallationReq = commonMessages.element(
  "CertificateInstallationReq",
  commonMessages.extend(V2GRequestType, {
    OEMProvisioningCertificateChain: SignedCertificateChainType,
    ListOfRootCertificateIDs: ListOfRootCertificateIDsType,
    MaximumContractCertificateChains: unsignedByte,
    PrioritizedEMAIDs: optional(EMAIDListType),
  }),
);
export type CertificateInstallationReq = TypeOf<typeof CertificateInstallationReq>;

export const CertificateInstallationRes = commonMessages.element(
  "CertificateInstallationRes",
  commonMessages.extend(V2GResponseType, {
    EVSEProcessing: processingType,
    CPSCertificateChain: CertificateChainType,
    SignedInstallationData: SignedInstallationDataType,
    RemainingContractCertificateChains: unsignedByte,
  }),
);
export type CertificateInstallationRes = TypeOf<typeof CertificateInstallationRes>;

export const SignedInstallationData = commonMessages.element("SignedInstallationData", SignedInstallationDataType);
