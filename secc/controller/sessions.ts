import { hex } from "../../core/bytes";
import type { Endpoint } from "../../core/network";
import { answerSdp } from "../sdp";
import { newSession, type Session, type SessionEffect, type SessionInput, stepSession } from "../session";
import { alarm, idle, type Turn } from "./turn";

/** What comes over IPv6 while the match is being confirmed comes from the matched car: nothing else passes the modem. */
const open = ({ state: { at } }: Turn): boolean => at === "AwaitMatch" || at === "AwaitConnection";

/** SDP is answered until there is a connection, not after V2G_SECC_CommunicationSetup_Timeout (V2G2-723). */
export function asked(turn: Turn, bytes: Uint8Array, from: Endpoint): void {
  const answer = open(turn) ? answerSdp(bytes, turn.state.config) : undefined;
  if (answer) turn.does({ do: "answer", bytes: answer, to: from });
}

export function accepted(turn: Turn, connection: number): void {
  if (!open(turn)) return turn.does({ do: "close", connection });
  const { pause, ...rest } = turn.state;
  const session: Session = { ...newSession(rest.config), ...(pause && { old: pause }) };
  turn.state = rest;
  turn.set({
    connection,
    session: turn.state.authorised ? { ...session, authorised: true } : session,
    at: "InSession",
  });
  turn.log("info", "Launching ISO 15118 SECC");
  if (!turn.state.slac) turn.arm("V2G_SECC_CommunicationSetup_Timer");
}

export function authorised(turn: Turn, input: { kind: "authorise" } | { kind: "deauthorise" }): void {
  const { at } = turn.state;
  if (at === "InSession") tellSession(turn, input);
  else if (at !== "AwaitUnplug") turn.set({ authorised: input.kind === "authorise" });
}

export function tellSession(turn: Turn, input: SessionInput): void {
  const { session, power, supervision } = turn.state;
  if (!session) return;
  const { now, pilot, power: reading, random } = turn.seen;
  const stage = supervision.heat && power.stage === "Off" ? "Faulty" : power.stage;
  const seen = { now, pilot: pilot.state, power: reading, stage, random: (n: number) => hex(random(n)) };
  const { state, effects } = stepSession(session, input, seen);
  if (session.at === "AwaitSessionSetupReq" && state.at === "AwaitServiceDiscoveryReq") {
    turn.disarm("V2G_SECC_CommunicationSetup_Timer");
  }
  turn.set({ session: state });
  for (const effect of effects) take(turn, effect);
}

function take(turn: Turn, effect: SessionEffect): void {
  const { connection } = turn.state;
  if (effect.do === "ask") turn.power({ kind: "ask", ask: effect.ask });
  else if (effect.do === "ended") ended(turn, effect.because);
  else if (effect.do !== "send" && effect.do !== "close") turn.does(effect);
  else if (connection !== undefined) turn.does({ ...effect, connection });
}

function ended(turn: Turn, because: string): void {
  const { session, config } = turn.state;
  const { connection: _, authorised: __, ...rest } = turn.state;
  turn.state = { ...rest, at: turn.state.at === "AwaitVehicle" ? "AwaitVehicle" : "AwaitUnplug" };
  if (session?.paused && !rest.alarm && turn.state.at === "AwaitUnplug") paused(turn, session);
  turn.log("info", "Session ended", { because });
  turn.disarm("V2G_SECC_CommunicationSetup_Timer");
  const { enabled, window, max } = config.duplicateResend;
  if (session) {
    const settings = { dup_resend_enabled: enabled, dup_window_s: window / 1000, dup_resend_max: max };
    turn.does({ do: "metrics", counters: { ...session.counters, ...settings } });
  }
  turn.drive(rest.alarm ? alarm : idle);
  if (turn.state.at !== "Paused") turn.arm("TP_match_leave");
}

/** It is the station's whole state that goes on from here: what a session has to know again is kept. */
function paused(turn: Turn, { SessionID, authorised }: Session): void {
  turn.set({ at: "Paused", pause: { SessionID, authorised, rested: false, woken: false } });
}

/** A fast car can be past SessionSetup before the station's modem has confirmed the link. */
export const established = (session: Session | undefined): boolean =>
  session !== undefined && session.at !== "AwaitSupportedAppProtocolReq" && session.at !== "AwaitSessionSetupReq";
