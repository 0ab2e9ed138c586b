import type { Handler } from "./table";

/**
 * External payment: nothing to check in the request, the customer decides elsewhere (V2G2-684, V2G2-845). A customer who was
 * refused is told so (V2G2-854).
 */
export const authorise: Handler<"AuthorizationReq"> = ({ authorised, stopping }) => {
  if (authorised)
    return { body: { ResponseCode: "OK", EVSEProcessing: "Finished" }, next: "AwaitChargeParameterDiscoveryReq" };
  if (stopping) return { body: { ResponseCode: "FAILED", EVSEProcessing: "Finished" } };
  return { body: { ResponseCode: "OK", EVSEProcessing: "Ongoing_WaitingForCustomerInteraction" } };
};
