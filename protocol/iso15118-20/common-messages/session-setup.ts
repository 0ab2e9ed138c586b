import { example, type TypeOf } from "../../schema";
import { identifierType, V2GRequestType, V2GResponseType } from "../common-types";
import { commonMessages } from "../namespaces";

export const SessionSetupReq = commonMessages.element(
  "SessionSetupReq",
  commonMessages.extend(V2GRequestType, { EVCCID: example(identifierType, "CCSHIL0000000001") }),
);
export type SessionSetupReq = TypeOf<typeof SessionSetupReq>;

export const SessionSetupRes = commonMessages.element(
  "SessionSetupRes",
  commonMessages.extend(V2GResponseType, { EVSEID: example(identifierType, "DE*CCS*E000001") }),
);
export type SessionSetupRes = TypeOf<typeof SessionSetupRes>;
