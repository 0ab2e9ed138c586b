import { encodeMme } from "./frame";
import { askLink, type Keying, keyTaken, sendKey } from "./host";
import type { Mme } from "./mmes";
import { armTimer, type Ignored, ignore, type SlacStep, step } from "./rows";
import { type SlacEffect, type SlacHostConfig, slacConstants } from "./slac";

/** What station and car have to remember of their modem alike. */
export interface HostState {
  readonly config: SlacHostConfig;
  readonly keying: Keying;
  /** Questions after the link that the modem has left unanswered. */
  readonly unanswered: number;
  /** Sendings of the request that now awaits its answer. */
  readonly sends: number;
  readonly ignored: Ignored;
}

/** Unanswered questions after the link that mean a dead modem. */
const SILENT_MODEM = 5;
const attempts = slacConstants.C_EV_match_retry + 1;

/** Goes on when the modem has taken the key; any other answer counts for nothing. */
export function onSetKeyCnf<S extends HostState>(
  state: S,
  message: Mme<"CM_SET_KEY.CNF">,
  goOn: (state: S) => SlacStep<S>,
): SlacStep<S> {
  if (keyTaken(message, state.keying, state.config)) return goOn(state);
  return ignore(state, "KeyRefused", "the modem has not taken the key", message.fields);
}

/** A modem may refuse for a while after a match, or be booting: after three attempts it is asked at leisure, without end. */
export function repeatKey<S extends HostState>(state: S): SlacStep<S> {
  const { config, keying: old } = state;
  const ms = old.sends >= attempts ? config.timers.T_set_key_pause : config.timers.T_set_key_response;
  const next = { ...state, keying: { ...old, sends: old.sends + 1 } };
  const told: SlacEffect[] = [{ do: "log", level: "error", text: "the modem does not take a key" }];
  return step(next, ...(old.sends === attempts ? told : []), sendKey(config.mac, next.keying), {
    do: "arm",
    timer: "slac.T_set_key_response",
    ms,
  });
}

/** A key that was kept over a pause, for a modem that has restarted. */
export const restoreKey = <S extends HostState>(state: S): SlacStep<S> =>
  step(state, sendKey(state.config.mac, state.keying));

export const pollLink = <S extends HostState>(state: S): SlacStep<S> =>
  step(state, askLink(state.config.mac), armTimer("T_link_poll", state.config.timers));

/** Asks again; a modem that has left too many questions unanswered has lost the link. */
export function watchLink<S extends HostState>(state: S, lost: (state: S) => SlacStep<S>): SlacStep<S> {
  if (state.unanswered >= SILENT_MODEM) return lost(state);
  const next = { ...state, unanswered: state.unanswered + 1 };
  return step(next, askLink(state.config.mac), armTimer("T_link_watch", state.config.timers));
}

export const onLinkWatched = <S extends HostState>(
  state: S,
  { fields }: Mme<"VS_PL_LNK_STATUS.CNF">,
  lost: (state: S) => SlacStep<S>,
): SlacStep<S> => (fields.LinkStatus === 1 ? step({ ...state, unanswered: 0 }) : lost(state));

/** V2G3-A09-114. A map of no carriers is no map. */
export function answerAmpMap<S extends HostState>(
  state: S,
  { sa, fields }: Mme<"CM_AMP_MAP.REQ">,
  peer: string | undefined,
): SlacStep<S> {
  if (sa !== peer) return ignore(state, "OtherSource");
  if (fields.AMLEN === 0) return ignore(state, "Deviation");
  const frame = encodeMme({ name: "CM_AMP_MAP.CNF", da: sa, sa: state.config.mac, fields: { ResType: 0 } });
  return step(state, { do: "mme", frame });
}

/** Carriers of a power-line network; none of them is to be sent with less power. */
const carriers = { AMLEN: 917, AMDATA: "00".repeat(459) } as const;

export function askAmpMap<S extends HostState>(state: S, peer: string): SlacStep<S> {
  const frame = encodeMme({ name: "CM_AMP_MAP.REQ", da: peer, sa: state.config.mac, fields: carriers });
  const timer = armTimer("TT_amp_map_exchange", state.config.timers);
  return step({ ...state, sends: state.sends + 1 }, { do: "mme", frame }, timer);
}

/** Asked three times in all; a peer that does not know the exchange is not worse off for it. */
export const ampMapDue = <S extends HostState>(state: S, peer: string, goOn: (state: S) => SlacStep<S>): SlacStep<S> =>
  state.sends < attempts ? askAmpMap(state, peer) : goOn(state);

/** An invalid confirmation is none. */
export function onAmpMapCnf<S extends HostState>(
  state: S,
  { sa, fields }: Mme<"CM_AMP_MAP.CNF">,
  peer: string,
  goOn: (state: S) => SlacStep<S>,
): SlacStep<S> {
  if (sa !== peer) return ignore(state, "OtherSource");
  return fields.ResType === 0 ? goOn(state) : ignore(state, "Deviation");
}
