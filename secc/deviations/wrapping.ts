import { wrapping } from "../../core/wrapping";
import type { V2gMessage } from "../../protocol/v2g";
import type { At } from "../iso15118-2/table";
import type { StationMachine } from "../node";
import type { Station, StationEffect, StationInput, StationSeen } from "../station";

/** Ways to make a faulty station of a good one. */
export const wrapped = wrapping<Station, StationInput, StationEffect, StationSeen>();
export const { all, deafTo } = wrapped;

type Wrap = (machine: StationMachine) => StationMachine;
type Code = { ResponseCode?: string };

export const codeOf = ({ body }: V2gMessage): string => String((body as Code).ResponseCode);

/** Changes what it says; `undefined` leaves it unsaid. `state` is the station's before the step. */
export const onSend = (
  change: (message: V2gMessage, before: Station, seen: StationSeen) => V2gMessage | undefined,
): Wrap =>
  wrapped.effects((effects, { before, seen }) =>
    effects.flatMap((effect): readonly StationEffect[] => {
      if (effect.do !== "send") return [effect];
      const message = change(effect.message, before, seen);
      return message ? [{ ...effect, message }] : [];
    }),
  );

/** Gives one of its responses other fields. */
export const onResponse = (name: V2gMessage["name"], fields: object | ((body: never) => object)): Wrap =>
  onSend((message) => {
    if (message.name !== name) return message;
    const changed = typeof fields === "function" ? fields(message.body as never) : fields;
    return { ...message, body: { ...message.body, ...changed } } as V2gMessage;
  });

/** Says another code where it should have said this one. */
export const recode = (from: string | RegExp, to: string): Wrap =>
  onSend((message) =>
    (typeof from === "string" ? codeOf(message) === from : from.test(codeOf(message)))
      ? ({ ...message, body: { ...message.body, ResponseCode: to } } as V2gMessage)
      : message,
  );

/** In a step that says something of this kind, leaves out some of what it does. */
export const without = (
  left: (effect: StationEffect) => boolean,
  when: (effects: readonly StationEffect[], input: StationInput) => boolean = () => true,
): Wrap =>
  wrapped.effects((effects, { input }) => (when(effects, input) ? effects.filter((effect) => !left(effect)) : effects));

export const says =
  (code: string | RegExp) =>
  (effects: readonly StationEffect[]): boolean =>
    effects.some(
      (effect) =>
        effect.do === "send" &&
        (typeof code === "string" ? codeOf(effect.message) === code : code.test(codeOf(effect.message))),
    );

/** Has an effect of this kind. */
export const does =
  (...kinds: readonly StationEffect["do"][]) =>
  (effect: StationEffect): boolean =>
    kinds.includes(effect.do);

/** Makes of the state, before a step, another one. */
export const beforeStep =
  (change: (state: Station, input: StationInput) => Station): Wrap =>
  (machine) => ({ ...machine, step: (state, input, seen) => machine.step(change(state, input), input, seen) });

/** Moves the session elsewhere. */
export const sessionAt = (state: Station, at: At): Station =>
  state.session ? { ...state, session: { ...state.session, at } } : state;

/** Does the effects it holds back, in place of the timer, when the time is over. */
export function delayed(which: (effect: StationEffect) => boolean, ms: number): Wrap {
  return (machine) => {
    let held: readonly StationEffect[] = [];
    return {
      ...machine,
      step: (state, input, seen) => {
        if (input.kind === "expired" && input.timer === "deviation" && held.length > 0) {
          const effects = held;
          held = [];
          return { state, effects };
        }
        const step = machine.step(state, input, seen);
        const late = step.effects.filter(which);
        if (late.length === 0) return step;
        held = [...held, ...late];
        const rest = step.effects.filter((effect) => !which(effect));
        return { state: step.state, effects: [...rest, { do: "arm", timer: "deviation", ms }] };
      },
    };
  };
}
