import { decodeMme, encodeMme, type Mme, type MmeName } from "../../protocol/homeplug";
import type { StationMachine } from "../node";
import type { Station, StationEffect, StationInput } from "../station";
import { deafTo, wrapped } from "./wrapping";

type Wrap = (machine: StationMachine) => StationMachine;

export const read = (frame: Uint8Array): Mme | undefined => {
  const message = decodeMme(frame);
  return message.kind === "Mme" ? message : undefined;
};
export const sends =
  (name: MmeName) =>
  (effect: StationEffect): boolean =>
    effect.do === "mme" && read(effect.frame)?.name === name;
export const hears = (name: MmeName, input: StationInput): boolean =>
  input.kind === "mme" && read(input.frame)?.name === name;

/** Sends a message with another address or other fields. */
export const altered = (
  name: MmeName,
  change: object,
  head: object = {},
  when: (before: Station) => boolean = () => true,
): Wrap =>
  wrapped.effects((effects, { before }) =>
    effects.map((effect) => {
      const message = effect.do === "mme" ? read(effect.frame) : undefined;
      if (effect.do !== "mme" || message?.name !== name || !when(before)) return effect;
      const made = { ...message, ...head, fields: { ...message.fields, ...change } };
      return { ...effect, frame: encodeMme(made as Parameters<typeof encodeMme>[0]) };
    }),
  );

/** Deaf to so many messages of that name. */
export const deafToTheFirst =
  (count: number, name: MmeName): Wrap =>
  (machine) => {
    let heard = 0;
    return deafTo((input) => hears(name, input) && ++heard <= count)(machine);
  };

export const expired = (timer: string) => (input: StationInput) =>
  input.kind === "expired" && input.timer.includes(timer);

/** Reads a message as if it had other fields or another sender, which may depend on where the station stands. */
export const corrects = (
  name: MmeName,
  correction: (state: Station) => { readonly sa?: string; readonly fields: object } | undefined,
): Wrap =>
  wrapped.inputs((input, state) => {
    const message = input.kind === "mme" ? read(input.frame) : undefined;
    const right = message?.name === name ? correction(state) : undefined;
    if (!message || !right) return input;
    const made = { ...message, ...right, fields: { ...message.fields, ...right.fields } };
    return { kind: "mme", frame: encodeMme(made as Parameters<typeof encodeMme>[0]) };
  });

/** Answers where a good station does not. */
export const answersToo = (
  heard: (input: StationInput, before: Station) => Mme | undefined,
  answer: (message: Mme, before: Station) => Uint8Array | undefined,
): Wrap =>
  wrapped.effects((effects, { before, input }) => {
    const message = heard(input, before);
    const frame = message && !effects.some(({ do: kind }) => kind === "mme") ? answer(message, before) : undefined;
    return frame ? [...effects, { do: "mme", frame }] : effects;
  });

/** Starts a timer, in every parallel matching, with another time. */
export const timed = (timer: string, ms: number): Wrap =>
  wrapped.effects((effects) =>
    effects.map((effect) =>
      effect.do === "arm" && effect.timer.replace(/^slac\.|#.*/g, "") === timer ? { ...effect, ms } : effect,
    ),
  );

/** A request for parameters, whatever else is wrong with it. */
export const parmReqOf = (input: StationInput): Mme<"CM_SLAC_PARM.REQ"> | undefined => {
  const message = input.kind === "mme" ? read(input.frame) : undefined;
  return message?.name === "CM_SLAC_PARM.REQ" ? message : undefined;
};

export const confirmParameters = ({ sa, fields }: Mme, { slac }: Station): Uint8Array | undefined =>
  slac &&
  encodeMme({
    name: "CM_SLAC_PARM.CNF",
    da: sa,
    sa: slac.config.mac,
    fields: { FORWARDING_STA: sa, RunID: (fields as { RunID: string }).RunID },
  });
