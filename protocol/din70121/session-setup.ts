import { example, hexBinary, long, optional, type TypeOf } from "../schema";
import { evseIDType, responseCodeType } from "./data-types";
import { msgBody } from "./namespaces";

export const evccIDType = hexBinary({ maxLength: 8 });

export const SessionSetupReq = msgBody.element("SessionSetupReq", { EVCCID: example(evccIDType, "001122334455") });
export type SessionSetupReq = TypeOf<typeof SessionSetupReq>;

export const SessionSetupRes = msgBody.element("SessionSetupRes", {
  ResponseCode: example(responseCodeType, "OK_NewSessionEstablished"),
  EVSEID: example(evseIDType, "00"),
  DateTimeNow: optional(long),
});
export type SessionSetupRes = TypeOf<typeof SessionSetupRes>;
