import { calls } from "../pilot";
import type { Session } from "../session";
import { carLimit, EVSEStatus } from "./status";
import type { Handler } from "./table";

/**
 * Starts the isolation test once the car shows C, or D where there is ventilation, and reports on it. A car that stays in another
 * state is refused after `CP_state_detection` (V2G2-918, CP09).
 */
export const checkCable: Handler<"CableCheckReq"> = (session, _, seen, last) => {
  const respond = (ResponseCode: "OK" | "FAILED", EVSEProcessing: "Ongoing" | "Finished") => ({
    ResponseCode,
    DC_EVSEStatus: EVSEStatus(
      session,
      EVSEProcessing === "Finished" && ResponseCode === "OK" ? "EVSE_Ready" : "EVSE_IsolationMonitoringActive",
      seen,
    ),
    EVSEProcessing,
  });
  if (!calls(seen.pilot, session.config)) return last ? { body: respond("FAILED", "Finished") } : "hold";
  switch (seen.stage) {
    case "Checked":
      return { body: respond("OK", "Finished"), next: "AwaitPreChargeReq" };
    case "Faulty":
      return { body: respond("FAILED", "Finished") };
    case "Off":
      return {
        body: respond("OK", "Ongoing"),
        effects: [
          { do: "ask", ask: { kind: "cableCheck", voltage: testVoltage(session), carLimit: carLimit(session) } },
        ],
      };
    default:
      return { body: respond("OK", "Ongoing") };
  }
};

/** IEC 61851-23 CC.4.1.2 (S09): 500 V for cars up to 500 V, 110 % of the car's limit above, never over the supply's. */
function testVoltage({ config, evLimits }: Session): number {
  const most = config.limits.maximumVoltage;
  const car = evLimits?.voltage ?? 500;
  return car <= 500 ? Math.min(500, car + 50, most) : Math.min(most, 1.1 * car);
}
