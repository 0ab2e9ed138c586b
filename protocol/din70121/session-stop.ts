import type { TypeOf } from "../schema";
import { responseCodeType } from "./data-types";
import { msgBody } from "./namespaces";

export const SessionStopReq = msgBody.element("SessionStopReq", {});
export type SessionStopReq = TypeOf<typeof SessionStopReq>;

export const SessionStopRes = msgBody.element("SessionStopRes", { ResponseCode: responseCodeType });
export type SessionStopRes = TypeOf<typeof SessionStopRes>;
