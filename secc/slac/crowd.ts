import type { Millis } from "../../core";
import { newSession } from "./session";
import { type Session, type SlacState, without, withSession } from "./state";

/**
 * A vehicle that has been told the parameters, whose session had to give way before its sounding began. It costs next to nothing, so
 * that a flood of requests in thousands of names keeps nobody out: its session comes back with its CM_START_ATTEN_CHAR.IND.
 */
export interface Waiting {
  readonly pevMac: string;
  readonly runId: string;
  /** When it was told. */
  readonly since: Millis;
}

/** As many as ask in TT_match_sequence when one asks every 0.1 ms. */
const mostWaiting = 4096;

const isIdle = ({ at }: Session): boolean => at === "AwaitCmStartAttenCharInd";

/**
 * Room for one more session. A car holds two at most, so one car cannot fill the table. Of all, the oldest that has not begun to sound
 * gives way, and waits outside; of a car's own that one, or its oldest. In a full table with none such the newcomer is not served.
 */
export function makeRoom(state: SlacState, pevMac: string, now: Millis): SlacState | undefined {
  const own = state.sessions.filter((it) => it.pevMac === pevMac);
  const spare = own.length >= 2 ? (own.find(isIdle) ?? own[0]) : undefined;
  if (spare) return without(state, spare);
  if (state.sessions.length < state.config.parallel) return state;
  const idle = state.sessions.find(isIdle);
  return idle && { ...without(state, idle), waiting: [...stillWaiting(state, now), idle] };
}

/** In the order in which they were told, so those whose time is over come first. */
function stillWaiting({ waiting, config }: SlacState, now: Millis): readonly Waiting[] {
  const first = waiting.findIndex(({ since }) => now - since < config.timers.TT_match_sequence);
  const from = first < 0 ? waiting.length : first;
  return waiting.slice(Math.max(from, waiting.length - mostWaiting + 1));
}

/** The session of a car that has waited outside and now begins to sound; undefined where there is none such, or no room. */
export function comeBack(state: SlacState, pevMac: string, runId: string, now: Millis): SlacState | undefined {
  const told = stillWaiting(state, now).find((it) => it.pevMac === pevMac && it.runId === runId);
  const room = told && makeRoom(state, pevMac, now);
  return room && withSession(room, newSession(pevMac, runId, freeSlot(room), now));
}

export function freeSlot({ sessions }: SlacState): number {
  let slot = 0;
  while (sessions.some((it) => it.slot === slot)) slot++;
  return slot;
}
