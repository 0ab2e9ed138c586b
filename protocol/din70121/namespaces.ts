import { namespace } from "../schema";

export const msgDef = namespace("urn:din:70121:2012:MsgDef");
export const msgHeader = namespace("urn:din:70121:2012:MsgHeader");
export const msgBody = namespace("urn:din:70121:2012:MsgBody");
export const dataTypes = namespace("urn:din:70121:2012:MsgDataTypes");
