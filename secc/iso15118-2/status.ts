import type { DC_EVSEStatus, PhysicalValue } from "../../protocol/iso15118-2";
import { physical } from "../../protocol/v2g";
import type { Session, SessionSeen } from "../session";
import { timers } from "../timers";

type StatusCode = DC_EVSEStatus["EVSEStatusCode"];

/** DC_EVSEStatus of the moment; a stop the station wants is told with each (V2G2-680 family, S06). */
export const EVSEStatus = (session: Session, code: StatusCode, seen: SessionSeen): DC_EVSEStatus => ({
  NotificationMaxDelay: session.stopping
    ? Math.floor(timers[session.hurried ? "shutdown" : "NotificationMaxDelay"] / 1000)
    : 0,
  EVSENotification: session.stopping ? "StopCharging" : "None",
  EVSEIsolationStatus: checked(seen) ? "Valid" : seen.power.isolation,
  EVSEStatusCode: session.stopping ? "EVSE_Shutdown" : code,
});

/** Until power is delivered the cable check's finding stands: without a voltage the monitor has no samples. */
const checked = ({ stage }: SessionSeen): boolean => stage === "Checked" || stage === "PreCharging";

/** Measured, never the target (S19, V2G2-258). */
export const EVSEPresentVoltage = (seen: SessionSeen): PhysicalValue => physical(seen.power.voltage, "V");
export const EVSEPresentCurrent = (seen: SessionSeen): PhysicalValue => physical(seen.power.current, "A");

/** Volts that the car bears, as far as it has said so. */
export const carLimit = ({ evLimits }: Session): number => evLimits?.voltage ?? Number.POSITIVE_INFINITY;
