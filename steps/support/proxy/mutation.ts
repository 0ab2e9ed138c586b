import type { V2gMessage } from "../../../protocol/v2g";
import { type Place, placesOf } from "./places";

/**
 * One change to what one side says, named by its own text: which message, which of its occurrences (all without a number), which field
 * (the whole frame without one), and what becomes of it. `CurrentDemandRes#2.EVSEPresentVoltage +10%`, `PreChargeRes dropped`.
 */
export interface Mutation {
  readonly name: string;
  readonly message: string;
  readonly occurrence?: number;
  readonly path?: string;
  readonly change: string;
}

const form = /^(\w+)(?:#(\d+))?(?:\.(\S+))? (.+)$/;

/** The mutation of that name; undefined for what is none. */
export function mutationOf(name: string): Mutation | undefined {
  const [, message, occurrence, path, change] = form.exec(name) ?? [];
  if (message === undefined || change === undefined) return undefined;
  return {
    name,
    message,
    change,
    ...(occurrence !== undefined && { occurrence: Number(occurrence) }),
    ...(path !== undefined && { path }),
  };
}

type Fields = Record<string, unknown>;

/** The message with that field changed; undefined where it has no such field, or the field has that value already. */
export function mutated(message: V2gMessage, path: string, change: string): V2gMessage | undefined {
  const copy = structuredClone(message);
  const place = placesOf(copy).find((each) => each.path === path);
  if (!place) return undefined;
  const value = changed(place, change);
  if (JSON.stringify(value) === JSON.stringify(place.value)) return undefined;
  const owner = place.owner as Fields;
  if (value === undefined) delete owner[place.key];
  else owner[place.key] = value;
  return copy;
}

function changed(place: Place, change: string): unknown {
  if (change === "absent") return undefined;
  const literal = /^=(.*)$/.exec(change)?.[1];
  if (literal !== undefined) return literalOf(place, literal);
  return changes[change]?.(place) ?? place.value;
}

function literalOf({ value }: Place, text: string): unknown {
  if (typeof value === "string") return text;
  if (typeof value === "object" && value !== null) return { ...value, Value: Number(text) };
  return Number(text);
}

/** What may be done to a field that is there, by name. */
const changes: Readonly<Record<string, (place: Place) => unknown>> = {
  added: ({ usual }) => usual(),
  not: ({ value }) => !value,
  "+1": ({ value }) => Number(value) + 1,
  "+10%": ({ value }) => scaled(value, 1.1),
  x10: ({ value }) => scaled(value, 10),
  negative: ({ value }) => scaled(value, -1),
  "in another unit": ({ value }) => ({ ...(value as Fields), Unit: (value as Fields).Unit === "V" ? "A" : "V" }),
  greatest: ({ most }) => most,
  other: ({ value }) => String(value).replace(/^./, (first) => (first === "1" ? "2" : "1")),
  zero: ({ value }) => String(value).replaceAll(/./g, "0"),
  shorter: ({ value }) => String(value).slice(0, -2),
  "too long": ({ value }) => String(value).padEnd(80, "1"),
  "one more": ({ value }) => [...(value as unknown[]), (value as unknown[]).at(-1)],
  "one less": ({ value }) => (value as unknown[]).slice(1),
};

/** A quantity times that, in its unit. */
function scaled(value: unknown, factor: number): unknown {
  const { Multiplier, Unit, Value } = value as { Multiplier: number; Unit: string; Value: number };
  if (factor === 10 && Multiplier < 3) return { Multiplier: Multiplier + 1, Unit, Value };
  return { Multiplier, Unit, Value: Math.round(Value * factor) };
}
