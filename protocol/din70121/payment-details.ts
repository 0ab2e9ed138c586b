import { long, type TypeOf } from "../schema";
import { CertificateChainType, contractIDType } from "./certificates";
import { genChallengeType, responseCodeType } from "./data-types";
import { msgBody } from "./namespaces";

export const PaymentDetailsReq = msgBody.element("PaymentDetailsReq", {
  ContractID: contractIDType,
  ContractSignatureCertChain: CertificateChainType,
});
export type PaymentDetailsReq = TypeOf<typeof PaymentDetailsReq>;

export const PaymentDetailsRes = msgBody.element("PaymentDetailsRes", {
  ResponseCode: responseCodeType,
  GenChallenge: genChallengeType,
  DateTimeNow: long,
});
export type PaymentDetailsRes = TypeOf<typeof PaymentDetailsRes>;
