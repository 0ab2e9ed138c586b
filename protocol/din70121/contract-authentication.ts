import { ID, optional, type TypeOf } from "../schema";
import { EVSEProcessingType, genChallengeType, responseCodeType } from "./data-types";
import { msgBody } from "./namespaces";

export const ContractAuthenticationReq = msgBody.element("ContractAuthenticationReq", {
  "@Id": optional(ID),
  GenChallenge: optional(genChallengeType),
});
export type ContractAuthenticationReq = TypeOf<typeof ContractAuthenticationReq>;

export const ContractAuthenticationRes = msgBody.element("ContractAuthenticationRes", {
  ResponseCode: responseCodeType,
  EVSEProcessing: EVSEProcessingType,
});
export type ContractAuthenticationRes = TypeOf<typeof ContractAuthenticationRes>;
