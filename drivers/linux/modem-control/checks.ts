/** A command that cannot have been meant; its text says what is needed. */
export class Misunderstood extends Error {}

/** A member of a command as it is used. @throws Misunderstood */
export type Check<T> = (given: unknown, name: string) => T;
export type Checks = Readonly<Record<string, Check<unknown>>>;
export type Checked<C> = { readonly [K in keyof C]: C[K] extends Check<infer T> ? T : never };

const needed =
  <T>(what: string, is: (given: unknown) => given is T): Check<T> =>
  (given, name) => {
    if (!is(given)) throw new Misunderstood(`"${name}": ${what} is needed`);
    return given;
  };

export const text = needed("a string", (given): given is string => typeof given === "string");
export const truth = needed("true or false", (given): given is boolean => typeof given === "boolean");
export const hexText = needed(
  "a string of pairs of hex digits",
  (given): given is string => typeof given === "string" && /^([0-9a-f]{2})+$/i.test(given),
);

export const between = (least: number, most: number): Check<number> =>
  needed(
    `a number from ${least} to ${most}`,
    (given): given is number => typeof given === "number" && given >= least && given <= most,
  );

export const oneOf = <const T extends string>(...words: readonly T[]): Check<T> =>
  needed(`one of ${words.join(", ")}`, (given): given is T => (words as readonly unknown[]).includes(given));

export const optional =
  <T, D>(check: Check<T>, otherwise: D): Check<T | D> =>
  (given, name) =>
    given === undefined ? otherwise : check(given, name);

/** Every member checked; none may be there that is not known. @throws Misunderstood */
export function checked<C extends Checks>(checks: C, given: Readonly<Record<string, unknown>>): Checked<C> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(checks, name));
  if (unknown !== undefined)
    throw new Misunderstood(`there is no "${unknown}" here; there is ${Object.keys(checks).join(", ") || "nothing"}`);
  return Object.fromEntries(
    Object.entries(checks).map(([name, check]) => [name, check(given[name], name)]),
  ) as Checked<C>;
}
