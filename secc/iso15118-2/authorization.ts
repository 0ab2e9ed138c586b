import type { Handler } from "./table";

/** External payment: nothing to check in the request, the customer decides elsewhere (V2G2-684, V2G2-845, V2G2-854). */
export const authorise: Handler<"AuthorizationReq"> = (session) =>
  session.authorised
    ? { body: { ResponseCode: "OK", EVSEProcessing: "Finished" }, next: "AwaitChargeParameterDiscoveryReq" }
    : { body: { ResponseCode: "OK", EVSEProcessing: "Ongoing_WaitingForCustomerInteraction" } };
