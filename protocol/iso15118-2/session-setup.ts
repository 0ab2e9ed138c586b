import { example, hexBinary, long, type TypeOf, usual } from "../schema";
import { evseIDType, responseCodeType } from "./data-types";
import { msgBody } from "./namespaces";

export const evccIDType = hexBinary({ maxLength: 6 });

export const SessionSetupReq = msgBody.element("SessionSetupReq", { EVCCID: example(evccIDType, "001122334455") });
export type SessionSetupReq = TypeOf<typeof SessionSetupReq>;

export const SessionSetupRes = msgBody.element("SessionSetupRes", {
  ResponseCode: example(responseCodeType, "OK_NewSessionEstablished"),
  EVSEID: example(evseIDType, "DE*CCS*E000001"),
  EVSETimeStamp: usual(long),
});
export type SessionSetupRes = TypeOf<typeof SessionSetupRes>;
