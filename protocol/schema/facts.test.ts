import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { foreign } from "../../scripts/foreign";
import { messageSets } from "../message-sets";
import type { AnyType, ComplexType, Particle, SchemaSet, SimpleType } from ".";

/*
 * Compares each set with facts that were derived mechanically from the schemas: orders, occurrences, enumerations, bounds. Both
 * sides are brought to one plain form, {uri}name throughout.
 */

interface FactParticle {
  readonly el?: string;
  readonly type?: string;
  readonly subst?: readonly string[];
  readonly any?: string;
  readonly seq?: readonly FactParticle[];
  readonly choice?: readonly FactParticle[];
  readonly min?: number;
  readonly max?: number | "unbounded";
}

interface Facts {
  readonly namespaces: Record<string, string>;
  readonly document: { readonly elements: readonly string[] };
  readonly fragment: {
    readonly attributes: readonly [string, string][];
    readonly elements: readonly [string, string | null, string[]?][];
  };
  readonly complexTypes: Record<
    string,
    {
      readonly mixed?: boolean;
      readonly simpleContent?: string;
      readonly attributes?: readonly { name: string; type: string; required?: boolean }[];
      readonly content?: FactParticle;
    }
  >;
  readonly simpleTypes: Record<string, Record<string, unknown>>;
}

for (const [name, set] of Object.entries(messageSets)) {
  const file = `data/exi/schema/${name}.json`;
  foreign(`${name}: names, orders, occurrences and bounds are those of the schema`, [file], ([path]) => {
    agrees(set, JSON.parse(readFileSync(path!, "utf8")));
  });
}

function agrees(set: SchemaSet, facts: Facts): void {
  const { globals, elements, attributes } = set.tables();
  const name = (prefixed: string) => qualify(facts, prefixed);
  assert.deepEqual(globals.map(qualified), facts.document.elements.map(name), "document codes");
  assert.deepEqual(
    attributes.map(qualified),
    facts.fragment.attributes.map(([a]) => name(a)),
    "attributes",
  );
  assert.deepEqual(
    elements.map(qualified),
    facts.fragment.elements.map(([e]) => name(e)),
    "fragment codes",
  );
  for (const [index, [element, type, types]] of facts.fragment.elements.entries()) {
    const expected = (type === null ? types! : [type]).map((t) => factType(facts, t));
    const actual = elements[index]!.types.map((t) => ownType(t, set));
    assert.deepEqual(sorted(actual), sorted(expected), element);
  }
}

const sorted = (types: object[]) => types.map((type) => JSON.stringify(type)).sort();
const qualified = ({ uri, name }: { uri: string; name: string }) => `{${uri}}${name}`;

function qualify({ namespaces }: Facts, prefixed: string): string {
  const [prefix, local] = prefixed.includes(":") ? prefixed.split(":") : ["", prefixed];
  return `{${prefix === "" ? "" : namespaces[prefix!]}}${local}`;
}

/* The facts in plain form. */

function factType(facts: Facts, name: string): object {
  const complex = facts.complexTypes[name];
  if (complex === undefined) return factSimple(facts.simpleTypes[name]!);
  const { mixed = false, simpleContent, attributes = [], content } = complex;
  return {
    mixed,
    text: simpleContent === undefined ? null : factSimple(facts.simpleTypes[simpleContent]!),
    attributes: attributes.map((a) => [qualify(facts, a.name), a.required === true]),
    content: content === undefined ? [] : flat([factParticle(facts, content)]),
  };
}

function factSimple({ exi, lex, values, min, max, minLength, maxLength, length }: Record<string, unknown>): object {
  const bounds = [minLength ?? length ?? null, maxLength ?? length ?? null];
  switch (exi) {
    case "enum":
      return { enumeration: values };
    case "bool":
      return { boolean: true };
    case "string":
      return { string: bounds };
    case "binary":
      return { [`${lex}`]: bounds };
    default:
      return { integer: [min ?? null, max ?? null].map((bound) => (bound === null ? null : `${bound}`)) };
  }
}

type Plain = { min: number; max: number; is: string | string[] | { seq: Plain[] } | { choice: Plain[] } };

function factParticle(facts: Facts, particle: FactParticle): Plain {
  const { el, subst, seq, choice, min = 1, max = 1 } = particle;
  const occurs = { min, max: max === "unbounded" ? Number.POSITIVE_INFINITY : max };
  if (seq) return { ...occurs, is: { seq: flat(seq.map((p) => factParticle(facts, p))) } };
  if (choice) return { ...occurs, is: { choice: choice.map((p) => factParticle(facts, p)) } };
  if (subst) return { ...occurs, is: subst.map((s) => qualify(facts, s)) };
  return { ...occurs, is: el === undefined ? "any" : qualify(facts, el) };
}

/** A sequence that occurs once is its parts; an optional group that repeats may as well hold a repeated optional part. */
const flat = (particles: Plain[]): Plain[] =>
  particles.flatMap((particle) => {
    const { is, min, max } = particle;
    if (typeof is === "string" || Array.isArray(is)) return [particle];
    const parts = "seq" in is ? is.seq : is.choice;
    if ("seq" in is && min === 1 && max === 1) return parts;
    if (parts.length !== 1 || parts[0]!.max !== 1) return [particle];
    return flat([{ ...parts[0]!, min: Math.min(min, parts[0]!.min), max }]);
  });

/* Our declarations in plain form. */

function ownType(type: AnyType, set: SchemaSet): object {
  if (type.kind !== "complex") return ownSimple(type);
  const { attributes, content, text }: ComplexType = type;
  return {
    mixed: text === "mixed",
    text: text === undefined || text === "mixed" ? null : ownSimple(text),
    attributes: attributes.map((a) => [qualified(a), a.required]),
    content: flat(content.map((p) => ownParticle(p, set))),
  };
}

function ownSimple(type: SimpleType): object {
  switch (type.kind) {
    case "enumeration":
      return { enumeration: type.values };
    case "boolean":
      return { boolean: true };
    case "integer":
      return { integer: [type.min, type.max].map((bound) => (bound === undefined ? null : `${bound}`)) };
    default:
      return {
        [type.kind === "string" ? "string" : type.lexical]: [type.minLength ?? null, type.maxLength ?? null],
      };
  }
}

function ownParticle(particle: Particle, set: SchemaSet): Plain {
  const { min, max } = particle;
  switch (particle.kind) {
    case "any":
      return { min, max, is: "any" };
    case "element":
      return { min, max, is: qualified(particle.element) };
    case "substitution": {
      const { head, members } = particle;
      const all = [...new Set([head, ...members, ...(set.substitutions.get(head) ?? [])])];
      const names = all.map((e) => [`${e.name} ${e.uri}`, qualified(e)] as const).sort(([a], [b]) => (a < b ? -1 : 1));
      return { min, max, is: names.map(([, name]) => name) };
    }
    case "sequence":
      return { min, max, is: { seq: flat(particle.particles.map((p) => ownParticle(p, set))) } };
    case "choice":
      return { min, max, is: { choice: particle.particles.map((p) => ownParticle(p, set)) } };
  }
}
