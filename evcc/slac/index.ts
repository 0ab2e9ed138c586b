import {
  changeTimers,
  type DecodedMme,
  freshKey,
  heard,
  ignore,
  keying,
  pollLink,
  restoreKey,
  type SlacInput,
  type SlacSeen,
  sendKey,
  step,
  timerNamed,
  unexpected,
  withTimers,
} from "../../protocol/homeplug";
import { stopToggling } from "./choice";
import { leave, linkLost, plugIn, rows, unplug } from "./rows";
import { completeConfig, type SlacCarStep, type SlacOptions, type SlacState } from "./state";

export type { SlacEffect, SlacEvent, SlacInput, SlacSeen } from "../../protocol/homeplug";
export type { SlacConfig, SlacOptions, SlacState } from "./state";

/** Power-up: a key of its own takes the car out of any network its modem remembers. */
export function startSlac(options: SlacOptions, seen: SlacSeen): SlacCarStep {
  const config = completeConfig(options);
  const key = freshKey(seen);
  const state: SlacState = {
    config,
    at: "AwaitPlug",
    plugged: false,
    repeating: false,
    joins: 0,
    runId: "",
    stations: [],
    sounded: 0,
    sends: 0,
    flips: 0,
    askedAt: 0,
    key,
    keying: keying(key, seen),
    unanswered: 0,
    ignored: {},
  };
  return settle(state, step({ ...state, at: "AwaitSetKeyCnf" }, sendKey(config.mac, state.keying)));
}

export const stepSlac = (state: SlacState, input: SlacInput, seen: SlacSeen): SlacCarStep =>
  settle(state, stopToggling(state, take(state, input, seen)));

export const atSlac = (state: SlacState): string => state.at;

function take(state: SlacState, input: SlacInput, seen: SlacSeen): SlacCarStep {
  switch (input.kind) {
    case "plugged":
      return plugIn(state, seen);
    case "unplugged":
    case "leave":
      return unplug(state, seen);
    case "pause":
      return step(state.at === "Matched" ? { ...state, at: "Paused" } : state);
    case "resume":
      return state.at === "Paused" ? pollLink({ ...state, at: "AwaitResumedLink" }) : step(state);
    case "modemRestarted":
      if (state.at === "Paused" || state.at === "AwaitResumedLink") return restoreKey(state);
      return state.at === "Matched" ? linkLost(state, seen) : leave(state, seen);
    case "reset":
      return leave({ ...state, plugged: false }, seen);
    case "toggled":
      return step(state);
    case "expired":
      return rows[state.at].expires[timerNamed(input.timer).timer]?.(state, seen) ?? step(state);
    case "mme":
      return onFrame(state, input.frame, seen);
  }
}

type Handler = (state: SlacState, message: DecodedMme, seen: SlacSeen) => SlacCarStep;

function onFrame(state: SlacState, frame: Uint8Array, seen: SlacSeen): SlacCarStep {
  const message = heard(frame, state.config);
  if (message.kind === "dropped") return ignore(state, message.reason);
  const handler = rows[state.at].accepts[message.name] as Handler | undefined;
  return handler ? handler(state, message, seen) : unexpected(state, message);
}

/** Starts and stops timers for wherever the step has led. */
const settle = (before: SlacState, after: SlacCarStep): SlacCarStep =>
  withTimers(after, changeTimers(rows[before.at], rows[after.state.at], after.state.config.timers));
