import { hex } from "../../core";
import {
  armTimer,
  BROADCAST,
  type Mme,
  meanOf,
  refusals,
  refuse,
  type SlacSeen,
  slacConstants,
  step,
  then,
} from "../../protocol/homeplug";
import { choose } from "./choice";
import { failMatch, type SlacCarStep, type SlacState, type Station, send } from "./state";

const { C_EV_start_atten_char_inds: STARTS, C_EV_match_MNBC: SOUNDS, C_EV_match_retry: RETRIES } = slacConstants;

/** More stations than any car hears; a flood of answers fills no memory. */
const MOST_STATIONS = 32;

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

const withStation = (stations: readonly Station[], station: Station): readonly Station[] => {
  if (stations.some(({ mac }) => mac === station.mac)) {
    return stations.map((it) => (it.mac === station.mac ? { ...it, ...station } : it));
  }
  return stations.length < MOST_STATIONS ? [...stations, station] : stations;
};
