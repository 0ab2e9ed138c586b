import type { Millis } from "../../core";
import {
  armTimer,
  encodeMme,
  ignore,
  type Mme,
  type MmeName,
  meanOf,
  refusals,
  refuse,
  type SlacEffect,
  type SlacSeen,
  type SlacTimer,
  slacConstants,
  step,
  suffixOf,
} from "../../protocol/homeplug";
import { failSession, type Session, type SessionAt, type SlacState, type SlacStationStep, withSession } from "./state";
import { repeatValidateCnf, validate, validateAgain, validationOver, windowOver } from "./validation";

/** A waiting state of one session. Handlers are told the session they are for. */
export interface SessionRow {
  readonly accepts: {
    readonly [N in MmeName]?: (state: SlacState, session: Session, message: Mme<N>, seen: SlacSeen) => SlacStationStep;
  };
  readonly expires: { readonly [T in SlacTimer]?: (state: SlacState, session: Session) => SlacStationStep };
}

export const sessionRows: Readonly<Record<SessionAt, SessionRow>> = {
  AwaitCmStartAttenCharInd: {
    accepts: { "CM_START_ATTEN_CHAR.IND": onStart },
    expires: { TT_match_sequence: failed("TT_match_sequence") },
  },
  AwaitCmAttenProfileInd: {
    accepts: { "CM_MNBC_SOUND.IND": onSound, "CM_ATTEN_PROFILE.IND": onProfile },
    expires: { TT_EVSE_match_MNBC: endSounding },
  },
  AwaitCmAttenCharRsp: {
    accepts: { "CM_ATTEN_CHAR.RSP": onAttenCharRsp },
    expires: { TT_match_response: repeatAttenChar },
  },
  AwaitCmSlacMatchReq: {
    accepts: { "CM_SLAC_MATCH.REQ": onMatchReq, "CM_VALIDATE.REQ": validate },
    expires: { TT_EVSE_match_session: failed("TT_EVSE_match_session") },
  },
  AwaitCmValidateReq: {
    accepts: { "CM_VALIDATE.REQ": validateAgain },
    expires: { TT_match_sequence: repeatValidateCnf },
  },
  AwaitToggles: { accepts: {}, expires: { TT_EVSE_vald_toggle: windowOver } },
  AwaitCmSlacMatchReqAfterValidation: {
    accepts: { "CM_SLAC_MATCH.REQ": onMatchReq, "CM_VALIDATE.REQ": validate },
    expires: { TT_match_sequence: validationOver },
  },
};

const none: readonly number[] = new Array(slacConstants.groups).fill(0);

export const newSession = (pevMac: string, runId: string, slot: number, now: Millis): Session => ({
  at: "AwaitCmStartAttenCharInd",
  slot,
  pevMac,
  runId,
  since: now,
  sounds: 0,
  sums: none,
  foreign: 0,
  sends: 0,
  aag: none,
  attenuationDb: 0,
  toggles: 0,
});

/** V2G3-A09-41: a START with any wrong parameter is ignored; a repeated one finds the session already sounding. */
function onStart(state: SlacState, session: Session, message: Mme<"CM_START_ATTEN_CHAR.IND">): SlacStationStep {
  const { NUM_SOUNDS, Time_Out } = message.fields;
  const refused = refusals(message, state.config, { FORWARDING_STA: session.pevMac });
  const empty = [...(NUM_SOUNDS === 0 ? ["NUM_SOUNDS"] : []), ...(Time_Out === 0 ? ["Time_Out"] : [])];
  const why = [...refused, ...empty.map((field) => ({ field, required: "not 0", measured: 0 }))];
  if (why.length > 0) return refuse(state, message, why);
  return step(withSession(state, { ...session, at: "AwaitCmAttenProfileInd" }));
}

/** A profile names no run. One that follows a sound of another run, or a malformed sound, must not count for this one. */
function onSound(state: SlacState, session: Session, message: Mme<"CM_MNBC_SOUND.IND">): SlacStationStep {
  const why = refusals(message, state.config, { RunID: session.runId });
  if (why.length === 0) return step(state);
  return refuse(withSession(state, { ...session, foreign: session.foreign + 1 }), message, why);
}

/** V2G3-A09-43, -44: sums the profiles of the own modem until all sounds are heard. */
function onProfile(state: SlacState, session: Session, message: Mme<"CM_ATTEN_PROFILE.IND">): SlacStationStep {
  const why = refusals(message, state.config);
  if (why.length > 0) return refuse(state, message, why);
  if (session.foreign > 0) {
    return ignore(withSession(state, { ...session, foreign: session.foreign - 1 }), "OtherRunID");
  }
  const { AAG } = message.fields;
  const sums = session.sums.map((sum, group) => sum + (AAG[group] ?? 0));
  const heard = { ...session, sums, sounds: session.sounds + 1 };
  const next = withSession(state, heard);
  return heard.sounds < slacConstants.C_EV_match_MNBC ? step(next) : endSounding(next, heard);
}

/** V2G3-A09-19, -20: averages what was heard. From a modem that delivers nothing there is nothing to report. */
function endSounding(state: SlacState, session: Session): SlacStationStep {
  if (session.sounds === 0) return failSession(state, session, "no attenuation");
  const { attenuationOffsetDb } = state.config;
  const aag = session.sums.map((sum) =>
    Math.min(255, Math.max(0, Math.floor(sum / session.sounds) + attenuationOffsetDb)),
  );
  const done: Session = { ...session, at: "AwaitCmAttenCharRsp", aag, attenuationDb: meanOf(aag), sends: 1 };
  return step(withSession(state, done), attenCharInd(state, done));
}

const attenCharInd = ({ config }: SlacState, { pevMac, runId, sounds, aag }: Session): SlacEffect => ({
  do: "mme",
  frame: encodeMme({
    name: "CM_ATTEN_CHAR.IND",
    da: pevMac,
    sa: config.mac,
    fields: { SOURCE_ADDRESS: pevMac, RunID: runId, NumSounds: sounds, AAG: aag },
  }),
});

/** V2G3-A09-46: sent again while attempts are left. */
function repeatAttenChar(state: SlacState, session: Session): SlacStationStep {
  if (session.sends > slacConstants.C_EV_match_retry) return failSession(state, session, "TT_match_response");
  const next = withSession(state, { ...session, sends: session.sends + 1 });
  const timer = armTimer("TT_match_response", state.config.timers, suffixOf(session.slot));
  return step(next, attenCharInd(state, session), timer);
}

/** V2G3-A09-47: an invalid response counts for nothing, so the indication is repeated. */
function onAttenCharRsp(state: SlacState, session: Session, message: Mme<"CM_ATTEN_CHAR.RSP">): SlacStationStep {
  const why = refusals(message, state.config, { SOURCE_ADDRESS: session.pevMac });
  if (why.length > 0) return refuse(state, message, why);
  return step(withSession(state, { ...session, at: "AwaitCmSlacMatchReq" }));
}

/** V2G3-A09-98: every field is checked. The first car to ask is the one that is plugged in here; the other sessions end. */
function onMatchReq(state: SlacState, session: Session, message: Mme<"CM_SLAC_MATCH.REQ">): SlacStationStep {
  const why = refusals(message, state.config, { PEV_MAC: session.pevMac, EVSE_MAC: state.config.mac });
  if (why.length > 0) return refuse(state, message, why);
  const next: SlacState = { ...state, at: "AwaitLink", sessions: [], matched: session };
  return step(next, matchCnf(next, message));
}

/** CM_SLAC_MATCH.CNF with the key; the same again for the same request. */
export const matchCnf = ({ config, key }: SlacState, { fields, sa }: Mme<"CM_SLAC_MATCH.REQ">): SlacEffect => {
  const { PEV_ID, PEV_MAC, EVSE_ID, EVSE_MAC, RunID } = fields;
  return {
    do: "mme",
    frame: encodeMme({
      name: "CM_SLAC_MATCH.CNF",
      da: sa,
      sa: config.mac,
      fields: { PEV_ID, PEV_MAC, EVSE_ID, EVSE_MAC, RunID, NID: key.nid, NMK: key.nmk },
    }),
  };
};

function failed(reason: SlacTimer) {
  return (state: SlacState, session: Session) => failSession(state, session, reason);
}
