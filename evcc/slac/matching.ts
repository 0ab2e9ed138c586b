import { hex } from "../../core";
import {
  armTimer,
  BROADCAST,
  encodeMme,
  ignore,
  keying,
  type Mme,
  type MmeGiven,
  type MmeName,
  meanOf,
  refusals,
  refuse,
  type SlacEffect,
  type SlacSeen,
  sendKey,
  slacConstants,
  step,
  then,
} from "../../protocol/homeplug";
import { failMatch, type SlacCarStep, type SlacState, type Station } from "./state";

const { C_EV_start_atten_char_inds: STARTS, C_EV_match_MNBC: SOUNDS, C_EV_match_retry: RETRIES } = slacConstants;

/** More stations than any car hears; a flood of answers fills no memory. */
const MOST_STATIONS = 32;

const send = <N extends MmeName>({ config }: SlacState, name: N, da: string, fields: MmeGiven<N>): SlacEffect => ({
  do: "mme",
  frame: encodeMme({ name, da, sa: config.mac, fields }),
});

/** A matching process begins, each time with a RunID of its own. */
export function startMatch(state: SlacState, seen: SlacSeen): SlacCarStep {
  const { chosen: _, ...rest } = state;
  const runId = hex(seen.random(8));
  const next: SlacState = { ...rest, at: "AwaitCmSlacParmCnf", runId, stations: [], sounded: 0, sends: 0 };
  return askParameters(next, seen);
}

function askParameters(state: SlacState, seen: SlacSeen): SlacCarStep {
  const next = { ...state, sends: state.sends + 1, askedAt: seen.now };
  return step(
    next,
    send(next, "CM_SLAC_PARM.REQ", BROADCAST, { RunID: next.runId }),
    armTimer("TT_match_response", next.config.timers),
  );
}

/** V2G3-A09-09: a confirmation with any wrong field is none. The first good one leaves the others TP_match_response to come. */
export function onParmCnf(state: SlacState, message: Mme<"CM_SLAC_PARM.CNF">, seen: SlacSeen): SlacCarStep {
  const why = refusals(message, state.config, { FORWARDING_STA: state.config.mac, RunID: state.runId });
  if (why.length > 0) return refuse(state, message, why);
  const stations = withStation(state.stations, { mac: message.sa });
  const left = Math.max(0, state.askedAt + state.config.timers.TP_match_response - seen.now);
  const first = state.stations.length === 0;
  return step(
    { ...state, stations },
    ...(first ? [{ do: "arm", timer: "slac.TT_match_response", ms: left } as const] : []),
  );
}

/** V2G3-A09-10: asked again while attempts are left; with an answer, the sounding begins. */
export function parametersDue(state: SlacState, seen: SlacSeen): SlacCarStep {
  if (state.stations.length > 0) return soundNext({ ...state, at: "AwaitBatchInterval" }, seen);
  return state.sends > RETRIES ? failMatch(state, "TT_match_response") : askParameters(state, seen);
}

/** V2G3-A09-27 to -29: three STARTs, then ten SOUNDs that count down, at even intervals. */
export function soundNext(state: SlacState, seen: SlacSeen): SlacCarStep {
  const { runId, config, sounded } = state;
  const message =
    sounded < STARTS
      ? send(state, "CM_START_ATTEN_CHAR.IND", BROADCAST, { FORWARDING_STA: config.mac, RunID: runId })
      : send(state, "CM_MNBC_SOUND.IND", BROADCAST, {
          Cnt: STARTS + SOUNDS - 1 - sounded,
          RunID: runId,
          RSVD: "00".repeat(8),
          Rnd: hex(seen.random(16)),
        });
  const next = { ...state, sounded: sounded + 1 };
  if (next.sounded < STARTS + SOUNDS) return step(next, message, armTimer("TP_EV_batch_msg_interval", config.timers));
  const done: SlacState = { ...next, at: "AwaitCmAttenCharInd" };
  return then(step(done, message), allHeard);
}

/** Every valid indication is answered, also a repeated one; wrong ones are not (V2G3-A09-36). */
export function onAttenCharInd(state: SlacState, message: Mme<"CM_ATTEN_CHAR.IND">): SlacCarStep {
  const { mac } = state.config;
  const why = refusals(message, state.config, { SOURCE_ADDRESS: mac, RunID: state.runId });
  if (message.fields.NumSounds === 0) why.push({ field: "NumSounds", required: "not 0", measured: 0 });
  if (why.length > 0) return refuse(state, message, why);
  const answer = send(state, "CM_ATTEN_CHAR.RSP", message.sa, { SOURCE_ADDRESS: mac, RunID: state.runId });
  const stations = withStation(state.stations, { mac: message.sa, attenuationDb: meanOf(message.fields.AAG) });
  const next = { ...state, stations };
  return then(step(next, answer), (it) => (it.at === "AwaitCmAttenCharInd" ? allHeard(it) : step(it)));
}

/** A station that repeats itself after the choice has lost the response. */
export function onAttenCharIndAgain(state: SlacState, message: Mme<"CM_ATTEN_CHAR.IND">): SlacCarStep {
  const { stations } = state;
  return then(onAttenCharInd(state, message), (it) => step({ ...it, stations }));
}

const allHeard = (state: SlacState): SlacCarStep =>
  state.stations.every(({ attenuationDb }) => attenuationDb !== undefined) ? choose(state) : step(state);

/** V2G3-A09-21, -48: the least attenuated station, if it is near enough to be the one. */
export function choose(state: SlacState): SlacCarStep {
  const heard = state.stations.filter((it): it is Required<Station> => it.attenuationDb !== undefined);
  const [nearest] = heard.sort((a, b) => a.attenuationDb - b.attenuationDb);
  if (!nearest) return failMatch(state, "TT_EV_atten_results");
  if (nearest.attenuationDb >= state.config.indirect) return failMatch(state, "attenuation too high");
  const found = nearest.attenuationDb < state.config.direct ? "EVSE_FOUND" : "EVSE_POTENTIALLY_FOUND";
  const line: SlacEffect = { do: "log", level: "info", text: found, fields: { ...nearest, of: heard.length } };
  const next: SlacState = { ...state, at: "AwaitCmSlacMatchCnf", chosen: nearest, sends: 0 };
  return then(step(next, line), askMatch);
}

function askMatch(state: SlacState): SlacCarStep {
  const { chosen, config, runId } = state;
  const next = { ...state, sends: state.sends + 1 };
  const evse = chosen?.mac ?? BROADCAST;
  const request = send(next, "CM_SLAC_MATCH.REQ", evse, { PEV_MAC: config.mac, EVSE_MAC: evse, RunID: runId });
  return step(next, request, armTimer("TT_match_response", config.timers));
}

/** V2G3-A09-94. */
export const matchDue = (state: SlacState): SlacCarStep =>
  state.sends > RETRIES ? failMatch(state, "TT_match_response") : askMatch(state);

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

const withStation = (stations: readonly Station[], station: Station): readonly Station[] => {
  if (stations.some(({ mac }) => mac === station.mac)) {
    return stations.map((it) => (it.mac === station.mac ? { ...it, ...station } : it));
  }
  return stations.length < MOST_STATIONS ? [...stations, station] : stations;
};
