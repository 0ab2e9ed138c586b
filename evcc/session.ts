import type { Millis } from "../core/clock";
import type { LogEffect, Step, TimerEffect } from "../core/machine";
import type { PilotLoad } from "../core/pilot";
import type { InletReading } from "../core/power";
import {
  type Grammar,
  grammarOf,
  message,
  type RequestName,
  responseTo,
  type V2gInput,
  type V2gMessage,
} from "../protocol/v2g";
import type { EvccConfig } from "./config";
import { pauses, requests } from "./iso15118-2/requests";
import { type Decision, states } from "./iso15118-2/table";
import { type Asks, messageTimeout } from "./timers";

/** Where the car waits: for the answer to its last request. `Closed`: the session is over. */
export type At = `Await${"SupportedAppProtocol" | Exclude<Stem<Asks>, "supportedAppProtocol">}Res` | "Closed";
type Stem<Name extends string> = Name extends `${infer S}Req` ? S : never;

export interface SessionSeen {
  readonly now: Millis;
  readonly inlet: InletReading;
}

export interface Session {
  readonly at: At;
  readonly config: EvccConfig;
  /** Upper-case hex, all zero until SessionSetupRes has given one. */
  readonly SessionID: string;
  /** Request that goes out when the pace timer expires; its answer is what `at` waits for. */
  readonly pending?: Asks;
  /** Timer of the phase, running over several requests (Ongoing, CableCheck, PreCharge). */
  readonly phase?: string;
  /** It goes on after a pause. */
  readonly resumed: boolean;
  readonly SAScheduleTupleID: number;
  /** Watts of the schedule it has taken, as far as there is one. */
  readonly PMax?: number;
  /** CurrentDemand responses so far. */
  readonly loops: number;
  /** WeldingDetection responses so far. */
  readonly weldingChecks: number;
  /** Why the car wants to stop, once it does. */
  readonly stopping?: string;
  readonly chargeProgress: "Start" | "Stop";
}

export type SessionEffect =
  | { do: "send"; message: V2gMessage }
  | { do: "close" }
  | { do: "present"; load: PilotLoad }
  | { do: "contactor"; closed: boolean }
  | { do: "established" }
  /** `paused`: the id under which it goes on later. */
  | { do: "ended"; because: string; orderly: boolean; paused?: string }
  | TimerEffect
  | LogEffect;

export type SessionInput =
  | V2gInput
  | { kind: "stop" }
  | { kind: "abort"; because: string }
  | { kind: "expired"; timer: string };
export type SessionStep = Step<Session, SessionEffect>;

export const messageTimer = "V2G_EVCC_Msg_Timer";
export const paceTimer = "pace";
const noSession = "0000000000000000";

/**
 * Opens the dialogue on a fresh connection.
 * @param paused id of the session that goes on
 */
export function openSession(config: EvccConfig, seen: SessionSeen, paused?: string): SessionStep {
  const session: Session = {
    at: "AwaitSupportedAppProtocolRes",
    config,
    SessionID: paused ?? noSession,
    resumed: paused !== undefined,
    SAScheduleTupleID: 1,
    loops: 0,
    weldingChecks: 0,
    chargeProgress: "Start",
  };
  return request(session, "supportedAppProtocolReq", seen);
}

export const sessionGrammar = (session: Session): Grammar =>
  session.at === "AwaitSupportedAppProtocolRes" ? "app-protocol" : "iso15118-2";

export function stepSession(session: Session, input: SessionInput, seen: SessionSeen): SessionStep {
  if (session.at === "Closed") return { state: session, effects: [] };
  switch (input.kind) {
    case "message":
      return received(session, input.message, seen);
    case "undecodable":
      return end(session, `undecodable response: ${input.reason}`);
    case "oversize":
      return end(session, "payload length over the cap");
    case "skipped":
      return {
        state: session,
        effects: [{ do: "log", level: "warn", text: "Wrong V2GTP header", fields: { fault: input.fault } }],
      };
    case "closed":
      return end(session, `connection lost (${input.reason})`);
    case "stop":
      return { state: { ...session, stopping: session.stopping ?? "asked to" }, effects: [] };
    case "abort":
      return end(session, input.because);
    case "expired":
      return expired(session, input.timer, seen);
  }
}

function expired(session: Session, timer: string, seen: SessionSeen): SessionStep {
  if (timer === paceTimer)
    return session.pending ? request(session, session.pending, seen) : { state: session, effects: [] };
  if (timer === messageTimer) return end(session, `V2G_EVCC_Msg_Timeout in ${session.at}`);
  return timer === session.phase ? end(session, `${timer} has expired`) : { state: session, effects: [] };
}

/** Sends a request and waits for its answer no longer than its message timeout. */
function request(session: Session, name: Asks, seen: SessionSeen): SessionStep {
  const { pending: _, ...rest } = session;
  const state: Session = { ...rest, at: awaiting(name) };
  const header = grammarOf(name) === "app-protocol" ? undefined : { SessionID: session.SessionID };
  const body = requests[name](state, seen);
  const effects: SessionEffect[] = [
    { do: "send", message: message(name, body as never, header) },
    { do: "arm", timer: messageTimer, ms: messageTimeout[name] },
  ];
  const phase = states[state.at as Exclude<At, "Closed">].phase;
  if (!phase || session.phase === phase.timer) return { state, effects };
  return { state: { ...state, phase: phase.timer }, effects: [...effects, { do: "arm", ...phase }] };
}

const awaiting = (name: Asks): At => {
  const response = responseTo(name as RequestName) as string;
  return `Await${response[0]?.toUpperCase()}${response.slice(1)}` as At;
};

/** One answer: of the right kind, in our session and positive, or the session is over (V2G2-734, V2G2-735). */
function received(session: Session, { name, header, body }: V2gMessage, seen: SessionSeen): SessionStep {
  const row = states[session.at as Exclude<At, "Closed">];
  if (session.pending !== undefined) return end(session, `${name} was not asked for`);
  if (name !== row.accepts) return end(session, `${name} instead of ${row.accepts}`);
  const { ResponseCode } = body as { ResponseCode: string };
  if (!ResponseCode.startsWith("OK")) return end(session, `${name}: ${ResponseCode}`);
  const begins = name === "SessionSetupRes";
  const strange = header && !begins && header.SessionID !== session.SessionID;
  if (strange) return end(session, `${name} with a foreign SessionID`);
  const notified = notification(body);
  const informed: Session = notified && !session.stopping ? { ...session, stopping: notified } : session;
  const known = header ? { ...informed, SessionID: header.SessionID } : informed;
  return follow(known, row.decide(known, body as never, seen));
}

const stopCodes: readonly string[] = ["EVSE_Shutdown", "EVSE_EmergencyShutdown", "EVSE_Malfunction"];

/** What the station asks for in its status (S06). */
function notification(body: object): string | undefined {
  const status = (body as { DC_EVSEStatus?: { EVSENotification: string; EVSEStatusCode: string } }).DC_EVSEStatus;
  if (!status) return undefined;
  if (status.EVSENotification === "StopCharging") return "EVSENotification StopCharging";
  return stopCodes.includes(status.EVSEStatusCode) ? status.EVSEStatusCode : undefined;
}

function follow(session: Session, decision: Decision): SessionStep {
  const disarm: SessionEffect[] = [{ do: "disarm", timer: messageTimer }];
  const changed: Session = { ...session, ...decision.session };
  if ("end" in decision) {
    const last = end(changed, decision.end, decision.orderly);
    return { state: last.state, effects: [...disarm, ...(decision.effects ?? []), ...last.effects] };
  }
  const { phase: _, ...unphased } = changed;
  const next = awaiting(decision.next);
  const stays = next === session.at;
  const began = stays && decision.phase && !changed.phase ? decision.phase : undefined;
  const state: Session = {
    ...(stays ? changed : unphased),
    at: next,
    pending: decision.next,
    ...(began && { phase: began.timer }),
  };
  const phased: SessionEffect[] = began ? [{ do: "arm", ...began }] : [];
  if (!stays && session.phase) phased.push({ do: "disarm", timer: session.phase });
  return {
    state,
    effects: [
      ...disarm,
      ...phased,
      ...(decision.effects ?? []),
      { do: "arm", timer: paceTimer, ms: decision.pace ?? session.config.pace.next },
    ],
  };
}

/** The one way out: contactor open and pilot B at once (V2G2-848 allows 250 ms), then the connection. */
function end(session: Session, because: string, orderly = false): SessionStep {
  const { phase, pending: _, ...rest } = session;
  return {
    state: { ...rest, at: "Closed" },
    effects: [
      { do: "disarm", timer: messageTimer },
      { do: "disarm", timer: paceTimer },
      ...(phase ? [{ do: "disarm", timer: phase } as const] : []),
      { do: "contactor", closed: false },
      { do: "present", load: "B" },
      { do: "close" },
      { do: "ended", because, orderly, ...(orderly && pauses(session) && { paused: session.SessionID }) },
    ],
  };
}
