import type { Millis } from "../../core";
import {
  armTimer,
  encodeMme,
  ignore,
  type Mme,
  refusals,
  refuse,
  type SlacEffect,
  slacConstants,
  step,
  suffixOf,
  validateResult,
} from "../../protocol/homeplug";
import { failSession, type Session, type SlacState, type SlacStationStep, withSession } from "./state";

type ValidateReq = Mme<"CM_VALIDATE.REQ">;
type Result = keyof typeof validateResult;

const validating = ({ at }: Session) => at === "AwaitCmValidateReq" || at === "AwaitToggles";

const cnf = ({ config }: SlacState, { pevMac }: Session, result: Result, toggles = 0): SlacEffect => ({
  do: "mme",
  frame: encodeMme({
    name: "CM_VALIDATE.CNF",
    da: pevMac,
    sa: config.mac,
    fields: { ToggleNum: Math.min(toggles, 0xff), Result: validateResult[result] },
  }),
});

/** First step (V2G3-A09-51). While another car is being validated this one is told to come again (V2G3-M09-13). */
export function validate(state: SlacState, session: Session, message: ValidateReq): SlacStationStep {
  const why = refusals(message, state.config, { Timer: 0, Result: validateResult.ready });
  if (why.length > 0) return refuse(state, message, why);
  const { validation } = state.config;
  if (validation !== "count") return step(state, cnf(state, session, validation));
  if (state.sessions.some(validating)) return step(state, cnf(state, session, "notReady"));
  const next: Session = { ...session, at: "AwaitCmValidateReq", sends: 1, toggles: 0 };
  return step(withSession(state, next), cnf(state, session, "ready"));
}

/** Second step: the window opens. A first step again is answered again; one that is not ready ends the validation. */
export function validateAgain(state: SlacState, session: Session, message: ValidateReq): SlacStationStep {
  const why = refusals(message, state.config);
  if (why.length > 0) return refuse(state, message, why);
  const { Timer, Result } = message.fields;
  if (Result !== validateResult.ready) return validationOver(state, session);
  if (Timer === 0) return step(state, cnf(state, session, "ready"));
  const longest = state.config.timers.TT_EVSE_vald_toggle;
  const windowMs = Math.min((Timer + 1) * 100, longest);
  return step(withSession(state, { ...session, at: "AwaitToggles" }), {
    do: "arm",
    timer: `slac.TT_EVSE_vald_toggle${suffixOf(session.slot)}`,
    ms: windowMs,
  });
}

/** No second step: the first answer is repeated while attempts are left, then the session goes on without validation. */
export function repeatValidateCnf(state: SlacState, session: Session): SlacStationStep {
  if (session.sends > slacConstants.C_EV_match_retry) return validationOver(state, session);
  const next = withSession(state, { ...session, sends: session.sends + 1 });
  const timer = armTimer("TT_match_sequence", state.config.timers, suffixOf(session.slot));
  return step(next, cnf(state, session, "ready"), timer);
}

export function validationOver(state: SlacState, session: Session): SlacStationStep {
  return failSession(state, session, "TT_match_sequence");
}

/** The window is over: now, and not before, the count is told. */
export function windowOver(state: SlacState, session: Session): SlacStationStep {
  return step(
    withSession(state, { ...session, at: "AwaitCmSlacMatchReqAfterValidation" }),
    cnf(state, session, session.toggles > 0 ? "success" : "failure", session.toggles),
  );
}

/** TP_EV_vald_state_duration, and what a receiver of the pilot may measure too little or too much of it. */
const stateDuration = { least: 200, most: 400, blur: 50 } as const;

/** A toggle counts for the session whose window is open, if its C has stood as long as the standard wants it (V2G3-M08-01). */
export function toggled(state: SlacState, lasted: Millis): SlacStationStep {
  const session = state.sessions.find(({ at }) => at === "AwaitToggles");
  if (!session) return ignore(state, "ToggleOutsideWindow");
  const { least, most, blur } = stateDuration;
  if (lasted < least - blur || lasted > most + blur)
    return ignore(state, "ToggleOutOfTime", "a toggle does not count", { lasted });
  return step(withSession(state, { ...session, toggles: session.toggles + 1 }));
}
