import type { Millis } from "../core/clock";

/** Timers of the station above SLAC, by the standard's names. The sequence timeout is in the configuration. */
export const timers = {
  /** From link established to SessionSetupRes (V2G2-714, V2G2-716, V2G2-723). */
  V2G_SECC_CommunicationSetup_Timer: 18_000,
  /** How long a request that needs another pilot state waits for it (V2G2-918, V2G2-921; the field allows 1.5 s). */
  CP_state_detection: 1_000,
  /** A pilot that falls to B under power is taken for a bounce until then (CP06). */
  CP_debounce: 50,
  /** How often the pilot is looked at for its first negative half wave, while a car waits for an answer. */
  CP_negative_half: 10,
  /** From a pilot in E or F to the next call of the car, if it is still there (S04, as T_step_EF). */
  CP_recovery: 4_200,
  /** From the end of a connection to the loss of its key where the pilot is lost: its last segment is on its way. */
  link_parting: 100,
  /** How often contacts that were too hot are looked at until they have cooled down (S22). */
  contacts_cooling: 1_000,
  /** From the announcement of a stop to a stop without the car (NotificationMaxDelay). */
  NotificationMaxDelay: 10_000,
  /** The same where the station's process is to end within 5 s (CL03): the power has to be off by then as well. */
  shutdown: 2_500,
  /** The link is left this long after the connection has ended; TP_match_leave allows 1 s. */
  TP_match_leave: 500,
  /** A car that does not close after SessionStopRes is closed by us; 5 s are allowed. */
  TCP_termination: 2_000,
  /** Steps of the pilot before a new match; a little longer than the 4 s and 3 s that they have to last. */
  T_step_EF: 4_200,
  T_step_X1: 3_200,
  /** The same after a pause has begun: nobody is called before. */
  pause_X1: 3_200,
  /** How long 5 % is taken away to make a car match anew. */
  T_restart_hint: 1_000,
} as const satisfies Record<string, Millis>;

/** Two have their times in the configuration. */
export type TimerName = keyof typeof timers | "wake_up" | "V2G_SECC_Sequence_Timer" | "SLAC_WAIT_TIMEOUT_S";
