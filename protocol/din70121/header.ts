import { example, oneOf, optional, string, type TypeOf } from "../schema";
import { Signature } from "../xmldsig";
import { sessionIDType } from "./data-types";
import { dataTypes, msgHeader } from "./namespaces";

export const faultCodeType = oneOf("ParsingError", "NoTLSRootCertificatAvailable", "UnknownError");

export const faultMsgType = string({ maxLength: 64 });

export const NotificationType = dataTypes.type({ FaultCode: faultCodeType, FaultMsg: optional(faultMsgType) });
export type Notification = TypeOf<typeof NotificationType>;

export const MessageHeaderType = msgHeader.type({
  SessionID: example(sessionIDType, "0000000000000000"),
  Notification: optional(NotificationType),
  Signature: optional(Signature),
});
export type MessageHeader = TypeOf<typeof MessageHeaderType>;
