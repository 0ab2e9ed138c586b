import type { supportedAppProtocolReq, supportedAppProtocolRes } from "../app-protocol";
import { appProtocol } from "../app-protocol";
import { decode, encode } from "../exi";
import { iso15118_2, type MessageHeader, type Messages, messageOf, type V2G_Message } from "../iso15118-2";

/** Grammars of payload type 0x8001. Their bytes cannot be told apart: the state of the session selects one. */
export type Grammar = "app-protocol" | "iso15118-2";

export type HandshakeBodies = {
  supportedAppProtocolReq: supportedAppProtocolReq;
  supportedAppProtocolRes: supportedAppProtocolRes;
};
export type Bodies = HandshakeBodies & Messages;
export type MessageName = keyof Bodies;
export type RequestName = Extract<MessageName, `${string}Req`>;
export type ResponseName = Extract<MessageName, `${string}Res`>;
/** `SessionSetupReq` → `SessionSetupRes`. */
export type ResponseTo<Name extends RequestName> = Name extends `${infer Stem}Req`
  ? Extract<ResponseName, `${Stem}Res`>
  : never;

export const responseTo = <Name extends RequestName>(name: Name): ResponseTo<Name> =>
  name.replace(/Req$/, "Res") as ResponseTo<Name>;

/** One message on a V2G connection, header apart. The handshake messages have none. */
export type V2gMessage = {
  [Name in MessageName]: { name: Name; header?: MessageHeader; body: Bodies[Name] };
}[MessageName];

export const grammarOf = (name: MessageName): Grammar =>
  name.startsWith("supportedAppProtocol") ? "app-protocol" : "iso15118-2";

export const message = <Name extends MessageName>(name: Name, body: Bodies[Name], header?: MessageHeader): V2gMessage =>
  ({ name, body, ...(header && { header }) }) as V2gMessage;

/** EXI payload of a message. @throws Unencodable */
export function encodeMessage({ name, header, body }: V2gMessage): Uint8Array {
  if (grammarOf(name) === "app-protocol") return encode(appProtocol, name as keyof HandshakeBodies, body as never);
  return encode(iso15118_2, "V2G_Message", wrapped({ name, header, body } as V2gMessage));
}

/** An ISO 15118-2 message in the form of its root element. */
export const wrapped = ({ name, header, body }: V2gMessage) =>
  ({ Header: header, Body: { [name]: body } }) as V2G_Message;

/** A message, and how many octets there were behind the end of its document. */
export interface Payload {
  readonly message: V2gMessage;
  readonly trailingBytes: number;
}

/** What is in a payload, read with one grammar and never with a second one. @throws Undecodable */
export function decodePayload(grammar: Grammar, payload: Uint8Array): Payload {
  if (grammar === "app-protocol") {
    const { root, value, trailingBytes } = decode(appProtocol, payload);
    return { message: { name: root, body: value } as V2gMessage, trailingBytes };
  }
  const { value, trailingBytes } = decode(iso15118_2, payload);
  return { message: { ...messageOf(value), header: value.Header } as V2gMessage, trailingBytes };
}

/** The message in a payload. @throws Undecodable */
export const decodeMessage = (grammar: Grammar, payload: Uint8Array): V2gMessage =>
  decodePayload(grammar, payload).message;
