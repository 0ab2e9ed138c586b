import type {
  AnyType,
  BinaryType,
  ComplexType,
  Element,
  IntegerType,
  Occurs,
  Particle,
  SchemaSet,
  StringType,
} from "../schema";

/** A bound of the schema that a value breaks although EXI can carry it. */
export interface Violation {
  /** Element by element from the root: "V2G_Message/Body/SessionSetupRes/EVSEID". */
  readonly path: string;
  /** What the schema asks for: "length 7 to 37", "-32768 to 32767", "1 to 20 items". */
  readonly bound: string;
  readonly actual: number | string;
}

/**
 * Lengths, integer bounds and counts of items that a message breaks. Decoding does not refuse them, because fielded stacks
 * send them; whoever receives a message decides what they mean.
 * @param root local name of the message
 */
export function violations(set: SchemaSet, root: string, value: unknown): Violation[] {
  const element = set.roots[root];
  return element === undefined ? [] : violationsOf(set, element.type, value, root);
}

/** The same for a value of any type of the set; `path` is where it stands. */
export function violationsOf(set: SchemaSet, type: AnyType, value: unknown, path: string): Violation[] {
  const found: Violation[] = [];
  checksOf(set).of(type)?.(value, { path: [path], found });
  return found;
}

/** Where the visit stands, step by step; every message is visited, so paths are only put together for a violation. */
interface Visit {
  readonly path: string[];
  readonly found: Violation[];
}

type Check = (value: unknown, at: Visit) => void;

/** What to check in one field. */
interface Field extends Occurs {
  readonly check: Check | undefined;
}

const known = new WeakMap<SchemaSet, Checks>();

function checksOf(set: SchemaSet): Checks {
  const checks = known.get(set) ?? new Checks(set);
  known.set(set, checks);
  return checks;
}

/** The checks of a set's types, made when first needed; types without bounds have none. */
class Checks {
  private readonly set: SchemaSet;
  private readonly made = new Map<AnyType, Check | undefined>();

  constructor(set: SchemaSet) {
    this.set = set;
  }

  of(type: AnyType): Check | undefined {
    if (!this.made.has(type)) this.made.set(type, this.make(type));
    return this.made.get(type);
  }

  private make(type: AnyType): Check | undefined {
    switch (type.kind) {
      case "complex":
        return fields(this.fieldsOf(type));
      case "integer":
        return integer(type);
      case "string":
      case "binary":
        return length(type);
      case "boolean":
      case "enumeration":
        return undefined; // EXI encodes nothing but their values
    }
  }

  private fieldsOf(type: ComplexType): Map<string, Field> {
    const found = new Map<string, Field>();
    const visit = (particle: Particle, repeated: boolean): void => {
      const { min, max } = repeated ? { min: 0, max: Number.POSITIVE_INFINITY } : particle;
      const element = ({ name, type: inner }: Element) => found.set(name, { min, max, check: this.of(inner) });
      if (particle.kind === "element") element(particle.element);
      else if (particle.kind === "substitution")
        for (const member of [...particle.members, ...(this.set.substitutions.get(particle.head) ?? [])])
          element(member);
      else if (particle.kind !== "any")
        for (const inner of particle.particles) visit(inner, repeated || particle.max > 1);
    };
    for (const particle of type.content) visit(particle, false);
    for (const { key, type: inner } of type.attributes) found.set(key, { min: 1, max: 1, check: this.of(inner) });
    if (type.text !== undefined && type.text !== "mixed")
      found.set("#text", { min: 1, max: 1, check: this.of(type.text) });
    return found;
  }
}

const fields =
  (known: ReadonlyMap<string, Field>): Check =>
  (value, at) => {
    if (typeof value !== "object" || value === null) return;
    for (const key in value) {
      const field = known.get(key);
      const inner = (value as Record<string, unknown>)[key];
      if (field === undefined || inner === undefined) continue;
      at.path.push(key);
      if (Array.isArray(inner)) items(field, inner, key, at);
      else field.check?.(inner, at);
      at.path.pop();
    }
  };

function items({ min, max, check }: Field, all: readonly unknown[], key: string, at: Visit): void {
  if (all.length < min || all.length > max) report(at, `${span(min, max)} items`, all.length);
  for (const [index, item] of all.entries()) {
    at.path[at.path.length - 1] = `${key}[${index}]`;
    check?.(item, at);
  }
}

function report({ path, found }: Visit, bound: string, actual: number | string): void {
  found.push({ path: path.join("/"), bound, actual });
}

/** Numbers are compared as such: those beyond the bounds of 64 bits come as strings. */
function integer({ min, max }: IntegerType): Check | undefined {
  if (min === undefined && max === undefined) return undefined;
  const low = min === undefined ? Number.NEGATIVE_INFINITY : Number(min);
  const high = max === undefined ? Number.POSITIVE_INFINITY : Number(max);
  const within = (value: number | string): boolean => {
    if (typeof value === "number") return value >= low && value <= high;
    if (!/^-?\d+$/.test(value)) return false;
    const exact = BigInt(value);
    return (min === undefined || exact >= min) && (max === undefined || exact <= max);
  };
  return (value, at) => {
    if (typeof value !== "number" && typeof value !== "string") return;
    if (!within(value)) report(at, span(min ?? "any", max ?? "any"), value);
  };
}

/** Counts characters of a string, octets of a binary. */
function length(type: StringType | BinaryType): Check | undefined {
  const { minLength: min = 0, maxLength: max = Number.POSITIVE_INFINITY } = type;
  if (min === 0 && max === Number.POSITIVE_INFINITY) return undefined;
  const size = (value: string) => (type.kind === "string" ? characters(value) : Buffer.byteLength(value, type.lexical));
  return (value, at) => {
    if (typeof value !== "string") return;
    const actual = size(value);
    if (actual < min || actual > max) report(at, `length ${span(min, max)}`, actual);
  };
}

function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

const span = (min: number | bigint | string, max: number | bigint | string): string =>
  min === max ? `${min}` : max === Number.POSITIVE_INFINITY ? `at least ${min}` : `${min} to ${max}`;
