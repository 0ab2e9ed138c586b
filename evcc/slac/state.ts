import {
  type Ignored,
  type Keying,
  type MatchFailure,
  type NetworkKey,
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
}

export type SlacOptions = Pick<SlacConfig, "mac"> &
  Partial<Omit<SlacConfig, "mac" | "timers">> & { readonly timers?: Partial<SlacConfig["timers"]> };

export const completeConfig = (options: SlacOptions): SlacConfig => ({
  tolerated: [],
  setKeyResults: [1],
  direct: 40,
  indirect: 80,
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
  | "AwaitCmSlacMatchCnf"
  /** The key of the match is on its way into the modem. */
  | "AwaitJoinSetKeyCnf"
  | "AwaitLink"
  | "AwaitLinkReady"
  | "Matched"
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
