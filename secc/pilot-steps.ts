import type { PilotDrive } from "../core/pilot";
import { slacConstants } from "../protocol/homeplug";
import type { timers } from "./timers";

/** What the pilot shows for a while, after which a car matches anew. */
export interface PilotStep {
  readonly drive: PilotDrive;
  /** How long. */
  readonly timer: keyof typeof timers;
}

/** Why a match has to begin anew. */
export type RestartCause =
  /** No car has asked for parameters in time (V2G3-M06-07). */
  | "noRequest"
  /** Nobody joined, or the link was lost (V2G3-M07-05 to -09). */
  | "noLink"
  /** The match has taken longer than an operator has patience for: the predecessor's hint. */
  | "hint";

/** Also what lasts on where the car cannot be called yet. */
export const lastStep: PilotStep = { drive: { out: "f" }, timer: "T_step_EF" };
const stepX1: PilotStep = { drive: { out: "x1" }, timer: "T_step_X1" };
const hint: PilotStep = { drive: { out: "x1" }, timer: "T_restart_hint" };

/** Steps of the pilot until it calls again, and how often at most while one plug is in. */
export const restarts: Readonly<Record<RestartCause, { readonly steps: readonly PilotStep[]; readonly most: number }>> =
  {
    noRequest: { steps: [lastStep], most: slacConstants.C_sequ_retry },
    noLink: { steps: [stepX1, lastStep], most: slacConstants.C_conn_max_match },
    hint: { steps: [hint], most: Number.POSITIVE_INFINITY },
  };

/** Timers of these steps, each once. */
export const stepTimers = [...new Set(Object.values(restarts).flatMap(({ steps }) => steps.map(({ timer }) => timer)))];

/** A restart that is under way: the steps still to come, and how many restarts there have been since the plug went in. */
export interface Restart {
  readonly steps: readonly PilotStep[];
  readonly counts: Readonly<Partial<Record<RestartCause, number>>>;
}

/** The next restart for that cause; undefined when there have been enough. */
export function restartFor(cause: RestartCause, last: Restart | undefined): Restart | undefined {
  const { steps, most } = restarts[cause];
  const count = (last?.counts[cause] ?? 0) + 1;
  return count > most ? undefined : { steps, counts: { ...last?.counts, [cause]: count } };
}
