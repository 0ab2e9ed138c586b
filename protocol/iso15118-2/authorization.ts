import { ID, optional, type TypeOf } from "../schema";
import { EVSEProcessingType, genChallengeType, responseCodeType } from "./data-types";
import { msgBody } from "./namespaces";

export const AuthorizationReq = msgBody.element("AuthorizationReq", {
  "@Id": optional(ID),
  GenChallenge: optional(genChallengeType),
});
export type AuthorizationReq = TypeOf<typeof AuthorizationReq>;

export const AuthorizationRes = msgBody.element("AuthorizationRes", {
  ResponseCode: responseCodeType,
  EVSEProcessing: EVSEProcessingType,
});
export type AuthorizationRes = TypeOf<typeof AuthorizationRes>;
