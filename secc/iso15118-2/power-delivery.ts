import type { PowerDeliveryReq, ResponseCode } from "../../protocol/iso15118-2";
import { amount } from "../../protocol/v2g";
import type { Session } from "../session";
import { SAScheduleTupleID } from "./charge-parameter-discovery";
import { EVSEStatus } from "./status";
import type { Handler } from "./table";

/** Start before the loop, Stop in it; whatever error the car gives as its reason for a stop, it is granted (TS4 DC_PowerDelivery_014–020). */
export const deliverPower: Handler<"PowerDeliveryReq"> = (session, request, seen) => {
  const delivering = session.at === "AwaitCurrentDemandReq";
  const fault = request.ChargeProgress === "Stop" ? undefined : refused(session, request, delivering);
  const answer = (code: ResponseCode, ready: boolean) => ({
    ResponseCode: code,
    DC_EVSEStatus: EVSEStatus(session, ready ? "EVSE_Ready" : "EVSE_NotReady", seen),
  });
  if (fault) return { body: answer(fault, false) };
  if (request.ChargeProgress === "Stop") {
    return {
      body: answer("OK", false),
      next: "AwaitWeldingDetectionReq",
      effects: [
        { do: "disarm", timer: "NotificationMaxDelay" },
        { do: "ask", ask: { kind: "rampDown" } },
      ],
    };
  }
  if (seen.stage !== "PreCharging") return { body: answer("FAILED_PowerDeliveryNotApplied", false) };
  return { body: answer("OK", true), next: "AwaitCurrentDemandReq" };
};

/** V2G2-225, V2G2-478, V2G2-479, V2G2-812: a schedule we offered, a profile within it, and no second start. */
function refused({ config }: Session, request: PowerDeliveryReq, delivering: boolean): ResponseCode | undefined {
  if (request.ChargeProgress === "Renegotiate") return "FAILED";
  if (delivering) return "FAILED_SequenceError";
  if (request.SAScheduleTupleID !== SAScheduleTupleID) return "FAILED_TariffSelectionInvalid";
  const entries = request.ChargingProfile?.ProfileEntry ?? [];
  const excessive = entries.some((entry) => amount(entry.ChargingProfileEntryMaxPower) > config.limits.maximumPower);
  return excessive ? "FAILED_ChargingProfileInvalid" : undefined;
}
