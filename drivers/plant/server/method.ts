import type { Json, Thing } from "../protocol";
import type { Client } from "./client";
import { Refusal } from "./refusal";

/** A parameter as it was given, and as it is used: undefined when it is missing or cannot be. */
export type Check<T> = (given: unknown, client: Client) => T | undefined;
type Params = Readonly<Record<string, Check<unknown>>>;

/** An answer that comes later, when something has moved. */
export type Awaiting = (answer: (outcome: Json | Refusal) => void) => void;

type Args<P> = { readonly [K in keyof P]: P[K] extends Check<infer T> ? T : never };

/** @typeParam A its parameters as they are used */
interface Row<A> {
  /** What whoever calls it holds from then on; left out of methods that only ask. */
  readonly holds?: Thing;
  /** Refuses what cannot be at the moment. */
  readonly allowed?: (args: A, client: Client) => void;
  readonly act: (args: A, client: Client) => Json | Awaiting;
}

export interface Method {
  readonly holds?: Thing;
  /** Checks everything, and answers what is to be done. @throws Refusal */
  prepare(given: Json, client: Client): () => Json | Awaiting;
}

export type Methods = Readonly<Record<string, Method>>;

export const method = <P extends Params>(params: P, { holds, allowed, act }: Row<Args<P>>): Method => ({
  ...(holds && { holds }),
  prepare(given, client) {
    const checked: Record<string, unknown> = {};
    for (const [name, check] of Object.entries(params)) {
      const value = check(Object.hasOwn(given, name) ? given[name] : undefined, client);
      if (value === undefined) throw new Refusal(`bad_${name}`);
      checked[name] = value;
    }
    const args = checked as Args<P>;
    allowed?.(args, client);
    return () => act(args, client);
  },
});

/** A method without parameters that only asks. */
export const asking = (act: (client: Client) => Json): Method => method({}, { act: (_, client) => act(client) });

export const truth: Check<boolean> = (given) => (typeof given === "boolean" ? given : undefined);

const isNumber = (given: unknown): given is number => typeof given === "number" && Number.isFinite(given);

/** From nothing up to what the plant can do. */
export const upTo =
  (most: (client: Client) => number): Check<number> =>
  (given, client) =>
    isNumber(given) && given >= 0 && given <= most(client) ? given : undefined;

export const between =
  (least: number, most: number): Check<number> =>
  (given) =>
    isNumber(given) && given >= least && given <= most ? given : undefined;

/** Beyond its bounds it is taken as the bound. */
export const clamped =
  (least: number, most: number): Check<number> =>
  (given) =>
    isNumber(given) ? Math.min(most, Math.max(least, given)) : undefined;

export const oneOf =
  <const T extends string>(...words: readonly T[]): Check<T> =>
  (given) =>
    words.find((word) => word === given);

export const optional =
  <T, D>(check: Check<T>, otherwise: D): Check<T | D> =>
  (given, client) =>
    given === undefined ? otherwise : check(given, client);

/** Whatever it is; null when it is not there. */
export const anything: Check<unknown> = (given) => given ?? null;
