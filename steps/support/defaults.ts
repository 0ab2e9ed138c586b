import { supportedAppProtocolReq, supportedAppProtocolRes } from "../../protocol/app-protocol";
import { defaultOf, type MessageHeader, messages } from "../../protocol/iso15118-2";
import { grammarOf, type MessageName, message, type V2gMessage } from "../../protocol/v2g";

const declarations = { supportedAppProtocolReq, supportedAppProtocolRes, ...messages };

/** A valid message with the values its declaration gives; the handshake has no header. */
export function defaultMessage(name: MessageName, header: MessageHeader): V2gMessage {
  const body = defaultOf(declarations[name] as (typeof declarations)["SessionSetupReq"]);
  return message(name, body as never, grammarOf(name) === "app-protocol" ? undefined : header);
}
