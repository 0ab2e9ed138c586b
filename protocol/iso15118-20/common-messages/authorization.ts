import { choice, ID, type TypeOf } from "../../schema";
import { processingType, V2GRequestType, V2GResponseType } from "../common-types";
import { commonMessages } from "../namespaces";
import { authorizationType, ContractCertificateChainType, genChallengeType } from "./data-types";

export const EIM_AReqAuthorizationModeType = commonMessages.type({});
export type EIM_AReqAuthorizationMode = TypeOf<typeof EIM_AReqAuthorizationModeType>;

export const PnC_AReqAuthorizationModeType = commonMessages.type({
  "@Id": ID,
  GenChallenge: genChallengeType,
  ContractCertificateChain: ContractCertificateChainType,
});
export type PnC_AReqAuthorizationMode = TypeOf<typeof PnC_AReqAuthorizationModeType>;

export const AuthorizationReq = commonMessages.element(
  "AuthorizationReq",
  commonMessages.extend(V2GRequestType, {
    SelectedAuthorizationService: authorizationType,
    mode: choice({
      EIM_AReqAuthorizationMode: EIM_AReqAuthorizationModeType,
      PnC_AReqAuthorizationMode: PnC_AReqAuthorizationModeType,
    }),
  }),
);
export type AuthorizationReq = TypeOf<typeof AuthorizationReq>;

export const AuthorizationRes = commonMessages.element(
  "AuthorizationRes",
  commonMessages.extend(V2GResponseType, { EVSEProcessing: processingType }),
);
export type AuthorizationRes = TypeOf<typeof AuthorizationRes>;
