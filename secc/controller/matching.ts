import type { Millis } from "../../core/clock";
import type { PilotState } from "../../core/pilot";
import { lastStep, type RestartCause, restartFor } from "../pilot-steps";
import { releasing } from "../power";
import { type SlacEffect, type SlacEvent, type SlacInput, stepSlac } from "../slac";
import type { Station } from "../state";
import { established, tellSession } from "./sessions";
import { alarm, idle, type Turn } from "./turn";

/** Duty cycle that tells a car to talk (IEC 61851-1). */
const highLevelDuty = 5;
/** Volts: the negative half wave is at −12 ± 1 V (IEC 61851-1). */
const lowestWithoutDiode = -10.5;

/**
 * 5 % asks the car to talk.
 * @param how `resume` for a car that has paused: both have kept the key of their match
 */
export function call(turn: Turn, how: "plugged" | "resume" = "plugged"): void {
  part(turn);
  turn.drive({ out: "x2", dutyPercent: highLevelDuty });
  if (!turn.state.slac) return turn.set({ at: "AwaitConnection" });
  const { slacWait } = turn.state.config;
  if (slacWait !== undefined) turn.does({ do: "arm", timer: "SLAC_WAIT_TIMEOUT_S", ms: slacWait });
  turn.set({ at: "AwaitMatch" });
  tellSlac(turn, { kind: how });
}

/** The pilot while a match may be under way: B, C and B again is a toggle of the car's validation. */
export function toggle(turn: Turn, pilot: PilotState): void {
  const lasted = turn.toggled(pilot);
  if (lasted !== undefined) tellSlac(turn, { kind: "toggled", lasted });
}

/** Whoever asks is to be answered within 100 ms (TP_match_response): that is how long the answer may wait. */
const patience: Millis = 90;

/**
 * CP01: with a car of good order the oscillation goes down to −12 V; whoever has no diode is not talked to. A pilot that has only just begun
 * to oscillate may not have been measured since: what comes then waits until it was.
 */
export function mmeSeen(turn: Turn, frame: Uint8Array, at = turn.seen.now): void {
  const { low } = turn.seen.pilot;
  const missing = turn.state.at === "AwaitMatch" && low > lowestWithoutDiode;
  if (!missing) return tellSlac(turn, { kind: "mme", frame });
  if (low < 0 || turn.seen.now - at >= patience) return;
  turn.set({ early: { frame, at } });
  turn.arm("CP_negative_half");
}

export function lookAgain(turn: Turn): void {
  const { early, ...rest } = turn.state;
  turn.state = rest;
  if (early) mmeSeen(turn, early.frame, early.at);
}

export function tellSlac(turn: Turn, input: SlacInput): void {
  if (!turn.state.slac) return;
  const { random, now } = turn.seen;
  const { state, effects } = stepSlac(turn.state.slac, input, { now, random });
  turn.set({ slac: state });
  takeSlac(turn, effects);
}

export function takeSlac(turn: Turn, effects: readonly SlacEffect[]): void {
  for (const effect of effects) {
    if (effect.do === "tell") heard(turn, effect.event);
    else turn.does(effect);
  }
}

function heard(turn: Turn, event: SlacEvent): void {
  if (event.kind === "matched") {
    if (turn.state.at === "AwaitMatch") turn.set({ at: "AwaitConnection" });
    const { peer, nid, runId, attenuationDb } = event;
    turn.log("info", "SLAC matched", { ev_mac: peer, nid, run_id: runId, attenuation_db: attenuationDb });
    if (!established(turn.state.session)) turn.arm("V2G_SECC_CommunicationSetup_Timer");
    return;
  }
  if (event.kind === "toggle") return;
  const noLink = event.kind === "linkLost" || event.reason === "TT_match_join" || event.reason === "T_conn_resume";
  const cause = noLink ? "noLink" : turn.state.config.slacWait === undefined ? "noRequest" : "hint";
  startAgain(turn, cause, event.kind === "linkLost" ? "link lost" : `no match: ${event.reason}`);
}

/** The match or the link has come to nothing: after some steps of the pilot the car is called again, unless it was often enough. */
function startAgain(turn: Turn, cause: RestartCause, reason: string): void {
  const { at, restart: last } = turn.state;
  abort(turn, reason);
  if (at !== "AwaitMatch" && at !== "AwaitConnection" && at !== "InSession") return;
  const restart = restartFor(cause, last);
  if (!restart) return;
  turn.set({ at: "AwaitPilotStep", restart });
  // The first step takes the place of the rest at X1 with which a session is given up.
  const rest = turn.effects.findIndex((effect) => effect.do === "drive");
  if (rest >= 0) turn.effects.splice(rest, 1);
  turn.disarm("TP_match_leave");
  pilotStep(turn);
}

/** V2G3-M06-09, M07-07 to -09. Nobody is called to an outlet that is not off yet. */
export function pilotStep(turn: Turn): void {
  const { at, restart, power } = turn.state;
  if (at !== "AwaitPilotStep" || !restart) return;
  const [next, ...steps] = restart.steps;
  if (!next && power.stage === "Off") return call(turn);
  const { drive, timer } = next ?? lastStep;
  turn.set({ restart: { ...restart, steps } });
  turn.drive(drive);
  turn.arm(timer);
}

export function outOfPatience(turn: Turn): void {
  if (turn.state.at === "AwaitMatch") startAgain(turn, "hint", "not matched in time");
}

/** The link that the last car had is left, at the latest when the next one is there. */
export function part(turn: Turn): void {
  const { leaving, ...rest } = turn.state;
  if (!leaving) return;
  turn.state = rest;
  turn.disarm("link_parting");
  tellSlac(turn, { kind: "unplugged" });
}

/**
 * An end that the car has not asked for and does not yet know of: the pilot says so as well, by state F, for as long as it has to last
 * before a car may be called again (S04).
 */
export function emergency(turn: Turn, reason: string, whose: Station["alarm"] = "station"): void {
  const { at } = turn.state;
  if (at === "AwaitVehicle") return abort(turn, reason);
  turn.set({ alarm: whose });
  abort(turn, reason);
  if (at === "AwaitUnplug") turn.drive(alarm);
  turn.arm("CP_recovery");
}

/** Whatever there is comes to its end: power first, then session and link. The car is not called again before its plug was out. */
export function abort(turn: Turn, reason: string): void {
  const { at, power } = turn.state;
  if (at === "InSession") return tellSession(turn, { kind: "abort", because: reason });
  if (power.stage !== "Off" && !releasing(power)) turn.power({ kind: "ask", ask: { kind: "emergency", reason } });
  if (at === "AwaitUnplug" || at === "AwaitVehicle") return;
  turn.set({ at: "AwaitUnplug" });
  turn.log("warn", "Session given up", { reason });
  turn.disarm("V2G_SECC_CommunicationSetup_Timer");
  turn.drive(turn.state.alarm ? alarm : idle);
  tellSlac(turn, { kind: "leave" });
}
