import { decodeMme, encodeMme, type MmeName } from "../../protocol/homeplug";
import type { Car, CarEffect } from "../car";
import { wrapped } from "./wrapping";

export const nameOf = (effect: CarEffect): string => {
  const message = effect.do === "mme" ? decodeMme(effect.frame) : undefined;
  return message?.kind === "Mme" ? message.name : "";
};

/** Sends a message with other fields. */
export const altered = (name: MmeName, change: (fields: Record<string, unknown>) => object) =>
  wrapped.effects((effects) =>
    effects.map((effect) => {
      if (effect.do !== "mme" || nameOf(effect) !== name) return effect;
      const message = decodeMme(effect.frame);
      if (message.kind !== "Mme") return effect;
      const fields = { ...message.fields, ...change(message.fields as Record<string, unknown>) };
      return { ...effect, frame: encodeMme({ ...message, fields } as Parameters<typeof encodeMme>[0]) };
    }),
  );

export const heard = (name: string) => (input: { kind: string; frame?: Uint8Array }) => {
  const message = input.kind === "mme" && input.frame ? decodeMme(input.frame) : undefined;
  return message?.kind === "Mme" && message.name === name;
};

/** Reads a message as if it had other fields or another sender, which may depend on where the car stands. */
export const corrects = (
  name: MmeName,
  correction: (state: Car) => { readonly sa?: string; readonly fields: object } | undefined,
) =>
  wrapped.inputs((input, state) => {
    const message = input.kind === "mme" ? decodeMme(input.frame) : undefined;
    const right = message?.kind === "Mme" && message.name === name ? correction(state) : undefined;
    if (message?.kind !== "Mme" || !right) return input;
    const made = { ...message, ...right, fields: { ...message.fields, ...right.fields } };
    return { kind: "mme" as const, frame: encodeMme(made as Parameters<typeof encodeMme>[0]) };
  });
