import {
  armTimer,
  BROADCAST,
  ignore,
  keying,
  type Mme,
  refusals,
  refuse,
  type SlacEffect,
  type SlacSeen,
  sendKey,
  slacConstants,
  step,
  then,
  validateResult,
} from "../../protocol/homeplug";
import { failMatch, type SlacCarStep, type SlacState, type Station, send } from "./state";

type ValidateCnf = Mme<"CM_VALIDATE.CNF">;

const attempts = slacConstants.C_EV_match_retry + 1;

/** V2G3-A09-21, -48: the least attenuated station, if it is near enough to be the one. */
export function choose(state: SlacState): SlacCarStep {
  const heard = state.stations.filter((it): it is Required<Station> => it.attenuationDb !== undefined);
  const [nearest] = heard.sort((a, b) => a.attenuationDb - b.attenuationDb);
  if (!nearest) return failMatch(state, state.chosen ? "not validated" : "TT_EV_atten_results");
  if (nearest.attenuationDb >= state.config.indirect) return failMatch(state, "attenuation too high");
  const found = nearest.attenuationDb < state.config.direct ? "EVSE_FOUND" : "EVSE_POTENTIALLY_FOUND";
  const line: SlacEffect = { do: "log", level: "info", text: found, fields: { ...nearest, of: heard.length } };
  const next: SlacState = { ...state, chosen: nearest, sends: 0 };
  const { validation } = state.config;
  const doubted = validation === "always" || (validation === "potential" && found === "EVSE_POTENTIALLY_FOUND");
  return then(step(next, line), doubted ? askReadiness : match);
}

/** The chosen station is the one. */
export const match = (state: SlacState): SlacCarStep => askMatch({ ...state, at: "AwaitCmSlacMatchCnf", sends: 0 });

/** The chosen station is not the one: the next nearest is looked at. */
export const drop = (state: SlacState): SlacCarStep =>
  choose({ ...state, stations: state.stations.filter(({ mac }) => mac !== state.chosen?.mac) });

function askMatch(state: SlacState): SlacCarStep {
  const { chosen, config, runId } = state;
  const next = { ...state, sends: state.sends + 1 };
  const evse = chosen?.mac ?? BROADCAST;
  const request = send(next, "CM_SLAC_MATCH.REQ", evse, { PEV_MAC: config.mac, EVSE_MAC: evse, RunID: runId });
  return step(next, request, armTimer("TT_match_response", config.timers));
}

/** V2G3-A09-94. */
export const matchDue = (state: SlacState): SlacCarStep =>
  state.sends >= attempts ? failMatch(state, "TT_match_response") : askMatch(state);

/** V2G3-A09-95: only the chosen station's valid confirmation counts. The NID is taken as told: it need not follow from the key. */
export function onMatchCnf(state: SlacState, message: Mme<"CM_SLAC_MATCH.CNF">, seen: SlacSeen): SlacCarStep {
  const { chosen, config, runId } = state;
  if (!chosen || message.sa !== chosen.mac) return ignore(state, "OtherSource");
  const why = refusals(message, config, { PEV_MAC: config.mac, EVSE_MAC: chosen.mac, RunID: runId });
  if (why.length > 0) return refuse(state, message, why);
  const key = { nid: message.fields.NID, nmk: message.fields.NMK };
  const next: SlacState = { ...state, at: "AwaitJoinSetKeyCnf", key, keying: keying(key, seen) };
  return step(next, sendKey(config.mac, next.keying));
}

const show = (load: "B" | "C"): SlacEffect => ({ do: "tell", event: { kind: "toggle", load } });

/** First step: is the station ready to count? */
export function askReadiness(state: SlacState): SlacCarStep {
  const next: SlacState = { ...state, at: "AwaitCmValidateCnf", sends: state.sends + 1 };
  const request = send(next, "CM_VALIDATE.REQ", next.chosen?.mac ?? "", { Timer: 0, Result: validateResult.ready });
  return step(next, request, armTimer("TT_match_response", next.config.timers));
}

/** A station that is silent, or not ready for too long, is not the one. */
export const readinessDue = (state: SlacState): SlacCarStep =>
  state.sends < attempts ? askReadiness(state) : drop(state);

/** Not ready is no answer yet; success, or a count, before anything was toggled is none at all (V2G3-A09-58 and after). */
export function onReadiness(state: SlacState, message: ValidateCnf): SlacCarStep {
  if (message.sa !== state.chosen?.mac) return ignore(state, "OtherSource");
  const why = refusals(message, state.config, { ToggleNum: 0 });
  const { Result } = message.fields;
  if (why.length > 0 || Result === validateResult.success) return refuse(state, message, why);
  if (Result === validateResult.ready) return toggle(state);
  const declines = Result === validateResult.failure || Result === validateResult.notRequired;
  if (!declines) return step(state);
  return state.config.unvalidated === "match" ? match(state) : drop(state);
}

/** Second step: the window is announced, and the pilot is toggled in it (V2G3-M08-01). */
function toggle(state: SlacState): SlacCarStep {
  const { config, chosen } = state;
  const { T_vald_state_duration, TT_match_response } = config.timers;
  // The station's window opens when the request is there; one state more gives the last toggle time to be seen.
  const window = Math.ceil(((2 * config.toggles + 1) * T_vald_state_duration) / 100);
  const request = send(state, "CM_VALIDATE.REQ", chosen?.mac ?? "", {
    Timer: window - 1,
    Result: validateResult.ready,
  });
  const next: SlacState = { ...state, at: "AwaitToggleCount", flips: 0 };
  const due: SlacEffect = { do: "arm", timer: "slac.TT_EVSE_vald_toggle", ms: window * 100 + TT_match_response };
  return then(step(next, request, due), flip);
}

function flip(state: SlacState): SlacCarStep {
  const flips = state.flips + 1;
  const more = flips < 2 * state.config.toggles ? [armTimer("T_vald_state_duration", state.config.timers)] : [];
  return step({ ...state, flips }, show(flips % 2 === 1 ? "C" : "B"), ...more);
}

export const toggleNext = (state: SlacState): SlacCarStep =>
  state.flips < 2 * state.config.toggles ? flip(state) : step(state);

/** V2G3-A09-72, -73: only a station that has seen each toggle, and no other, is the one. */
export function onToggleCount(state: SlacState, message: ValidateCnf): SlacCarStep {
  if (message.sa !== state.chosen?.mac) return ignore(state, "OtherSource");
  const why = refusals(message, state.config);
  if (why.length > 0) return refuse(state, message, why);
  const { Result, ToggleNum } = message.fields;
  // The answer to the first step, repeated.
  if (Result === validateResult.ready) return step(state);
  const seen = Result === validateResult.success && ToggleNum === state.config.toggles;
  return seen ? match(state) : drop(state);
}

export const toggleCountDue = (state: SlacState): SlacCarStep => drop(state);

/** Wherever a validation ends, the pilot goes back to B. */
export const stopToggling = (before: SlacState, { state, effects }: SlacCarStep): SlacCarStep => {
  const over = before.at === "AwaitToggleCount" && state.at !== "AwaitToggleCount" && before.flips % 2 === 1;
  return { state, effects: over ? [show("B"), ...effects] : effects };
};
