import { defaultOf, messages, type ResponseCode } from "../../protocol/iso15118-2";
import type { Bodies, RequestName, ResponseName, ResponseTo } from "../../protocol/v2g";
import type { Session, SessionSeen } from "../session";
import { EVSEPresentVoltage, EVSEStatus } from "./status";

/** Optional fields that a default carries and a refusal has nothing to say about. (PaymentDetailsRes needs its EVSETimeStamp.) */
const optional: { readonly [Name in ResponseName]?: readonly (keyof Bodies[Name])[] } = {
  SessionSetupRes: ["EVSETimeStamp"],
  ServiceDetailRes: ["ServiceParameterList"],
  ChargeParameterDiscoveryRes: ["SAScheduleList"],
  ChargingStatusRes: ["MeterInfo", "ReceiptRequired"],
  CurrentDemandRes: ["MeterInfo", "ReceiptRequired"],
};

/** A negative answer with every mandatory field filled validly (V2G2-736) and nothing in it that would be untrue. */
export function refusal<Name extends ResponseTo<RequestName>>(
  session: Session,
  name: Name,
  code: ResponseCode,
  seen: SessionSeen,
): Bodies[Name] {
  const body: Record<string, unknown> = { ...defaultOf(messages[name as keyof typeof messages]) };
  const truth: Record<string, unknown> = {
    EVSEID: session.config.EVSEID,
    DC_EVSEStatus: EVSEStatus(session, "EVSE_NotReady", seen),
    EVSEPresentVoltage: EVSEPresentVoltage(seen),
    EVSEProcessing: "Finished",
  };
  for (const field of Object.keys(truth)) if (field in body) body[field] = truth[field];
  for (const field of optional[name] ?? []) delete body[field as string];
  return { ...body, ResponseCode: code } as Bodies[Name];
}
