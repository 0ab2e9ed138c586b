import { wrapping } from "../../core/wrapping";
import type { V2gMessage } from "../../protocol/v2g";
import type { Car, CarEffect, CarInput, CarSeen } from "../car";
import type { CarMachine } from "../node";

/** Ways to make a faulty car of a good one. */
export const wrapped = wrapping<Car, CarInput, CarEffect, CarSeen>();
export const { all, deafTo } = wrapped;

type Wrap = (machine: CarMachine) => CarMachine;

/** Does not do what `left` names. */
export const without = (left: (effect: CarEffect, state: Car) => boolean): Wrap =>
  wrapped.effects((effects, _, state) => effects.filter((effect) => !left(effect, state)));

/** Never starts a timer. */
export const withoutTimer = (...names: readonly string[]): Wrap =>
  without((effect) => effect.do === "arm" && names.includes(effect.timer));

/** Starts a timer with another time. */
export const timed = (name: string, change: (ms: number) => number): Wrap =>
  wrapped.effects((effects) =>
    effects.map((effect) =>
      effect.do === "arm" && effect.timer === name ? { ...effect, ms: change(effect.ms) } : effect,
    ),
  );

type Fields = Record<string, unknown>;

/** Reads a response as if it said something else. */
export const reads = (change: (message: V2gMessage, state: Car) => V2gMessage | undefined): Wrap =>
  wrapped.inputs((input, state) => {
    if (input.kind !== "message") return input;
    const message = change(input.message, state);
    return message && { ...input, message };
  });

/** The message with other fields of its body. */
export const withBody = (message: V2gMessage, fields: Fields): V2gMessage =>
  ({ ...message, body: { ...message.body, ...fields } }) as V2gMessage;

export const bodyOf = (message: V2gMessage): Fields => message.body as Fields;
export const statusOf = (message: V2gMessage): Fields | undefined =>
  bodyOf(message).DC_EVSEStatus as Fields | undefined;

/** Gives one of its requests other fields. */
export const says = (name: V2gMessage["name"], fields: Fields | ((body: never) => object)): Wrap =>
  wrapped.effects((effects) =>
    effects.map((effect) => {
      if (effect.do !== "send" || effect.message.name !== name) return effect;
      const changed = typeof fields === "function" ? fields(effect.message.body as never) : fields;
      return { ...effect, message: withBody(effect.message, changed as Fields) };
    }),
  );
