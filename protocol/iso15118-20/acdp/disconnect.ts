import { acdp } from "../namespaces";
import { type ACDP_ConnectReq, ACDP_ConnectReqType, type ACDP_ConnectRes, ACDP_ConnectResType } from "./connect";

export const ACDP_DisconnectReq = acdp.element("ACDP_DisconnectReq", ACDP_ConnectReqType);

export const ACDP_DisconnectRes = acdp.element("ACDP_DisconnectRes", ACDP_ConnectResType);

/* The same content as to connect. */
export type ACDP_DisconnectReq = ACDP_ConnectReq;
export type ACDP_DisconnectRes = ACDP_ConnectRes;
