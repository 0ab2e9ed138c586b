import type { Millis } from "../../core";
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
import type { Waiting } from "./crowd";

export interface SlacConfig extends SlacHostConfig {
  /** Added to every averaged group, to calibrate the receive path; may be negative. In dB. */
  readonly attenuationOffsetDb: number;
  /** Parallel sessions; the standard asks for 5 at least (C_EVSE_match_parallel). */
  readonly parallel: number;
  /** Answer to CM_VALIDATE: the station counts the toggles that it is told of, says that none are needed, or refuses. */
  readonly validation: "count" | "notRequired" | "failure";
}

export type SlacOptions = Pick<SlacConfig, "mac"> &
  Partial<Omit<SlacConfig, "mac" | "timers">> & { readonly timers?: Partial<SlacConfig["timers"]> };

export const completeConfig = (options: SlacOptions): SlacConfig => ({
  tolerated: [],
  setKeyResults: [1],
  ampMap: "answer",
  attenuationOffsetDb: 0,
  parallel: 16,
  validation: "notRequired",
  ...options,
  mac: options.mac.toUpperCase(),
  timers: { ...slacTimers, ...options.timers },
});

export type StationAt =
  | "AwaitSetKeyCnf"
  /** Keyed and in no match: no car, or one that has had its time. */
  | "AwaitVehicle"
  | "AwaitCmSlacParmReq"
  /** At least one session is under way. */
  | "Matching"
  | "AwaitLink"
  | "AwaitCmAmpMapCnf"
  | "AwaitLinkReady"
  | "Matched"
  /** The session is to go on later: the key is kept. */
  | "Paused"
  | "AwaitResumedLink";

export type SessionAt =
  | "AwaitCmStartAttenCharInd"
  | "AwaitCmAttenProfileInd"
  | "AwaitCmAttenCharRsp"
  | "AwaitCmSlacMatchReq"
  | "AwaitCmValidateReq"
  | "AwaitToggles"
  | "AwaitCmSlacMatchReqAfterValidation";

/** One car in one matching process: its MAC and RunID. */
export interface Session {
  readonly at: SessionAt;
  readonly slot: number;
  readonly pevMac: string;
  readonly runId: string;
  /** When its car was told the parameters. */
  readonly since: Millis;
  /** Profiles counted, and their sum by carrier group. */
  readonly sounds: number;
  readonly sums: readonly number[];
  /** Profiles to come that belong to soundings of another run. */
  readonly foreign: number;
  /** Sendings of the message that now awaits its answer. */
  readonly sends: number;
  /** Averages as they were sent, and their mean. */
  readonly aag: readonly number[];
  readonly attenuationDb: number;
  /** BCB toggles counted in the window of a validation. */
  readonly toggles: number;
}

export interface SlacState {
  readonly config: SlacConfig;
  readonly at: StationAt;
  /** The pilot asks for a match. */
  readonly plugged: boolean;
  readonly key: NetworkKey;
  readonly keying: Keying;
  readonly sessions: readonly Session[];
  /** Cars whose sessions had to give way. */
  readonly waiting: readonly Waiting[];
  /** The session that asked for the match last and was told the key. */
  readonly matched?: Session;
  /** Questions after the link that the modem has left unanswered. */
  readonly unanswered: number;
  /** Sendings of CM_AMP_MAP.REQ. */
  readonly sends: number;
  readonly ignored: Ignored;
}

export type SlacStationStep = SlacStep<SlacState>;

/** Sessions stay in the order in which they began. */
export const withSession = (state: SlacState, session: Session): SlacState => {
  const known = state.sessions.some(({ slot }) => slot === session.slot);
  const sessions = state.sessions.map((it) => (it.slot === session.slot ? session : it));
  return { ...state, sessions: known ? sessions : [...sessions, session] };
};

export const without = (state: SlacState, { slot }: Session): SlacState => ({
  ...state,
  sessions: state.sessions.filter((it) => it.slot !== slot),
});

/** One session less. With the last one the station waits for the car to try again, as long as TT_EVSE_SLAC_init lets it. */
export function failSession(state: SlacState, session: Session, reason: MatchFailure): SlacStationStep {
  const { pevMac, runId } = session;
  const left = without(state, session);
  const next: SlacState = left.sessions.length > 0 ? left : { ...left, at: "AwaitCmSlacParmReq" };
  return step(next, { do: "log", level: "warn", text: "matching failed", fields: { reason, pevMac, runId } });
}
