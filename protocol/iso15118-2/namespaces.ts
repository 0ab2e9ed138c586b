import { namespace } from "../schema";

const form = { attributes: "qualified" } as const;

export const msgDef = namespace("urn:iso:15118:2:2013:MsgDef", form);
export const msgHeader = namespace("urn:iso:15118:2:2013:MsgHeader", form);
export const msgBody = namespace("urn:iso:15118:2:2013:MsgBody", form);
export const dataTypes = namespace("urn:iso:15118:2:2013:MsgDataTypes", form);
