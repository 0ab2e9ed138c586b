import {
  armTimer,
  askLink,
  encodeMme,
  freshKey,
  ignore,
  keying,
  keyTaken,
  type Mme,
  type Row,
  refusals,
  refuse,
  type SlacEffect,
  type SlacSeen,
  sendKey,
  slacConstants,
  step,
  suffixOf,
  then,
} from "../../protocol/homeplug";
import { matchCnf, newSession } from "./session";
import { type SlacState, type SlacStationStep, type StationAt, without, withSession } from "./state";

type StationRow = Row<SlacState>;

/** Unanswered questions after the link that mean a dead modem. */
const SILENT_MODEM = 5;

export const stationRows: Readonly<Record<StationAt, StationRow>> = {
  AwaitSetKeyCnf: { accepts: { "CM_SET_KEY.CNF": onSetKeyCnf }, expires: { T_set_key_response: repeatKey } },
  AwaitVehicle: { accepts: {}, expires: {} },
  AwaitCmSlacParmReq: { accepts: { "CM_SLAC_PARM.REQ": onParmReq }, expires: { TT_EVSE_SLAC_init: noVehicle } },
  Matching: { accepts: { "CM_SLAC_PARM.REQ": onParmReq }, expires: {} },
  AwaitLink: {
    accepts: {
      "CM_SLAC_MATCH.REQ": onMatchReqAgain,
      "CM_SLAC_PARM.REQ": onParmReqWhileJoining,
      "VS_PL_LNK_STATUS.CNF": onLinkPolled,
    },
    expires: { TT_match_join: noLink, T_link_poll: pollLink },
  },
  AwaitLinkReady: {
    accepts: { "CM_AMP_MAP.REQ": onAmpMap },
    expires: { TP_link_ready_notification: linkReady },
  },
  Matched: {
    accepts: { "VS_PL_LNK_STATUS.CNF": onLinkWatched, "CM_AMP_MAP.REQ": onAmpMap },
    expires: { T_link_watch: watchLink },
  },
};

/** Leaves the network, if in any, for a fresh one of its own (V2G3-M09-17). The modem restarts its network for it, so not later. */
export function leave(state: SlacState, seen: SlacSeen): SlacStationStep {
  const key = freshKey(seen);
  const { matched: _, ...rest } = state;
  const next: SlacState = {
    ...rest,
    at: "AwaitSetKeyCnf",
    key,
    keying: keying(key, seen),
    sessions: [],
    unanswered: 0,
  };
  const { mac, timers } = state.config;
  return step(next, sendKey(mac, next.keying), armTimer("T_set_key_response", timers));
}

/** No car: all sessions end. A key that a car was told is replaced; another is kept, so the next car finds the modem ready. */
export function unplug(state: SlacState, seen: SlacSeen): SlacStationStep {
  const next = { ...state, plugged: false };
  if (state.at === "AwaitSetKeyCnf") return step(next);
  return state.matched ? leave(next, seen) : step({ ...next, at: "AwaitVehicle", sessions: [] });
}

function onSetKeyCnf(state: SlacState, message: Mme<"CM_SET_KEY.CNF">): SlacStationStep {
  if (!keyTaken(message, state.keying, state.config)) {
    return ignore(state, "KeyRefused", "the modem has not taken the key", message.fields);
  }
  return step({ ...state, at: state.plugged ? "AwaitCmSlacParmReq" : "AwaitVehicle" });
}

/** A modem may refuse for a while after a match, or be booting: after three attempts it is asked at leisure, without end. */
function repeatKey(state: SlacState): SlacStationStep {
  const { config, keying: old } = state;
  const silent = old.sends === slacConstants.C_EV_match_retry + 1;
  const next = { ...state, keying: { ...old, sends: old.sends + 1 } };
  const pause = old.sends > slacConstants.C_EV_match_retry;
  const ms = pause ? config.timers.T_set_key_pause : config.timers.T_set_key_response;
  const told: SlacEffect[] = [{ do: "log", level: "error", text: "the modem does not take a key" }];
  return step(next, ...(silent ? told : []), sendKey(config.mac, next.keying), {
    do: "arm",
    timer: "slac.T_set_key_response",
    ms,
  });
}

/** V2G3-M06-07: no valid request in time. Requests that come later are not answered. */
function noVehicle(state: SlacState): SlacStationStep {
  const event = { kind: "matchFailed", reason: "TT_EVSE_SLAC_init" } as const;
  return step({ ...state, at: "AwaitVehicle", plugged: false }, { do: "tell", event });
}

/** V2G3-A09-16: a repeated request restarts that car's session; another RunID or car opens one beside it. */
function onParmReq(state: SlacState, message: Mme<"CM_SLAC_PARM.REQ">): SlacStationStep {
  const why = refusals(message, state.config);
  if (why.length > 0) return refuse(state, message, why);
  const { sa, fields } = message;
  const same = state.sessions.find((it) => it.pevMac === sa && it.runId === fields.RunID);
  const room = same ? state : makeRoom(state, sa);
  if (!room) return ignore(state, "TooManySessions");
  const session = newSession(sa, fields.RunID, same?.slot ?? freeSlot(room));
  const restart =
    same?.at === session.at ? [armTimer("TT_match_sequence", state.config.timers, suffixOf(session.slot))] : [];
  return step(withSession({ ...room, at: "Matching" }, session), parmCnf(room, message), ...restart);
}

const freeSlot = ({ sessions }: SlacState): number => {
  let slot = 0;
  while (sessions.some((it) => it.slot === slot)) slot++;
  return slot;
};

/**
 * Room for one more session. A car holds two at most, so one car cannot fill the table; when it is full the oldest session that
 * has not begun to sound gives way, and with none such the newcomer is not served.
 */
function makeRoom(state: SlacState, pevMac: string): SlacState | undefined {
  const own = state.sessions.filter((it) => it.pevMac === pevMac);
  if (own.length >= 2 && own[0]) return without(state, own[0]);
  if (state.sessions.length < state.config.parallel) return state;
  const idle = state.sessions.find(({ at }) => at === "AwaitCmStartAttenCharInd");
  return idle && without(state, idle);
}

const parmCnf = ({ config }: SlacState, { sa, fields }: Mme<"CM_SLAC_PARM.REQ">): SlacEffect => ({
  do: "mme",
  frame: encodeMme({
    name: "CM_SLAC_PARM.CNF",
    da: sa,
    sa: config.mac,
    fields: { FORWARDING_STA: sa, RunID: fields.RunID },
  }),
});

/** The confirmation was lost: the same again. */
function onMatchReqAgain(state: SlacState, message: Mme<"CM_SLAC_MATCH.REQ">): SlacStationStep {
  const { pevMac = "", runId = "" } = state.matched ?? {};
  const why = refusals(message, state.config, { PEV_MAC: pevMac, EVSE_MAC: state.config.mac, RunID: runId });
  if (message.sa !== pevMac) return ignore(state, "OtherSource");
  return why.length > 0 ? refuse(state, message, why) : step(state, matchCnf(state, message));
}

/** A car that never got its confirmation starts over; others have to wait. */
function onParmReqWhileJoining(state: SlacState, message: Mme<"CM_SLAC_PARM.REQ">): SlacStationStep {
  if (message.sa !== state.matched?.pevMac) return ignore(state, "Unexpected");
  return onParmReq(state, message);
}

function pollLink(state: SlacState): SlacStationStep {
  return step(state, askLink(state.config.mac), armTimer("T_link_poll", state.config.timers));
}

function onLinkPolled(state: SlacState, { fields }: Mme<"VS_PL_LNK_STATUS.CNF">): SlacStationStep {
  return step(fields.LinkStatus === 1 ? { ...state, at: "AwaitLinkReady" } : state);
}

/** V2G3-M07-05: nobody joined; the key that was given away is worth nothing any more. */
function noLink(state: SlacState, seen: SlacSeen): SlacStationStep {
  const event = { kind: "matchFailed", reason: "TT_match_join" } as const;
  return then(step<SlacState>({ ...state, plugged: false }, { do: "tell", event }), (it) => leave(it, seen));
}

/** V2G3-A09-119. */
function linkReady(state: SlacState): SlacStationStep {
  const { pevMac = "", runId = "", attenuationDb = 0 } = state.matched ?? {};
  const event = { kind: "matched", peer: pevMac, nid: state.key.nid, runId, attenuationDb } as const;
  return step({ ...state, at: "Matched" }, { do: "tell", event });
}

function watchLink(state: SlacState, seen: SlacSeen): SlacStationStep {
  if (state.unanswered >= SILENT_MODEM) return linkLost(state, seen);
  const next = { ...state, unanswered: state.unanswered + 1 };
  return step(next, askLink(state.config.mac), armTimer("T_link_watch", state.config.timers));
}

function onLinkWatched(state: SlacState, { fields }: Mme<"VS_PL_LNK_STATUS.CNF">, seen: SlacSeen): SlacStationStep {
  return fields.LinkStatus === 1 ? step({ ...state, unanswered: 0 }) : linkLost(state, seen);
}

/** The match is over, and so is its key. */
export function linkLost(state: SlacState, seen: SlacSeen): SlacStationStep {
  const event = { kind: "linkLost" } as const;
  return then(step<SlacState>({ ...state, plugged: false }, { do: "tell", event }), (it) => leave(it, seen));
}

/** V2G3-A09-114. A map of no carriers is no map. */
function onAmpMap(state: SlacState, message: Mme<"CM_AMP_MAP.REQ">): SlacStationStep {
  if (message.sa !== state.matched?.pevMac) return ignore(state, "OtherSource");
  if (message.fields.AMLEN === 0) return ignore(state, "Deviation");
  const frame = encodeMme({ name: "CM_AMP_MAP.CNF", da: message.sa, sa: state.config.mac, fields: { ResType: 0 } });
  return step(state, { do: "mme", frame });
}
