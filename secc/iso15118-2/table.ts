import type { Bodies, RequestName, ResponseTo, V2gMessage } from "../../protocol/v2g";
import { grammarOf, message, responseTo } from "../../protocol/v2g";
import { chooseProtocol } from "../app-protocol";
import type { Session, SessionEffect, SessionSeen } from "../session";
import { authorise } from "./authorization";
import { checkCable } from "./cable-check";
import { discoverChargeParameters } from "./charge-parameter-discovery";
import { demandCurrent } from "./current-demand";
import { deliverPower } from "./power-delivery";
import { preCharge } from "./pre-charge";
import { refusal } from "./refusal";
import { detailService, discoverServices, selectPaymentAndServices } from "./services";
import { setUpSession } from "./session-setup";
import { stopEarly, stopSession } from "./session-stop";
import { detectWelding } from "./welding-detection";

/** Where the station waits. `Ended`: SessionStopRes is out, the car closes. `Closed`: nothing more is taken. */
export type At =
  | "AwaitSupportedAppProtocolReq"
  | "AwaitSessionSetupReq"
  | "AwaitServiceDiscoveryReq"
  | "AwaitPaymentServiceSelectionReq"
  | "AwaitAuthorizationReq"
  | "AwaitChargeParameterDiscoveryReq"
  | "AwaitCableCheckReq"
  | "AwaitPreChargeReq"
  | "AwaitPowerDeliveryReq"
  | "AwaitCurrentDemandReq"
  | "AwaitWeldingDetectionReq"
  | "AwaitSessionStopReq"
  | "Ended"
  | "Closed";

/** What a handler makes of a request: an answer and the state that follows, or a hold until the pilot has followed. */
export type Reply<Name extends RequestName> =
  | {
      readonly body: Bodies[ResponseTo<Name>];
      /** State to wait in next; the same one when absent. */
      readonly next?: At;
      readonly session?: Partial<Session>;
      readonly effects?: readonly SessionEffect[];
      /** Why the session ends with this answer. */
      readonly ending?: string;
    }
  | "hold";

/** `last`: the pilot has had its time; a hold is no answer any more. */
export type Handler<Name extends RequestName> = (
  session: Session,
  body: Bodies[Name],
  seen: SessionSeen,
  last: boolean,
  /** The id in the header, which need not be ours where a session begins. */
  SessionID?: string,
) => Reply<Name>;

interface Row {
  readonly accepts: { readonly [Name in RequestName]?: Handler<Name> };
  /** The timer that runs while the station waits here: the next request has to come before it (V2G2-443, V2G2-537). */
  readonly timer?: "V2G_SECC_Sequence_Timer";
}

const timer = "V2G_SECC_Sequence_Timer";

/** Sequence of an ISO 15118-2 DC session with external payment (V2G2-540 to V2G2-596). */
export const states: Readonly<Record<At, Row>> = {
  AwaitSupportedAppProtocolReq: { accepts: { supportedAppProtocolReq: negotiate }, timer },
  AwaitSessionSetupReq: { accepts: { SessionSetupReq: setUpSession }, timer },
  AwaitServiceDiscoveryReq: { accepts: { ServiceDiscoveryReq: discoverServices, SessionStopReq: stopEarly }, timer },
  AwaitPaymentServiceSelectionReq: {
    accepts: {
      ServiceDetailReq: detailService,
      PaymentServiceSelectionReq: selectPaymentAndServices,
      SessionStopReq: stopEarly,
    },
    timer,
  },
  AwaitAuthorizationReq: { accepts: { AuthorizationReq: authorise, SessionStopReq: stopEarly }, timer },
  AwaitChargeParameterDiscoveryReq: {
    accepts: { ChargeParameterDiscoveryReq: discoverChargeParameters, SessionStopReq: stopEarly },
    timer,
  },
  AwaitCableCheckReq: { accepts: { CableCheckReq: checkCable, SessionStopReq: stopEarly }, timer },
  AwaitPreChargeReq: { accepts: { PreChargeReq: preCharge, SessionStopReq: stopEarly }, timer },
  AwaitPowerDeliveryReq: {
    accepts: { PreChargeReq: preCharge, PowerDeliveryReq: deliverPower, SessionStopReq: stopEarly },
    timer,
  },
  AwaitCurrentDemandReq: { accepts: { CurrentDemandReq: demandCurrent, PowerDeliveryReq: deliverPower }, timer },
  AwaitWeldingDetectionReq: { accepts: { WeldingDetectionReq: detectWelding, SessionStopReq: stopSession }, timer },
  AwaitSessionStopReq: { accepts: { WeldingDetectionReq: detectWelding, SessionStopReq: stopSession }, timer },
  Ended: { accepts: {} },
  Closed: { accepts: {} },
};

type Outcome =
  | { hold: V2gMessage }
  | { message: V2gMessage; session: Partial<Session>; effects: readonly SessionEffect[]; ending?: string };

/**
 * Answers one request: a foreign SessionID is refused first (V2G2-460), then what the state does not await (V2G2-459,
 * V2G2-538), then what its handler refuses. Every refusal ends the session after it has been sent (V2G2-539).
 */
export function respond(session: Session, request: V2gMessage, seen: SessionSeen, last = false): Outcome {
  const name = request.name as RequestName;
  if (foreignSession(session, request)) return refused(session, name, "FAILED_UnknownSession", seen);
  const handler = states[session.at].accepts[name] as Handler<RequestName> | undefined;
  if (!handler) return refused(session, name, "FAILED_SequenceError", seen);
  const reply = handler(session, request.body as never, seen, last, request.header?.SessionID);
  if (reply === "hold") return { hold: request };
  const changed = { ...reply.session, ...(reply.next && { at: reply.next }) };
  const ending = reply.ending ?? failure(reply.body as { ResponseCode: string });
  return {
    message: outgoing({ ...session, ...changed }, responseTo(name), reply.body),
    session: changed,
    effects: reply.effects ?? [],
    ...(ending !== undefined && { ending }),
  };
}

const failure = ({ ResponseCode }: { ResponseCode: string }): string | undefined =>
  /^FAILED|^Failed/.test(ResponseCode) ? ResponseCode : undefined;

/** SessionSetupReq may carry any id (V2G2-750, V2G2-756); the handshake has no header; every other request has to carry ours. */
function foreignSession(session: Session, request: V2gMessage): boolean {
  if (request.name === "SessionSetupReq" || !request.header || session.at === "AwaitSessionSetupReq") return false;
  return request.header.SessionID !== session.SessionID;
}

function refused(
  session: Session,
  name: RequestName,
  code: "FAILED_UnknownSession" | "FAILED_SequenceError",
  seen: SessionSeen,
): Outcome {
  const response = responseTo(name);
  const message = outgoing(session, response, refusal(session, response, code, seen));
  return { message, session: {}, effects: [], ending: `${name}: ${code}` };
}

const outgoing = (session: Session, name: ResponseTo<RequestName>, body: Bodies[ResponseTo<RequestName>]): V2gMessage =>
  message(name, body as never, grammarOf(name) === "app-protocol" ? undefined : { SessionID: session.SessionID });

function negotiate(session: Session, body: Bodies["supportedAppProtocolReq"]): Reply<"supportedAppProtocolReq"> {
  const { response, chosen } = chooseProtocol(body, session.config.protocols);
  return chosen ? { body: response, next: "AwaitSessionSetupReq" } : { body: response };
}
