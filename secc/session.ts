import { sameBytes } from "../core/bytes";
import type { Millis } from "../core/clock";
import type { LogEffect, Step, TimerEffect } from "../core/machine";
import type { PilotState } from "../core/pilot";
import type { PowerReading } from "../core/power";
import type { Grammar, V2gInput, V2gMessage } from "../protocol/v2g";
import type { SeccConfig } from "./config";
import { type At, respond, states } from "./iso15118-2/table";
import type { PowerAsk, PowerStage } from "./power";
import { timers } from "./timers";

/** Counters of one session, reported in one JSON line when it ends (V2G_METRICS_UDP). */
export interface Counters {
  readonly rx_decode_errors: number;
  readonly rx_validation_errors: number;
  readonly rx_invalid_v2gtp: number;
  readonly dup_resent_count: number;
}

/** What a session can see of the station while it steps. */
export interface SessionSeen {
  readonly now: Millis;
  readonly power: PowerReading;
  readonly stage: PowerStage;
  readonly pilot: PilotState;
  /** Fresh random bytes as upper-case hex. */
  random(bytes: number): string;
}

/** The last answered request, kept for a byte-identical repeat. */
export interface Answered {
  readonly payload: Uint8Array;
  readonly response: V2gMessage;
  readonly at: Millis;
  readonly resent: number;
}

export interface Session {
  readonly at: At;
  readonly config: SeccConfig;
  /** Upper-case hex, eight bytes; all zero before SessionSetup. */
  readonly SessionID: string;
  /** The session that was paused before: joined by a car that names it (V2G2-740). */
  readonly old?: { readonly SessionID: string; readonly authorised: boolean };
  /** It ends in a pause. */
  readonly paused?: true;
  readonly EVCCID?: string;
  readonly counters: Counters;
  readonly authorised: boolean;
  /** The station wants to stop: told to the car with every status. */
  readonly stopping: boolean;
  /** It wants so because its process is to end: the car has less time. */
  readonly hurried?: true;
  /** Limits of the car, as its ChargeParameterDiscoveryReq or a later CurrentDemandReq has them; volts and amperes. */
  readonly evLimits?: { readonly voltage: number; readonly current: number };
  /** A request that waits for the pilot to follow, V2G2-918 and V2G2-921. */
  readonly held?: { readonly message: V2gMessage; readonly payload: Uint8Array };
  readonly answered?: Answered;
}

export type SessionEffect =
  | { do: "send"; message: V2gMessage }
  | { do: "close" }
  | { do: "ask"; ask: PowerAsk }
  /** The session is over for good; the station decides what follows. */
  | { do: "ended"; because: string }
  | TimerEffect
  | LogEffect;

export type SessionInput =
  | V2gInput
  | { kind: "authorise" }
  | { kind: "deauthorise" }
  | { kind: "stop" }
  /** The station gives up: pilot, link or power path. */
  | { kind: "abort"; because: string }
  | { kind: "shutdown" }
  | { kind: "pilot"; state: PilotState }
  | { kind: "expired"; timer: string };

export type SessionStep = Step<Session, SessionEffect>;

export const sequenceTimer = "V2G_SECC_Sequence_Timer";
export const pilotTimer = "CP_state_detection";
export const stopTimer = "NotificationMaxDelay";
const shutdownTimer = "shutdown";
export const terminationTimer = "TCP_termination";
export const noSession = "0000000000000000";

export const newSession = (config: SeccConfig): Session => ({
  at: "AwaitSupportedAppProtocolReq",
  config,
  SessionID: noSession,
  counters: { rx_decode_errors: 0, rx_validation_errors: 0, rx_invalid_v2gtp: 0, dup_resent_count: 0 },
  authorised: config.authorisation === "free",
  stopping: false,
});

export const sessionGrammar = (session: Session): Grammar =>
  session.at === "AwaitSupportedAppProtocolReq" ? "app-protocol" : "iso15118-2";

/** One input of a session that is connected. Every way out goes through `end`: power first, then the connection. */
export function stepSession(session: Session, input: SessionInput, seen: SessionSeen): SessionStep {
  if (session.at === "Closed") return stay(session);
  switch (input.kind) {
    case "message":
      return received(session, input, seen);
    case "undecodable":
      return resend(session, input.payload, seen) ?? undecodable(session, input.reason);
    case "skipped":
      return stay(count(session, "rx_invalid_v2gtp"));
    case "oversize":
      return end(count(session, "rx_invalid_v2gtp"), "payload length over the cap");
    case "closed":
      return end(session, session.at === "Ended" ? "closed by the EVCC" : `connection lost (${input.reason})`);
    case "expired":
      return expired(session, input.timer, seen);
    case "authorise":
      return stay({ ...session, authorised: true });
    case "deauthorise":
      return stopRequested({ ...session, authorised: false });
    case "stop":
      return stopRequested(session);
    case "abort":
      return end(session, input.because);
    case "shutdown":
      return shutDown(session);
    case "pilot":
      return session.held ? retryHeld(session, seen, false) : stay(session);
  }
}

type Received = Extract<V2gInput, { kind: "message" }>;

function received(session: Session, input: Received, seen: SessionSeen): SessionStep {
  if (input.violations.length === 0) return answer(session, input.message, input.payload, seen);
  const [first] = input.violations;
  if (session.config.strictBounds) return undecodable(session, `${first?.path}: ${first?.bound}`);
  const step = answer(count(session, "rx_validation_errors"), input.message, input.payload, seen);
  const warning: LogEffect = { do: "log", level: "warn", text: "A bound is broken", fields: { ...first } };
  return { state: step.state, effects: [warning, ...step.effects] };
}

/** Answers a request the present state accepts; otherwise a stored answer, when resending is on, or a refusal. */
function answer(session: Session, message: V2gMessage, payload: Uint8Array, seen: SessionSeen): SessionStep {
  const accepted = message.name in states[session.at].accepts;
  if (!accepted) {
    const again = resend(session, payload, seen);
    if (again) return again;
  }
  return finish(session, respond(session, message, seen), payload, seen);
}

function finish(
  session: Session,
  reply: ReturnType<typeof respond>,
  payload: Uint8Array,
  seen: SessionSeen,
): SessionStep {
  if ("hold" in reply) {
    const waits: TimerEffect[] = [
      { do: "disarm", timer: sequenceTimer },
      { do: "arm", timer: pilotTimer, ms: timers[pilotTimer] },
    ];
    return { state: { ...session, held: { message: reply.hold, payload } }, effects: waits };
  }
  const { message, session: changed, effects, ending } = reply;
  const { held: _, ...rest } = { ...session, ...changed };
  const state: Session = { ...rest, answered: { payload, response: message, at: seen.now, resent: 0 } };
  const released: TimerEffect[] = session.held ? [{ do: "disarm", timer: pilotTimer }] : [];
  const sent: SessionEffect[] = [...released, { do: "send", message }, ...effects];
  if (ending !== undefined) {
    // G2: after a refusal the power goes before the connection does.
    const last = end(state, ending);
    return { state: last.state, effects: [...sent, ...last.effects] };
  }
  return { state, effects: [...sent, ...armed(state)] };
}

/** The timer of the state the session waits in (V2G2-443): armed by the answer, not by what arrives in between. */
function armed(session: Session): TimerEffect[] {
  if (states[session.at].timer === undefined) return [];
  return [{ do: "arm", timer: sequenceTimer, ms: session.config.sequenceTimeout }];
}

function retryHeld(session: Session, seen: SessionSeen, last: boolean): SessionStep {
  const { held } = session;
  if (!held) return stay(session);
  const reply = respond(session, held.message, seen, last);
  if ("hold" in reply) return stay(session);
  return finish(session, reply, held.payload, seen);
}

/** The stored answer for a byte-identical request inside the window, at most `max` times; it does not extend the window. */
function resend(session: Session, payload: Uint8Array, seen: SessionSeen): SessionStep | undefined {
  const { answered, config } = session;
  const { enabled, window, max } = config.duplicateResend;
  if (!enabled || !answered || answered.resent >= max || seen.now - answered.at > window) return undefined;
  if (!sameBytes(answered.payload, payload)) return undefined;
  const state: Session = { ...session, answered: { ...answered, resent: answered.resent + 1 } };
  return { state: count(state, "dup_resent_count"), effects: [{ do: "send", message: answered.response }] };
}

function undecodable(session: Session, reason: string): SessionStep {
  const state = count(session, "rx_decode_errors");
  if (state.counters.rx_decode_errors > state.config.maxDecodeErrors)
    return end(state, `undecodable payload: ${reason}`);
  return { state, effects: [{ do: "log", level: "warn", text: "Undecodable payload", fields: { reason } }] };
}

function expired(session: Session, timer: string, seen: SessionSeen): SessionStep {
  if (timer === pilotTimer) return retryHeld(session, seen, true);
  if (timer === sequenceTimer) return end(session, "V2G_SECC_Sequence_Timeout (V2G2-443)");
  if (timer === stopTimer) return end(session, "the EVCC did not stop in time");
  if (timer === shutdownTimer) return end(session, "the station is shut down", true);
  if (timer === terminationTimer) return end(session, "the EVCC did not close the connection");
  return stay(session);
}

function stopRequested(session: Session): SessionStep {
  if (session.stopping) return stay(session);
  return { state: { ...session, stopping: true }, effects: [{ do: "arm", timer: stopTimer, ms: timers[stopTimer] }] };
}

/** States in which a car is fed, or about to be, or is still connected. */
const underPower: readonly At[] = [
  "AwaitCableCheckReq",
  "AwaitPreChargeReq",
  "AwaitPowerDeliveryReq",
  "AwaitCurrentDemandReq",
  "AwaitWeldingDetectionReq",
  "AwaitSessionStopReq",
];

/** CL03: such a car is asked to stop first; one that only talks need not be waited for. */
function shutDown(session: Session): SessionStep {
  if (!underPower.includes(session.at)) return end(session, "the station is shut down", true);
  const { state, effects } = stopRequested(session);
  return {
    state: { ...state, hurried: true },
    effects: [...effects, { do: "arm", timer: shutdownTimer, ms: timers[shutdownTimer] }],
  };
}

const stay = (session: Session): SessionStep => ({ state: session, effects: [] });

const count = (session: Session, what: keyof Counters): Session => ({
  ...session,
  counters: { ...session.counters, [what]: session.counters[what] + 1 },
});

/** The one way out of a session: timers gone, power off, connection closed (V2G2-034, V2G2-539). */
function end(session: Session, because: string, orderly = session.at === "Ended"): SessionStep {
  if (session.at === "Closed") return stay(session);
  return {
    state: { ...session, at: "Closed" },
    effects: [
      { do: "disarm", timer: sequenceTimer },
      { do: "disarm", timer: pilotTimer },
      { do: "disarm", timer: stopTimer },
      { do: "disarm", timer: shutdownTimer },
      { do: "disarm", timer: terminationTimer },
      { do: "ask", ask: orderly ? { kind: "release" } : { kind: "emergency", reason: because } },
      { do: "close" },
      { do: "ended", because },
    ],
  };
}
