import type { Step } from "../../core";
import { BROADCAST } from "./addresses";
import { type DecodedMme, type Deviation, decodeMme, deviations } from "./frame";
import type { Mme, MmeName } from "./mmes";
import type { SlacEffect, SlacHostConfig, SlacSeen, SlacTimer, SlacTimers } from "./slac";

export type SlacStep<S> = Step<S, SlacEffect>;

/** One waiting state: the messages it accepts, and its timers with what happens when they run out. */
export interface Row<S> {
  readonly accepts: { readonly [N in MmeName]?: (state: S, message: Mme<N>, seen: SlacSeen) => SlacStep<S> };
  readonly expires: { readonly [T in SlacTimer]?: (state: S, seen: SlacSeen) => SlacStep<S> };
}

/** Timers alone of a row, whoever its handlers serve. */
export type Timed = { readonly expires: object } | undefined;

/**
 * Timers on the way from one row to another: the old row's stop, the new row's start, and one that both have runs on.
 * @param suffix tells the timers of parallel sessions apart
 */
export function changeTimers(from: Timed, to: Timed, timers: SlacTimers, suffix = ""): SlacEffect[] {
  const old = Object.keys(from?.expires ?? {}) as SlacTimer[];
  const fresh = Object.keys(to?.expires ?? {}) as SlacTimer[];
  return [
    ...old.filter((it) => !fresh.includes(it)).map((it) => ({ do: "disarm", timer: `slac.${it}${suffix}` }) as const),
    ...fresh.filter((it) => !old.includes(it)).map((it) => armTimer(it, timers, suffix)),
  ];
}

/**
 * What a step does, with the timers of the row it leads to; a timer that the step has armed itself is left to it. Timers come
 * first, so that a frame is the last that is seen of a step.
 */
export function withTimers<S>({ state, effects }: SlacStep<S>, changes: readonly SlacEffect[]): SlacStep<S> {
  const own = effects.filter(({ do: kind }) => kind === "arm" || kind === "disarm");
  const others = effects.filter((it) => !own.includes(it));
  const armed = new Set(own.flatMap((it) => (it.do === "arm" ? [it.timer] : [])));
  return { state, effects: [...changes.filter((it) => it.do !== "arm" || !armed.has(it.timer)), ...own, ...others] };
}

export const armTimer = (timer: SlacTimer, timers: SlacTimers, suffix = ""): SlacEffect => ({
  do: "arm",
  timer: `slac.${timer}${suffix}`,
  ms: timers[timer],
});

/** `slac.TT_match_sequence#2` is that timer of the session in slot 2; the first slot has no suffix. */
export function timerNamed(name: string): { timer: SlacTimer; slot: number } {
  const [timer = "", slot = "0"] = name.replace(/^slac\./, "").split("#");
  return { timer: timer as SlacTimer, slot: Number(slot) };
}
export const suffixOf = (slot: number): string => (slot === 0 ? "" : `#${slot}`);

export const step = <S>(state: S, ...effects: readonly SlacEffect[]): SlacStep<S> => ({ state, effects });

/** Goes on from a step: effects of both in order. */
export function then<S>(first: SlacStep<S>, next: (state: S) => SlacStep<S>): SlacStep<S> {
  const second = next(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}

/** Frames ignored, counted by reason. The reasons are a closed set, so no flood can make this grow. */
export type Ignored = Readonly<Record<string, number>>;

/** What a host makes of a frame: a message for it, or the reason for which it counts and drops it. */
export function heard(frame: Uint8Array, config: SlacHostConfig): DecodedMme | { kind: "dropped"; reason: string } {
  const message = decodeMme(frame);
  if (message.kind === "NotAnMme") return { kind: "dropped", reason: message.why };
  if (message.sa === config.mac) return { kind: "dropped", reason: "OwnSource" };
  if (message.da !== config.mac && message.da !== BROADCAST) return { kind: "dropped", reason: "OtherDestination" };
  return message;
}

/** Deviations from the layout and from `expected` values that the configuration does not let pass. */
export function refusals<N extends MmeName>(
  message: Mme<N>,
  config: SlacHostConfig,
  expected: Partial<Mme<N>["fields"]> = {},
): Deviation[] {
  const found = message.fields as Readonly<Record<string, unknown>>;
  const others = Object.entries(expected)
    .filter(([field, value]) => found[field] !== value)
    .map(([field, value]) => ({ field, required: value, measured: found[field] }));
  return [...deviations(message as DecodedMme), ...others].filter(
    ({ field }) => !config.tolerated.includes(`${message.name}.${field}`),
  );
}

/** Drops a message: counted, and told to whoever reads the log at its finest. */
export function ignore<S extends { readonly ignored: Ignored }>(
  state: S,
  reason: string,
  text?: string,
  fields?: object,
): SlacStep<S> {
  const ignored = { ...state.ignored, [reason]: (state.ignored[reason] ?? 0) + 1 };
  const line: SlacEffect[] = text ? [{ do: "log", level: "debug", text, ...(fields && { fields }) }] : [];
  return step({ ...state, ignored }, ...line);
}

/** A message that the state does not wait for. One of them says why nothing will come of the modem. */
export const unexpected = <S extends { readonly ignored: Ignored }>(state: S, { name }: { name: string }) =>
  name === "VS_HST_ACTION.IND"
    ? ignore(state, "ModemNotBooted", "the modem asks for firmware or configuration")
    : ignore(state, "Unexpected");

export const refuse = <S extends { readonly ignored: Ignored }>(
  state: S,
  message: { name: string },
  why: readonly Deviation[],
) => ignore(state, "Deviation", `ignored ${message.name}`, { deviations: why });
