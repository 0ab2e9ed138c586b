import fc from "fast-check";
import type { AnyType, ComplexType, Element, Particle, SchemaSet, SimpleType } from "../schema";

/* Values for property tests, drawn from the schema values themselves. */

type Fields = Record<string, unknown>;

/** Any value of a type; undefined where none can be made, because an element of a foreign schema is mandatory. */
export function valuesOf(type: AnyType, set: SchemaSet): fc.Arbitrary<unknown> | undefined {
  return type.kind === "complex" ? fieldsOf(type, set) : simpleValues(type);
}

/** Longest string or binary, and most items of a list, that are drawn at random; bounds above are tested apart. */
const LONG = 40;
const MANY = 3;

export function simpleValues(type: SimpleType): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case "boolean":
      return fc.boolean();
    case "enumeration":
      return fc.constantFrom(...type.values);
    case "integer":
      return wholeNumbers(type.min ?? -(2n ** 200n), type.max ?? 2n ** 200n);
    case "string":
      return lengths(type.minLength, type.maxLength).chain((length) =>
        fc
          .array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }), { minLength: length, maxLength: length })
          .map(
            // One code point a unit: a grapheme may have several, and the schema counts code points.
            (units) => units.map((unit) => String.fromCodePoint(unit.codePointAt(0)!)).join(""),
          ),
      );
    case "binary":
      return lengths(type.minLength, type.maxLength)
        .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }))
        .map((octets) => {
          const text = Buffer.from(octets).toString(type.lexical);
          return type.lexical === "hex" ? text.toUpperCase() : text;
        });
  }
}

/** A whole number as values have it. */
export const json = (value: bigint): number | string =>
  value >= -BigInt(Number.MAX_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : `${value}`;

const wholeNumbers = (min: bigint, max: bigint): fc.Arbitrary<number | string> =>
  fc.oneof(fc.constantFrom(min, max, min + 1n, max - 1n), fc.bigInt(min, max)).map(json);

const lengths = (min = 0, max = 2 * LONG): fc.Arbitrary<number> =>
  fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max: Math.max(min, Math.min(max, LONG)) }));

function fieldsOf(type: ComplexType, set: SchemaSet): fc.Arbitrary<Fields> | undefined {
  const parts: fc.Arbitrary<Fields>[] = [];
  for (const { key, required, type: simple } of type.attributes) {
    const one = simpleValues(simple).map((value) => ({ [key]: value }));
    parts.push(required ? one : maybe(one));
  }
  for (const particle of type.content) {
    const part = particleFields(particle, set);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  if (type.text === "mixed") parts.push(maybe(fc.string({ minLength: 1 }).map((text) => ({ "#text": text }))));
  else if (type.text !== undefined) parts.push(simpleValues(type.text).map((text) => ({ "#text": text })));
  return together(parts);
}

const maybe = (fields: fc.Arbitrary<Fields>): fc.Arbitrary<Fields> => fc.oneof(fc.constant({}), fields);

const together = (parts: fc.Arbitrary<Fields>[]): fc.Arbitrary<Fields> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all));

function particleFields(particle: Particle, set: SchemaSet): fc.Arbitrary<Fields> | undefined {
  const { min, max } = particle;
  if (particle.kind === "element" && max > 1) return itemsOf(particle.element, particle, set);
  const once = max > 1 ? repeatedGroup(particle, set) : oneOccurrence(particle, set);
  if (once === undefined) return min === 0 ? fc.constant({}) : undefined;
  return min === 0 ? maybe(once) : once;
}

function itemsOf({ name, type }: Element, { min, max }: Particle, set: SchemaSet): fc.Arbitrary<Fields> | undefined {
  const item = valuesOf(type, set);
  if (item === undefined) return min === 0 ? fc.constant({}) : undefined;
  const items = fc.array(item, { minLength: Math.max(1, min), maxLength: Math.max(min, Math.min(max, MANY)) });
  const fields = items.map((list) => ({ [name]: list }));
  return min === 0 ? maybe(fields) : fields;
}

function oneOccurrence(particle: Particle, set: SchemaSet): fc.Arbitrary<Fields> | undefined {
  switch (particle.kind) {
    case "any":
      return undefined;
    case "element":
      return valuesOf(particle.element.type, set)?.map((value) => ({ [particle.element.name]: value }));
    case "substitution": {
      const { head, members } = particle;
      const all = [...new Set([head, ...members, ...(set.substitutions.get(head) ?? [])])].filter((e) => !e.abstract);
      const values = all.map((e) => valuesOf(e.type, set)?.map((value) => ({ [e.name]: value }) as Fields));
      return fc.oneof(...present(values));
    }
    case "sequence": {
      const parts = particle.particles.map((p) => particleFields(p, set));
      return parts.includes(undefined) ? undefined : together(present(parts));
    }
    case "choice":
      return fc.oneof(...present(particle.particles.map((p) => particleFields(p, set))));
  }
}

const present = <T>(all: readonly (T | undefined)[]): T[] => all.filter((one) => one !== undefined);

/** A group that repeats: its elements are lists, grouped by name. */
function repeatedGroup(particle: Particle, set: SchemaSet): fc.Arbitrary<Fields> | undefined {
  const one = oneOccurrence(particle, set);
  if (one === undefined) return undefined;
  return fc.array(one, { minLength: 1, maxLength: MANY }).map((passes) => {
    const lists: Record<string, unknown[]> = {};
    for (const [key, value] of passes.flatMap(Object.entries)) lists[key] = [...(lists[key] ?? []), value];
    return lists;
  });
}

/** Every list of a type that has an upper bound, with a value for an item. */
export function boundedLists(type: ComplexType): { element: Element; min: number; max: number }[] {
  const found: { element: Element; min: number; max: number }[] = [];
  const visit = (particle: Particle): void => {
    if (particle.kind === "sequence" || particle.kind === "choice") particle.particles.forEach(visit);
    else if (particle.kind === "element" && particle.max > 1 && Number.isFinite(particle.max))
      found.push({ element: particle.element, min: particle.min, max: particle.max });
  };
  type.content.forEach(visit);
  return found;
}
