import type { SAScheduleTuple } from "../../protocol/iso15118-2";
import { amount } from "../../protocol/v2g";
import { phase } from "../timers";
import { stopEarly } from "./stopping";
import type { Decide } from "./table";

const ongoing = phase("V2G_EVCC_Ongoing_Timer");

export const protocolChosen: Decide<"supportedAppProtocolRes"> = ({ config }, { SchemaID }) =>
  config.protocols.some((offered) => offered.SchemaID === SchemaID)
    ? { next: "SessionSetupReq" }
    : { end: `the station chose a SchemaID that was not offered (${SchemaID})`, orderly: false };

export const sessionSetUp: Decide<"SessionSetupRes"> = (session) => ({
  ...(session.stopping ? stopEarly() : { next: "ServiceDiscoveryReq" }),
  effects: [{ do: "established" }],
});

export const servicesDiscovered: Decide<"ServiceDiscoveryRes"> = (session, body) => {
  const modes: readonly string[] = body.ChargeService.SupportedEnergyTransferMode.EnergyTransferMode;
  if (!body.PaymentOptionList.PaymentOption.includes("ExternalPayment"))
    return { ...stopEarly(), session: { stopping: "no external payment" } };
  if (!modes.includes(session.config.RequestedEnergyTransferMode))
    return { ...stopEarly(), session: { stopping: "no common energy transfer mode" } };
  return session.stopping ? stopEarly() : { next: "PaymentServiceSelectionReq" };
};

export const servicesSelected: Decide<"PaymentServiceSelectionRes"> = ({ stopping }) =>
  stopping ? stopEarly() : { next: "AuthorizationReq" };

/** Ongoing is polled until V2G_EVCC_Ongoing_Timeout. */
export const authorised: Decide<"AuthorizationRes"> = ({ stopping, config }, { EVSEProcessing }) => {
  if (stopping) return stopEarly();
  if (EVSEProcessing !== "Finished") return { next: "AuthorizationReq", pace: config.pace.ongoing, phase: ongoing };
  return { next: "ChargeParameterDiscoveryReq" };
};

/** With the parameters agreed the car shows C, as cable check needs (V2G2-847). */
export const chargeParametersDiscovered: Decide<"ChargeParameterDiscoveryRes"> = ({ stopping, config }, body) => {
  if (stopping) return stopEarly();
  if (body.EVSEProcessing !== "Finished")
    return { next: "ChargeParameterDiscoveryReq", pace: config.pace.ongoing, phase: ongoing };
  const tuple = body.SAScheduleList?.SAScheduleTuple[0];
  if (!tuple || !body.DC_EVSEChargeParameter)
    return { ...stopEarly(), session: { stopping: "no schedule or no DC parameters" } };
  return {
    next: "CableCheckReq",
    session: { SAScheduleTupleID: tuple.SAScheduleTupleID, PMax: leastPower(tuple) },
    effects: [{ do: "present", load: "C" }],
  };
};

/** What the schedule allows all the time, in watts. */
const leastPower = ({ PMaxSchedule }: SAScheduleTuple): number =>
  Math.min(...PMaxSchedule.PMaxScheduleEntry.map(({ PMax }) => amount(PMax)));
