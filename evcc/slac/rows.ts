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
  type SlacEffect,
  type SlacSeen,
  sendKey,
  slacConstants,
  step,
  then,
} from "../../protocol/homeplug";
import {
  choose,
  matchDue,
  onAttenCharInd,
  onAttenCharIndAgain,
  onMatchCnf,
  onParmCnf,
  parametersDue,
  soundNext,
  startMatch,
} from "./matching";
import { failMatch, type SlacAt, type SlacCarStep, type SlacState } from "./state";

/** Unanswered questions after the link that mean a dead modem. */
const SILENT_MODEM = 5;

/** V2G3-A09-122: runs from the trigger on, through every matching process. */
const whole = { TT_matching_repetition: repetitionOver };

export const rows: Readonly<Record<SlacAt, Row<SlacState>>> = {
  AwaitSetKeyCnf: { accepts: { "CM_SET_KEY.CNF": onSetKeyCnf }, expires: { T_set_key_response: repeatKey } },
  AwaitPlug: { accepts: {}, expires: {} },
  AwaitCmSlacParmCnf: {
    accepts: { "CM_SLAC_PARM.CNF": onParmCnf },
    expires: { ...whole, TT_match_response: parametersDue },
  },
  AwaitBatchInterval: {
    accepts: { "CM_ATTEN_CHAR.IND": onAttenCharInd },
    expires: { ...whole, TP_EV_batch_msg_interval: soundNext, TT_EV_atten_results: choose },
  },
  AwaitCmAttenCharInd: {
    accepts: { "CM_ATTEN_CHAR.IND": onAttenCharInd },
    expires: { ...whole, TT_EV_atten_results: choose },
  },
  AwaitCmSlacMatchCnf: {
    accepts: { "CM_SLAC_MATCH.CNF": onMatchCnf, "CM_ATTEN_CHAR.IND": onAttenCharIndAgain },
    expires: { ...whole, TT_match_response: matchDue },
  },
  AwaitMatchingRate: { accepts: {}, expires: { ...whole, TT_matching_rate: startMatch } },
  AwaitJoinSetKeyCnf: {
    accepts: { "CM_SET_KEY.CNF": onJoinSetKeyCnf },
    expires: { T_set_key_response: repeatJoinKey, TT_match_join: noLink },
  },
  AwaitLink: {
    accepts: { "VS_PL_LNK_STATUS.CNF": onLinkPolled },
    expires: { T_link_poll: pollLink, TT_match_join: noLink },
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

/** Out of whatever network it is in, by a key that nobody else knows. */
export function leave(state: SlacState, seen: SlacSeen): SlacCarStep {
  const { chosen: _, ...rest } = state;
  const key = freshKey(seen);
  const next: SlacState = { ...rest, at: "AwaitSetKeyCnf", key, keying: keying(key, seen), unanswered: 0 };
  return step(next, sendKey(next.config.mac, next.keying), armTimer("T_set_key_response", next.config.timers));
}

const joining: readonly SlacAt[] = ["AwaitJoinSetKeyCnf", "AwaitLink", "AwaitLinkReady", "Matched"];

/** V2G3-A09-123: the pilot stops matching at once. A network that was joined is left. */
export function unplug(state: SlacState, seen: SlacSeen): SlacCarStep {
  const next = { ...state, plugged: false };
  if (joining.includes(state.at)) return leave(next, seen);
  return step({ ...next, at: state.at === "AwaitSetKeyCnf" ? state.at : "AwaitPlug" });
}

/** The trigger of V2G3-M06-13: the pilot came to B, C or D. */
export const plugIn = (state: SlacState, seen: SlacSeen): SlacCarStep =>
  state.at === "AwaitPlug"
    ? startMatch({ ...state, plugged: true, repeating: true, joins: 0 }, seen)
    : step({ ...state, plugged: true, joins: state.plugged ? state.joins : 0 });

function onSetKeyCnf(state: SlacState, message: Mme<"CM_SET_KEY.CNF">, seen: SlacSeen): SlacCarStep {
  if (!keyTaken(message, state.keying, state.config)) return keyRefused(state, message);
  return state.plugged ? startMatch({ ...state, repeating: true }, seen) : step({ ...state, at: "AwaitPlug" });
}

const keyRefused = (state: SlacState, { fields }: Mme<"CM_SET_KEY.CNF">): SlacCarStep =>
  ignore(state, "KeyRefused", "the modem has not taken the key", fields);

/** After three attempts the modem is asked at leisure, without end: it may be booting. */
function repeatKey(state: SlacState): SlacCarStep {
  const { config, keying: old } = state;
  const attempts = slacConstants.C_EV_match_retry + 1;
  const ms = old.sends >= attempts ? config.timers.T_set_key_pause : config.timers.T_set_key_response;
  const next = { ...state, keying: { ...old, sends: old.sends + 1 } };
  const told: SlacEffect[] = [{ do: "log", level: "error", text: "the modem does not take a key" }];
  return step(next, ...(old.sends === attempts ? told : []), sendKey(config.mac, next.keying), {
    do: "arm",
    timer: "slac.T_set_key_response",
    ms,
  });
}

function onJoinSetKeyCnf(state: SlacState, message: Mme<"CM_SET_KEY.CNF">): SlacCarStep {
  if (!keyTaken(message, state.keying, state.config)) return keyRefused(state, message);
  return step({ ...state, at: "AwaitLink" });
}

function repeatJoinKey(state: SlacState): SlacCarStep {
  return step(state, sendKey(state.config.mac, state.keying), armTimer("T_set_key_response", state.config.timers));
}

function pollLink(state: SlacState): SlacCarStep {
  return step(state, askLink(state.config.mac), armTimer("T_link_poll", state.config.timers));
}

function onLinkPolled(state: SlacState, { fields }: Mme<"VS_PL_LNK_STATUS.CNF">): SlacCarStep {
  return step(fields.LinkStatus === 1 ? { ...state, at: "AwaitLinkReady" } : state);
}

/** The join has failed: leave, and match again unless that was the last attempt (C_conn_max_match). */
function noLink(state: SlacState, seen: SlacSeen): SlacCarStep {
  const joins = state.joins + 1;
  const again = joins < slacConstants.C_conn_max_match;
  const event = { kind: "matchFailed", reason: "TT_match_join" } as const;
  const told: SlacEffect[] = again ? [] : [{ do: "tell", event }];
  return then(step({ ...state, joins, plugged: again }, ...told), (it) => leave(it, seen));
}

function linkReady(state: SlacState): SlacCarStep {
  const { mac = "", attenuationDb = 0 } = state.chosen ?? {};
  const event = { kind: "matched", peer: mac, nid: state.key.nid, runId: state.runId, attenuationDb } as const;
  return step({ ...state, at: "Matched" }, { do: "tell", event });
}

function watchLink(state: SlacState, seen: SlacSeen): SlacCarStep {
  if (state.unanswered >= SILENT_MODEM) return linkLost(state, seen);
  const next = { ...state, unanswered: state.unanswered + 1 };
  return step(next, askLink(state.config.mac), armTimer("T_link_watch", state.config.timers));
}

function onLinkWatched(state: SlacState, { fields }: Mme<"VS_PL_LNK_STATUS.CNF">, seen: SlacSeen): SlacCarStep {
  return fields.LinkStatus === 1 ? step({ ...state, unanswered: 0 }) : linkLost(state, seen);
}

/** Whether to match again, and when, is for the pilot and the session to say. */
export function linkLost(state: SlacState, seen: SlacSeen): SlacCarStep {
  const told: SlacEffect = { do: "tell", event: { kind: "linkLost" } };
  return then(step<SlacState>({ ...state, plugged: false }, told), (it) => leave(it, seen));
}

function repetitionOver(state: SlacState): SlacCarStep {
  const next = { ...state, repeating: false };
  if (state.at !== "AwaitMatchingRate") return step(next);
  return failMatch(next, state.failure ?? "TT_matching_repetition");
}

/** V2G3-A09-114. A map of no carriers is no map. */
function onAmpMap(state: SlacState, message: Mme<"CM_AMP_MAP.REQ">): SlacCarStep {
  if (message.sa !== state.chosen?.mac) return ignore(state, "OtherSource");
  if (message.fields.AMLEN === 0) return ignore(state, "Deviation");
  const frame = encodeMme({ name: "CM_AMP_MAP.CNF", da: message.sa, sa: state.config.mac, fields: { ResType: 0 } });
  return step(state, { do: "mme", frame });
}
