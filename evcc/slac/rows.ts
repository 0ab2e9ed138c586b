import {
  ampMapDue,
  answerAmpMap,
  armTimer,
  askAmpMap,
  freshKey,
  keying,
  type Mme,
  onAmpMapCnf,
  onLinkWatched,
  onSetKeyCnf,
  pollLink,
  type Row,
  repeatKey,
  type SlacEffect,
  type SlacSeen,
  sendKey,
  slacConstants,
  step,
  then,
  watchLink,
} from "../../protocol/homeplug";
import {
  choose,
  matchDue,
  onMatchCnf,
  onReadiness,
  onToggleCount,
  readinessDue,
  toggleCountDue,
  toggleNext,
} from "./choice";
import { onAttenCharInd, onAttenCharIndAgain, onParmCnf, parametersDue, soundNext, startMatch } from "./matching";
import { failMatch, type SlacAt, type SlacCarStep, type SlacState } from "./state";

/** V2G3-A09-122: runs from the trigger on, through every matching process. */
const whole = { TT_matching_repetition: repetitionOver };

export const rows: Readonly<Record<SlacAt, Row<SlacState>>> = {
  AwaitSetKeyCnf: {
    accepts: { "CM_SET_KEY.CNF": (state, message, seen) => onSetKeyCnf(state, message, (it) => keyed(it, seen)) },
    expires: { T_set_key_response: repeatKey },
  },
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
  AwaitCmValidateCnf: {
    accepts: { "CM_VALIDATE.CNF": onReadiness, "CM_ATTEN_CHAR.IND": onAttenCharIndAgain },
    expires: { ...whole, TT_match_response: readinessDue },
  },
  AwaitToggleCount: {
    accepts: { "CM_VALIDATE.CNF": onToggleCount },
    expires: { ...whole, T_vald_state_duration: toggleNext, TT_EVSE_vald_toggle: toggleCountDue },
  },
  AwaitCmSlacMatchCnf: {
    accepts: { "CM_SLAC_MATCH.CNF": onMatchCnf, "CM_ATTEN_CHAR.IND": onAttenCharIndAgain },
    expires: { ...whole, TT_match_response: matchDue },
  },
  AwaitMatchingRate: { accepts: {}, expires: { ...whole, TT_matching_rate: startMatch } },
  AwaitJoinSetKeyCnf: {
    accepts: { "CM_SET_KEY.CNF": (state, message) => onSetKeyCnf(state, message, joinKeyed) },
    expires: { T_set_key_response: repeatJoinKey, TT_match_join: noLink },
  },
  AwaitLink: {
    accepts: { "VS_PL_LNK_STATUS.CNF": onLinkPolled },
    expires: { T_link_poll: pollLink, TT_match_join: noLink },
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
    expires: { T_conn_resume: noLinkAgain, T_link_poll: pollLink },
  },
};

const peerOf = ({ chosen }: SlacState): string => chosen?.mac ?? "";

/** Out of whatever network it is in, by a key that nobody else knows. */
export function leave(state: SlacState, seen: SlacSeen): SlacCarStep {
  const { chosen: _, ...rest } = state;
  const key = freshKey(seen);
  const next: SlacState = { ...rest, at: "AwaitSetKeyCnf", key, keying: keying(key, seen), unanswered: 0 };
  return step(next, sendKey(next.config.mac, next.keying), armTimer("T_set_key_response", next.config.timers));
}

const joining: readonly SlacAt[] = [
  "AwaitJoinSetKeyCnf",
  "AwaitLink",
  "AwaitCmAmpMapCnf",
  "AwaitLinkReady",
  "Matched",
  "Paused",
  "AwaitResumedLink",
];

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

const keyed = (state: SlacState, seen: SlacSeen): SlacCarStep =>
  state.plugged ? startMatch({ ...state, repeating: true }, seen) : step({ ...state, at: "AwaitPlug" });

const joinKeyed = (state: SlacState): SlacCarStep => step({ ...state, at: "AwaitLink" });

function repeatJoinKey(state: SlacState): SlacCarStep {
  return step(state, sendKey(state.config.mac, state.keying), armTimer("T_set_key_response", state.config.timers));
}

function onLinkPolled(state: SlacState, { fields }: Mme<"VS_PL_LNK_STATUS.CNF">): SlacCarStep {
  if (fields.LinkStatus !== 1) return step(state);
  if (state.config.ampMap === "answer") return mapped(state);
  return askAmpMap({ ...state, at: "AwaitCmAmpMapCnf", sends: 0 }, peerOf(state));
}

const mapped = (state: SlacState): SlacCarStep => step({ ...state, at: "AwaitLinkReady" });

/** The join has failed: leave, and match again unless that was the last attempt (C_conn_max_match). */
function noLink(state: SlacState, seen: SlacSeen): SlacCarStep {
  const joins = state.joins + 1;
  const again = joins < slacConstants.C_conn_max_match;
  const event = { kind: "matchFailed", reason: "TT_match_join" } as const;
  const told: SlacEffect[] = again ? [] : [{ do: "tell", event }];
  return then(step({ ...state, joins, plugged: again }, ...told), (it) => leave(it, seen));
}

function onResumedPolled(state: SlacState, { fields }: Mme<"VS_PL_LNK_STATUS.CNF">): SlacCarStep {
  return fields.LinkStatus === 1 ? mapped(state) : step(state);
}

/** The station has not come back with the key that both have kept; when it calls again, a match follows. */
function noLinkAgain(state: SlacState, seen: SlacSeen): SlacCarStep {
  const event = { kind: "matchFailed", reason: "T_conn_resume" } as const;
  return then(step<SlacState>({ ...state, plugged: false }, { do: "tell", event }), (it) => leave(it, seen));
}

function linkReady(state: SlacState): SlacCarStep {
  const { mac = "", attenuationDb = 0 } = state.chosen ?? {};
  const event = { kind: "matched", peer: mac, nid: state.key.nid, runId: state.runId, attenuationDb } as const;
  return step({ ...state, at: "Matched" }, { do: "tell", event });
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

function onAmpMap(state: SlacState, message: Mme<"CM_AMP_MAP.REQ">): SlacCarStep {
  return answerAmpMap(state, message, state.chosen?.mac);
}
