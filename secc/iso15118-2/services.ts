import { refusal } from "./refusal";
import type { Handler } from "./table";

/** ServiceID of the charge service, fixed by the standard. */
const chargeService = 1;

export const discoverServices: Handler<"ServiceDiscoveryReq"> = ({ config }) => ({
  body: {
    ResponseCode: "OK",
    PaymentOptionList: { PaymentOption: ["ExternalPayment"] },
    ChargeService: {
      ServiceID: chargeService,
      ServiceCategory: "EVCharging",
      FreeService: true,
      SupportedEnergyTransferMode: { EnergyTransferMode: [...config.energyTransferModes] },
    },
  },
  next: "AwaitPaymentServiceSelectionReq",
});

/** There are no value-added services: whatever is asked for is unknown (V2G2-464). */
export const detailService: Handler<"ServiceDetailReq"> = (session, { ServiceID }, seen) => ({
  body: { ...refusal(session, "ServiceDetailRes", "FAILED_ServiceIDInvalid", seen), ServiceID },
});

/** External payment and the charge service, nothing else is offered (V2G2-465, V2G2-467, V2G2-804). */
export const selectPaymentAndServices: Handler<"PaymentServiceSelectionReq"> = (_, body) => {
  const selected = body.SelectedServiceList.SelectedService.map(({ ServiceID }) => ServiceID);
  if (body.SelectedPaymentOption !== "ExternalPayment")
    return { body: { ResponseCode: "FAILED_PaymentSelectionInvalid" } };
  if (!selected.includes(chargeService)) return { body: { ResponseCode: "FAILED_NoChargeServiceSelected" } };
  if (selected.some((id) => id !== chargeService)) return { body: { ResponseCode: "FAILED_ServiceSelectionInvalid" } };
  return { body: { ResponseCode: "OK" }, next: "AwaitAuthorizationReq" };
};
