import {
  encodeMme,
  type Ignored,
  type Keying,
  type MatchFailure,
  type MmeGiven,
  type MmeName,
  type NetworkKey,
  type SlacEffect,
  type SlacHostConfig,
  type SlacStep,
  slacTimers,
  step,
} from "../../protocol/homeplug";

export interface SlacConfig extends SlacHostConfig {
  /**
   * Mean attenuation in dB below which a station is the one plugged in (EVSE_FOUND), and below which it may be
   * (EVSE_POTENTIALLY_FOUND). The standard's 10 and 20 dB are less than many real stations report.
   */
  readonly direct: number;
  readonly indirect: number;
  /** Which stations are asked to count toggles of the pilot: none, those that are perhaps the one, or each. */
  readonly validation: "never" | "potential" | "always";
  /** BCB toggles of a validation; 1 to 3 (C_EV_vald_nb_toggles). */
  readonly toggles: number;
  /** What is done with a station that does not validate, because it cannot or need not. */
  readonly unvalidated: "match" | "drop";
}

export type SlacOptions = Pick<SlacConfig, "mac"> &
  Partial<Omit<SlacConfig, "mac" | "timers">> & { readonly timers?: Partial<SlacConfig["timers"]> };

export const completeConfig = (options: SlacOptions): SlacConfig => ({
  tolerated: [],
  setKeyResults: [1],
  ampMap: "answer",
  direct: 40,
  indirect: 80,
  validation: "never",
  toggles: 3,
  unvalidated: "match",
  ...options,
  mac: options.mac.toUpperCase(),
  timers: { ...slacTimers, ...options.timers },
});

export type SlacAt =
  | "AwaitSetKeyCnf"
  /** Keyed and in no match: unplugged, or the match was given up. */
  | "AwaitPlug"
  | "AwaitCmSlacParmCnf"
  /** Between two messages of the sounding. */
  | "AwaitBatchInterval"
  | "AwaitCmAttenCharInd"
  | "AwaitCmValidateCnf"
  /** The pilot is being toggled, or the station still counts. */
  | "AwaitToggleCount"
  | "AwaitCmSlacMatchCnf"
  /** The key of the match is on its way into the modem. */
  | "AwaitJoinSetKeyCnf"
  | "AwaitLink"
  | "AwaitCmAmpMapCnf"
  | "AwaitLinkReady"
  | "Matched"
  /** The session is to go on later: the key is kept. */
  | "Paused"
  | "AwaitResumedLink"
  /** A matching process has failed; the next one starts after TT_matching_rate. */
  | "AwaitMatchingRate";

/** A station that has answered; its profile comes later. */
export interface Station {
  readonly mac: string;
  readonly attenuationDb?: number;
}

export interface SlacState {
  readonly config: SlacConfig;
  readonly at: SlacAt;
  /** The pilot asks for a match. */
  readonly plugged: boolean;
  /** TT_matching_repetition runs: a failed process is followed by another. */
  readonly repeating: boolean;
  /** Why the last process failed. */
  readonly failure?: MatchFailure;
  /** Failed joins since the plug went in (C_conn_max_match). */
  readonly joins: number;
  readonly runId: string;
  readonly stations: readonly Station[];
  /** START and SOUND messages sent, and sendings of the request that now awaits its answer. */
  readonly sounded: number;
  readonly sends: number;
  /** Changes of the pilot made in this validation: after an odd number it shows C. */
  readonly flips: number;
  /** When the last CM_SLAC_PARM.REQ was sent. */
  readonly askedAt: number;
  readonly chosen?: Required<Station>;
  readonly key: NetworkKey;
  readonly keying: Keying;
  readonly unanswered: number;
  readonly ignored: Ignored;
}

export type SlacCarStep = SlacStep<SlacState>;

/**
 * The matching process came to nothing. While TT_matching_repetition runs another follows after TT_matching_rate; then the car
 * gives up until it is plugged in anew (V2G3-A09-124, -125).
 */
export function failMatch(state: SlacState, reason: MatchFailure): SlacCarStep {
  const { chosen: _, ...rest } = state;
  if (state.repeating) {
    const fields = { reason, runId: state.runId };
    return step(
      { ...rest, at: "AwaitMatchingRate", failure: reason },
      { do: "log", level: "info", text: "matching again", fields },
    );
  }
  return step({ ...rest, at: "AwaitPlug", plugged: false }, { do: "tell", event: { kind: "matchFailed", reason } });
}

export const send = <N extends MmeName>(
  { config }: SlacState,
  name: N,
  da: string,
  fields: MmeGiven<N>,
): SlacEffect => ({
  do: "mme",
  frame: encodeMme({ name, da, sa: config.mac, fields }),
});
