import { base64Binary, list, oneOf, type TypeOf, unsignedShort } from "../../schema";
import { commonMessages } from "../namespaces";

export const authorizationType = oneOf("EIM", "PnC");

export const certificateType = base64Binary({ maxLength: 1600 });

export const genChallengeType = base64Binary({ minLength: 16, maxLength: 16 });

export const serviceIDType = unsignedShort;

export const SubCertificatesType = commonMessages.type({ Certificate: list(certificateType, { max: 3 }) });
export type SubCertificates = TypeOf<typeof SubCertificatesType>;

export const ContractCertificateChainType = commonMessages.type({
  Certificate: certificateType,
  SubCertificates: SubCertificatesType,
});
export type ContractCertificateChain = TypeOf<typeof ContractCertificateChainType>;

export const TargetPositionType = commonMessages.type({ TargetOffsetX: unsignedShort, TargetOffsetY: unsignedShort });
export type TargetPosition = TypeOf<typeof TargetPositionType>;
