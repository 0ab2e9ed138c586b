import {
  changeTimers,
  type DecodedMme,
  freshKey,
  heard,
  ignore,
  keying,
  pollLink,
  restoreKey,
  type SlacInput,
  type SlacSeen,
  sendKey,
  step,
  suffixOf,
  timerNamed,
  unexpected,
  withTimers,
} from "../../protocol/homeplug";
import { comeBack } from "./crowd";
import { type SessionRow, sessionRows } from "./session";
import { completeConfig, type Session, type SlacOptions, type SlacState, type SlacStationStep } from "./state";
import { leave, linkLost, stationRows, unplug } from "./station";
import { toggled } from "./validation";

export type { SlacEffect, SlacEvent, SlacInput, SlacSeen } from "../../protocol/homeplug";
export type { SlacConfig, SlacOptions, SlacState } from "./state";

/** Power-up: a fresh key goes to the modem at once, long before a car comes. */
export function startSlac(options: SlacOptions, seen: SlacSeen): SlacStationStep {
  const config = completeConfig(options);
  const key = freshKey(seen);
  const state: SlacState = {
    config,
    at: "AwaitVehicle",
    plugged: false,
    key,
    keying: keying(key, seen),
    sessions: [],
    waiting: [],
    unanswered: 0,
    sends: 0,
    ignored: {},
  };
  return settle(state, step({ ...state, at: "AwaitSetKeyCnf" }, sendKey(config.mac, state.keying)));
}

export const stepSlac = (state: SlacState, input: SlacInput, seen: SlacSeen): SlacStationStep =>
  settle(state, take(state, input, seen));

function take(state: SlacState, input: SlacInput, seen: SlacSeen): SlacStationStep {
  switch (input.kind) {
    case "reset":
      return leave({ ...state, plugged: false }, seen);
    case "plugged":
      return step({ ...state, plugged: true, at: state.at === "AwaitVehicle" ? "AwaitCmSlacParmReq" : state.at });
    case "unplugged":
    case "leave":
      return unplug(state, seen);
    case "pause":
      return step(state.matched ? { ...state, at: "Paused" } : state);
    case "resume":
      return state.at === "Paused" ? pollLink({ ...state, at: "AwaitResumedLink" }) : step(state);
    case "modemRestarted":
      if (state.at === "Paused" || state.at === "AwaitResumedLink") return restoreKey(state);
      return state.at === "Matched" ? linkLost(state, seen) : leave(state, seen);
    case "toggled":
      return toggled(state, input.lasted);
    case "expired":
      return onExpired(state, input.timer, seen);
    case "mme":
      return onFrame(state, input.frame, seen);
  }
}

/** Starts and stops timers for wherever the step has led the station and each of its sessions. */
function settle(before: SlacState, after: SlacStationStep): SlacStationStep {
  const { state } = after;
  const { timers } = state.config;
  const slots = new Set([...before.sessions, ...state.sessions].map(({ slot }) => slot));
  const rowOf = ({ sessions }: SlacState, slot: number) => {
    const session = sessions.find((it) => it.slot === slot);
    return session && sessionRows[session.at];
  };
  return withTimers(after, [
    ...[...slots].flatMap((slot) => changeTimers(rowOf(before, slot), rowOf(state, slot), timers, suffixOf(slot))),
    ...changeTimers(stationRows[before.at], stationRows[state.at], timers),
  ]);
}

/** The state that leads: of the station, or of its most advanced session. */
export function atSlac(state: SlacState): string {
  if (state.at !== "Matching") return state.at;
  const order = Object.keys(sessionRows);
  const [first] = [...state.sessions].sort((a, b) => order.indexOf(b.at) - order.indexOf(a.at));
  return first?.at ?? state.at;
}

function onExpired(state: SlacState, name: string, seen: SlacSeen): SlacStationStep {
  const { timer, slot } = timerNamed(name);
  const ofStation = slot === 0 ? stationRows[state.at].expires[timer] : undefined;
  if (ofStation) return ofStation(state, seen);
  const session = state.sessions.find((it) => it.slot === slot);
  const ofSession = session && sessionRows[session.at].expires[timer];
  return ofSession ? ofSession(state, session) : step(state);
}

function onFrame(state: SlacState, frame: Uint8Array, seen: SlacSeen): SlacStationStep {
  const message = heard(frame, state.config);
  if (message.kind === "dropped") return ignore(state, message.reason);
  const ofStation = stationRows[state.at].accepts[message.name] as Handler | undefined;
  if (ofStation) return ofStation(state, message, seen);
  const sessions = state.sessions.filter((session) => isFor(message, session) && takes(session, message));
  const back = sessions.length === 0 && comesBack(state, message, seen);
  if (back) return onFrame(back, frame, seen);
  if (sessions.length === 0) return unexpected(state, message);
  return sessions.reduce<SlacStationStep>((done, session) => {
    const handler = takes(session, message) as SessionHandler;
    const next = handler(done.state, session, message, seen);
    return { state: next.state, effects: [...done.effects, ...next.effects] };
  }, step(state));
}

const comesBack = (state: SlacState, { name, sa, fields }: DecodedMme, { now }: SlacSeen): SlacState | undefined =>
  name === "CM_START_ATTEN_CHAR.IND" && state.at === "Matching" ? comeBack(state, sa, fields.RunID, now) : undefined;

type Handler = (state: SlacState, message: DecodedMme, seen: SlacSeen) => SlacStationStep;
type SessionHandler = (state: SlacState, session: Session, message: DecodedMme, seen: SlacSeen) => SlacStationStep;

const takes = (session: Session, { name }: DecodedMme): SessionRow["accepts"][typeof name] =>
  sessionRows[session.at].accepts[name];

/** Which car and run a message is of. Sounds are shown to every session of the car: see `onSound`. */
function isFor(message: DecodedMme, session: Session): boolean {
  if (message.name === "CM_ATTEN_PROFILE.IND") return message.fields.PEV_MAC === session.pevMac;
  if (message.sa !== session.pevMac) return false;
  if (message.name === "CM_MNBC_SOUND.IND" || message.name === "CM_VALIDATE.REQ") return true;
  return "RunID" in message.fields && message.fields.RunID === session.runId;
}
