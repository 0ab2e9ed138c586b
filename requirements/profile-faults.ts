/** A profile that cannot be used; `faults` names everything that is wrong with it, each with its path. */
export class ProfileFault extends Error {
  readonly faults: readonly string[];

  constructor(what: string, faults: readonly string[]) {
    super(
      `${what}: ${faults.length === 1 ? faults[0] : `${faults.length} faults\n${faults.map((fault) => `  ${fault}`).join("\n")}`}`,
    );
    this.name = "ProfileFault";
    // Whoever wrote the profile is told what is wrong with it, not where we have noticed.
    this.stack = this.message;
    this.faults = faults;
  }
}

/** What a value of a profile may be: one or several of a list, a truth value, a number in a range with its unit, or a text. */
export type Kind =
  | { readonly kind: "choice"; readonly of: readonly string[] }
  | { readonly kind: "several"; readonly of: readonly string[] }
  | { readonly kind: "truth" }
  | { readonly kind: "number"; readonly from: number; readonly to: number; readonly unit: string }
  | { readonly kind: "text"; readonly most: number };

export type Kinds = Readonly<Record<string, Kind>>;

/** TypeScript type of the values that a table of kinds describes. */
export type ValuesOf<K extends Kinds> = {
  readonly [Name in keyof K]: K[Name] extends { kind: "choice"; of: readonly (infer Each)[] }
    ? Each
    : K[Name] extends { kind: "several"; of: readonly (infer Each)[] }
      ? readonly Each[]
      : K[Name] extends { kind: "truth" }
        ? boolean
        : K[Name] extends { kind: "number" }
          ? number
          : string;
};

/**
 * The values of one part of a profile, defaults filled in.
 * @throws ProfileFault naming every unknown key and every value that does not fit
 */
export function valuesOf<K extends Kinds>(part: string, kinds: K, defaults: ValuesOf<K>, given: unknown): ValuesOf<K> {
  if (given === undefined) return defaults;
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new ProfileFault(part, [`${part} must be an object of named values`]);
  }
  const faults = Object.entries(given).flatMap(([name, value]) => {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (!kind) return [`${part}.${name} is not known; known are ${Object.keys(kinds).join(", ")}`];
    const wanted = misfit(kind, value);
    return wanted ? [`${part}.${name} must be ${wanted}, not ${JSON.stringify(value)}`] : [];
  });
  if (faults.length > 0) throw new ProfileFault(part, faults);
  return { ...defaults, ...given };
}

/** What the value should have been; nothing if it fits. */
function misfit(kind: Kind, value: unknown): string | undefined {
  switch (kind.kind) {
    case "truth":
      return typeof value === "boolean" ? undefined : "true or false";
    case "choice":
      return kind.of.includes(value as string) ? undefined : `one of ${kind.of.join(", ")}`;
    case "several": {
      const fits = Array.isArray(value) && value.length > 0 && value.every((each) => kind.of.includes(each));
      return fits ? undefined : `a list of ${kind.of.join(", ")}`;
    }
    case "number": {
      const fits = typeof value === "number" && value >= kind.from && value <= kind.to;
      return fits ? undefined : `a number from ${kind.from} to ${kind.to} ${kind.unit}`.trimEnd();
    }
    case "text":
      return typeof value === "string" && value.length <= kind.most
        ? undefined
        : `a text of at most ${kind.most} characters`;
  }
}
