import type { Expired, LogEffect, Millis, TimerEffect } from "../../core";

/** Constants of ISO 15118-3 Annex A under its own names; where it allows a range, the value used by default. */
export const slacConstants = {
  C_EV_start_atten_char_inds: 3,
  C_EV_match_MNBC: 10,
  /** Retransmissions of a request that nobody answers: three sendings in all. */
  C_EV_match_retry: 2,
  C_conn_max_match: 3,
  /** Steps of the pilot through E or F with which a station asks a silent car to begin. */
  C_sequ_retry: 2,
  /** Limits in dB of the standard; many stations in the field report more, see the car's thresholds. */
  C_EV_match_signalattn_direct: 10,
  C_EV_match_signalattn_indirect: 20,
  /** Carrier groups of an attenuation profile. */
  groups: 58,
} as const;

/** Timers in ms. Those with a TT_ or TP_ name are of ISO 15118-3 Annex A, the T_set_key and T_link ones are ours. */
export const slacTimers = {
  /** State B to CM_SLAC_PARM.REQ at the station; 20 to 50 s are allowed. */
  TT_EVSE_SLAC_init: 40_000,
  TT_match_response: 200,
  TT_match_sequence: 400,
  /** Within this a station answers; a car that has waited so long has heard every station. */
  TP_match_response: 100,
  /** Between START_ATTEN_CHAR and SOUND messages; 20 to 50 ms. */
  TP_EV_batch_msg_interval: 25,
  TT_EVSE_match_MNBC: 600,
  TT_EV_atten_results: 1200,
  TT_EVSE_match_session: 10_000,
  /** The longest window that CM_VALIDATE.REQ may ask for. */
  TT_EVSE_vald_toggle: 3500,
  /** How long a car keeps each state of a toggle; 200 to 400 ms. */
  T_vald_state_duration: 300,
  TT_match_join: 12_000,
  /** After a pause, from the wake-up to the link of the stored keys. */
  T_conn_resume: 6000,
  /** Link to D-LINK_READY; 0.2 to 1 s. */
  TP_link_ready_notification: 200,
  TT_amp_map_exchange: 200,
  TT_matching_repetition: 10_000,
  TT_matching_rate: 400,
  /** The modem's answer to a key. */
  T_set_key_response: 1000,
  /** Between attempts to reach a modem that has fallen silent. */
  T_set_key_pause: 5000,
  /** Between questions to the modem while the link comes up, and while it stands. */
  T_link_poll: 100,
  T_link_watch: 1000,
} as const satisfies Record<string, Millis>;

export type SlacTimer = keyof typeof slacTimers;
export type SlacTimers = Readonly<Record<SlacTimer, Millis>>;

export type SlacInput =
  /** Power-up: fresh key, nothing is known. */
  | { kind: "reset" }
  /** The pilot came from A, E or F to B, C or D. */
  | { kind: "plugged" }
  /** The pilot went to A, E or F. */
  | { kind: "unplugged" }
  /** The pilot went from B to C and back to B (a BCB toggle); C stood for so long. */
  | { kind: "toggled"; lasted: Millis }
  | { kind: "mme"; frame: Uint8Array }
  /** The modem has restarted and knows no key any more. */
  | { kind: "modemRestarted" }
  /** The session is over: leave the network. */
  | { kind: "leave" }
  /** It goes on later: the key is kept, and the link not looked after. */
  | { kind: "pause" }
  /** Now it does: the link has to come up with the key that was kept. */
  | { kind: "resume" }
  | Expired;

/** Why a match came to nothing: the timer that ran out, or what was wrong. */
export type MatchFailure = SlacTimer | "no attenuation" | "attenuation too high" | "not validated";

/**
 * What the rest of the peer has to know. `matchFailed` is told when a machine has given up, not for each process or session that
 * fails; after it and after `linkLost` the next match begins with the next `plugged`.
 */
export type SlacEvent =
  | { kind: "matched"; peer: string; nid: string; runId: string; attenuationDb: number }
  | { kind: "matchFailed"; reason: MatchFailure }
  /** The car is to show this state: half of a BCB toggle. */
  | { kind: "toggle"; load: "B" | "C" }
  | { kind: "linkLost" };

export type SlacEffect = { do: "mme"; frame: Uint8Array } | TimerEffect | LogEffect | { do: "tell"; event: SlacEvent };

/** What the ports can be asked while a step is taken. */
export interface SlacSeen {
  readonly now: Millis;
  random(length: number): Uint8Array;
}

/** What either end is told of its modem and of the tolerance it shall have. */
export interface SlacHostConfig {
  /** Own MAC address, `AA:BB:CC:DD:EE:FF`. */
  readonly mac: string;
  readonly timers: SlacTimers;
  /** Deviations that are let pass, as `MME.FIELD`; none in the strict profile. */
  readonly tolerated: readonly string[];
  /** Results of CM_SET_KEY.CNF that mean success: 1 on modems of Qualcomm. */
  readonly setKeyResults: readonly number[];
  /** Whether the own amplitude map is told to the peer after the link is up (CM_AMP_MAP); its own is taken in any case. */
  readonly ampMap: "answer" | "ask";
}

/** Deviations of devices that charge in the field all the same. */
export const lenient: readonly string[] = [
  "CM_SLAC_PARM.CNF.RESP_TYPE",
  "CM_SLAC_MATCH.REQ.PEV_ID",
  "CM_SLAC_MATCH.REQ.EVSE_ID",
  "CM_SLAC_MATCH.CNF.PEV_ID",
  "CM_SLAC_MATCH.CNF.EVSE_ID",
  "CM_SET_KEY.CNF.YourNonce",
];

/** Mean attenuation of a profile in dB. */
export const meanOf = (aag: readonly number[]): number => aag.reduce((sum, db) => sum + db, 0) / aag.length;
