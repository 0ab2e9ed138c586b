import { boolean, choice, list, optional, type TypeOf } from "../../schema";
import { nameType, V2GRequestType, V2GResponseType } from "../common-types";
import { commonMessages } from "../namespaces";
import { authorizationType, genChallengeType } from "./data-types";

export const EIM_ASResAuthorizationModeType = commonMessages.type({});
export type EIM_ASResAuthorizationMode = TypeOf<typeof EIM_ASResAuthorizationModeType>;

export const SupportedProvidersListType = commonMessages.type({ ProviderID: list(nameType, { max: 128 }) });
export type SupportedProvidersList = TypeOf<typeof SupportedProvidersListType>;

export const PnC_ASResAuthorizationModeType = commonMessages.type({
  GenChallenge: genChallengeType,
  SupportedProviders: optional(SupportedProvidersListType),
});
export type PnC_ASResAuthorizationMode = TypeOf<typeof PnC_ASResAuthorizationModeType>;

export const AuthorizationSetupReq = commonMessages.element(
  "AuthorizationSetupReq",
  commonMessages.extend(V2GRequestType, {}),
);
export type AuthorizationSetupReq = TypeOf<typeof AuthorizationSetupReq>;

export const AuthorizationSetupRes = commonMessages.element(
  "AuthorizationSetupRes",
  commonMessages.extend(V2GResponseType, {
    AuthorizationServices: list(authorizationType, { max: 2 }),
    CertificateInstallationService: boolean,
    mode: choice({
      EIM_ASResAuthorizationMode: EIM_ASResAuthorizationModeType,
      PnC_ASResAuthorizationMode: PnC_ASResAuthorizationModeType,
    }),
  }),
);
export type AuthorizationSetupRes = TypeOf<typeof AuthorizationSetupRes>;
