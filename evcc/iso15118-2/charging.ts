import { amount } from "../../protocol/v2g";
import { stopEarly } from "./stopping";
import type { Decide } from "./table";

/** Below this the contactor opens without an arc (S03). */
const noCurrent = 1;

export const cableChecked: Decide<"CableCheckRes"> = ({ stopping, config }, { EVSEProcessing, DC_EVSEStatus }) => {
  if (stopping) return stopEarly();
  if (EVSEProcessing !== "Finished") return { next: "CableCheckReq", pace: config.pace.cableCheck };
  if (DC_EVSEStatus.EVSEIsolationStatus === "Fault" || DC_EVSEStatus.EVSEIsolationStatus === "Invalid") {
    return { ...stopEarly(), session: { stopping: `isolation ${DC_EVSEStatus.EVSEIsolationStatus}` } };
  }
  return { next: "PreChargeReq" };
};

/** The contactor closes only when the voltage at the inlet, as the car measures it, is close to the battery's (S15). */
export const preCharged: Decide<"PreChargeRes"> = ({ stopping, config }, _, { inlet }) => {
  if (stopping) return stopEarly();
  const close = Math.abs(inlet.voltage - inlet.batteryVoltage) < config.contactorTolerance;
  if (!close) return { next: "PreChargeReq", pace: config.pace.preCharge };
  return {
    next: "PowerDeliveryReq",
    session: { chargeProgress: "Start" },
    pace: 100,
    effects: [{ do: "contactor", closed: true }],
  };
};

export const powerDelivered: Decide<"PowerDeliveryRes"> = ({ chargeProgress }) =>
  chargeProgress === "Start"
    ? { next: "CurrentDemandReq" }
    : {
        next: "WeldingDetectionReq",
        pace: 100,
        effects: [
          { do: "contactor", closed: false },
          { do: "present", load: "B" },
        ],
      };

/** Charges until full, counted out or told to stop; then asks for 0 A and stops when the current has gone. */
export const currentDelivered: Decide<"CurrentDemandRes"> = (session, body, { inlet }) => {
  const { config, stopping } = session;
  const loops = session.loops + 1;
  const reason = stopping ?? enough(config.stopAt, loops, inlet.soc);
  const counted = { loops, ...(reason !== undefined && { stopping: reason }) };
  const flowing = Math.max(Math.abs(inlet.current), Math.abs(amount(body.EVSEPresentCurrent)));
  if (reason === undefined || flowing >= noCurrent)
    return { next: "CurrentDemandReq", pace: config.pace.loop, session: counted };
  return { next: "PowerDeliveryReq", session: { ...counted, chargeProgress: "Stop" } };
};

function enough(stopAt: { soc?: number; loops?: number }, loops: number, soc: number): string | undefined {
  if (stopAt.loops !== undefined && loops >= stopAt.loops) return `${loops} loops`;
  if (stopAt.soc !== undefined && soc >= stopAt.soc) return `${stopAt.soc} % reached`;
  return undefined;
}
