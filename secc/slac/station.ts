import {
  ampMapDue,
  answerAmpMap,
  armTimer,
  askAmpMap,
  encodeMme,
  freshKey,
  ignore,
  keying,
  type Mme,
  onAmpMapCnf,
  onLinkWatched,
  onSetKeyCnf,
  pollLink,
  type Row,
  refusals,
  refuse,
  repeatKey,
  type SlacEffect,
  type SlacSeen,
  sendKey,
  step,
  suffixOf,
  then,
  watchLink,
} from "../../protocol/homeplug";
import { freeSlot, makeRoom } from "./crowd";
import { matchCnf, newSession } from "./session";
import { type SlacState, type SlacStationStep, type StationAt, withSession } from "./state";

type StationRow = Row<SlacState>;

export const stationRows: Readonly<Record<StationAt, StationRow>> = {
  AwaitSetKeyCnf: {
    accepts: { "CM_SET_KEY.CNF": (state, message) => onSetKeyCnf(state, message, keyed) },
    expires: { T_set_key_response: repeatKey },
  },
  AwaitVehicle: { accepts: {}, expires: {} },
  AwaitCmSlacParmReq: { accepts: { "CM_SLAC_PARM.REQ": onParmReq }, expires: { TT_EVSE_SLAC_init: noVehicle } },
  Matching: { accepts: { "CM_SLAC_PARM.REQ": onParmReq }, expires: {} },
  AwaitLink: {
    accepts: {
      "CM_SLAC_MATCH.REQ": onMatchReqAgain,
      "CM_SLAC_PARM.REQ": onParmReqWhileJoining,
      "VS_PL_LNK_STATUS.CNF": onLinkPolled,
    },
    expires: { TT_match_join: noLink("TT_match_join"), T_link_poll: pollLink },
  },
  AwaitCmAmpMapCnf: {
    accepts: {
      "CM_AMP_MAP.REQ": onAmpMap,
      "CM_AMP_MAP.CNF": (state, message) => onAmpMapCnf(state, message, peerOf(state), mapped),
    },
    expires: { TT_amp_map_exchange: (state) => ampMapDue(state, peerOf(state), mapped) },
  },
  AwaitLinkReady: {
    accepts: { "CM_AMP_MAP.REQ": onAmpMap },
    expires: { TP_link_ready_notification: linkReady },
  },
  Matched: {
    accepts: {
      "VS_PL_LNK_STATUS.CNF": (state, message, seen) => onLinkWatched(state, message, (it) => linkLost(it, seen)),
      "CM_AMP_MAP.REQ": onAmpMap,
    },
    expires: { T_link_watch: (state, seen) => watchLink(state, (it) => linkLost(it, seen)) },
  },
  Paused: { accepts: {}, expires: {} },
  AwaitResumedLink: {
    accepts: { "VS_PL_LNK_STATUS.CNF": onResumedPolled },
    expires: { T_conn_resume: noLink("T_conn_resume"), T_link_poll: pollLink },
  },
};

const peerOf = ({ matched }: SlacState): string => matched?.pevMac ?? "";

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
    waiting: [],
    unanswered: 0,
  };
  const { mac, timers } = state.config;
  return step(next, sendKey(mac, next.keying), armTimer("T_set_key_response", timers));
}

/** No car: all sessions end. A key that a car was told is replaced; another is kept, so the next car finds the modem ready. */
export function unplug(state: SlacState, seen: SlacSeen): SlacStationStep {
  const next = { ...state, plugged: false };
  if (state.at === "AwaitSetKeyCnf") return step(next);
  return state.matched ? leave(next, seen) : step({ ...next, at: "AwaitVehicle", sessions: [], waiting: [] });
}

const keyed = (state: SlacState): SlacStationStep =>
  step({ ...state, at: state.plugged ? "AwaitCmSlacParmReq" : "AwaitVehicle" });

/** V2G3-M06-07: no valid request in time. Requests that come later are not answered. */
function noVehicle(state: SlacState): SlacStationStep {
  const event = { kind: "matchFailed", reason: "TT_EVSE_SLAC_init" } as const;
  return step({ ...state, at: "AwaitVehicle", plugged: false }, { do: "tell", event });
}

/** V2G3-A09-16: a repeated request restarts that car's session; another RunID or car opens one beside it. */
function onParmReq(state: SlacState, message: Mme<"CM_SLAC_PARM.REQ">, { now }: SlacSeen): SlacStationStep {
  const why = refusals(message, state.config);
  if (why.length > 0) return refuse(state, message, why);
  const { sa, fields } = message;
  const same = state.sessions.find((it) => it.pevMac === sa && it.runId === fields.RunID);
  const room = same ? state : makeRoom(state, sa, now);
  if (!room) return ignore(state, "TooManySessions");
  const session = newSession(sa, fields.RunID, same?.slot ?? freeSlot(room), now);
  const restart =
    same?.at === session.at ? [armTimer("TT_match_sequence", state.config.timers, suffixOf(session.slot))] : [];
  return step(withSession({ ...room, at: "Matching" }, session), parmCnf(room, message), ...restart);
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
function onParmReqWhileJoining(state: SlacState, message: Mme<"CM_SLAC_PARM.REQ">, seen: SlacSeen): SlacStationStep {
  if (message.sa !== state.matched?.pevMac) return ignore(state, "Unexpected");
  return onParmReq(state, message, seen);
}

function onLinkPolled(state: SlacState, { fields }: Mme<"VS_PL_LNK_STATUS.CNF">): SlacStationStep {
  if (fields.LinkStatus !== 1) return step(state);
  if (state.config.ampMap === "answer") return mapped(state);
  return askAmpMap({ ...state, at: "AwaitCmAmpMapCnf", sends: 0 }, peerOf(state));
}

const mapped = (state: SlacState): SlacStationStep => step({ ...state, at: "AwaitLinkReady" });

/** V2G3-M07-05, M07-23: nobody joined, or came back; the key that was given away is worth nothing any more, and matching begins anew. */
function noLink(reason: "TT_match_join" | "T_conn_resume"): (state: SlacState, seen: SlacSeen) => SlacStationStep {
  const event = { kind: "matchFailed", reason } as const;
  return (state, seen) =>
    then(step<SlacState>({ ...state, plugged: false }, { do: "tell", event }), (it) => leave(it, seen));
}

function onResumedPolled(state: SlacState, { fields }: Mme<"VS_PL_LNK_STATUS.CNF">): SlacStationStep {
  return fields.LinkStatus === 1 ? mapped(state) : step(state);
}

/** V2G3-A09-119. */
function linkReady(state: SlacState): SlacStationStep {
  const { pevMac = "", runId = "", attenuationDb = 0 } = state.matched ?? {};
  const event = { kind: "matched", peer: pevMac, nid: state.key.nid, runId, attenuationDb } as const;
  return step({ ...state, at: "Matched" }, { do: "tell", event });
}

/** The match is over, and so is its key. */
export function linkLost(state: SlacState, seen: SlacSeen): SlacStationStep {
  const event = { kind: "linkLost" } as const;
  return then(step<SlacState>({ ...state, plugged: false }, { do: "tell", event }), (it) => leave(it, seen));
}

function onAmpMap(state: SlacState, message: Mme<"CM_AMP_MAP.REQ">): SlacStationStep {
  return answerAmpMap(state, message, state.matched?.pevMac);
}
