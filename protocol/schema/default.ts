import type { AnyType, ComplexType, Element, Particle, SimpleType, TypeOf } from "./types";

/**
 * A complete valid value of a declared element or type: mandatory and usual fields, each with the example of its place or
 * else the smallest valid value of its type. Every call returns a fresh value.
 */
export function defaultOf<T extends Element | AnyType>(declaration: T): TypeOf<T> {
  const type: AnyType = declaration.kind === "element" ? declaration.type : declaration;
  return ofType(type) as TypeOf<T>;
}

const ofType = (type: AnyType): unknown => (type.kind === "complex" ? ofComplex(type) : ofSimple(type));

function ofComplex(type: ComplexType): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const { key, required, example, type: simple } of type.attributes)
    if (required) value[key] = example ?? ofSimple(simple);
  for (const particle of type.content) add(value, particle);
  if (type.text !== undefined && type.text !== "mixed") value["#text"] = ofSimple(type.text);
  return value;
}

function add(value: Record<string, unknown>, particle: Particle): void {
  if (particle.min === 0 && particle.usual !== true) return;
  if (particle.max > 1 && particle.kind !== "element") {
    addLists(value, particle);
    return;
  }
  switch (particle.kind) {
    case "element": {
      const { element } = particle;
      const one = () => (particle.example === undefined ? ofType(element.type) : structuredClone(particle.example));
      value[element.name] = particle.max > 1 ? Array.from({ length: Math.max(1, particle.min) }, one) : one();
      return;
    }
    case "substitution": {
      const member = particle.members[0]!;
      value[member.name] = ofType(member.type);
      return;
    }
    case "sequence":
      for (const inner of particle.particles) add(value, inner);
      return;
    case "choice":
      add(value, { ...particle.particles[particle.usually]!, min: 1 });
      return;
    case "any":
  }
}

/** A group that repeats: each of its elements is a list. */
function addLists(value: Record<string, unknown>, group: Particle): void {
  const once: Record<string, unknown> = {};
  add(once, { ...group, max: 1 });
  for (const [key, field] of Object.entries(once)) value[key] = Array.isArray(field) ? field : [field];
}

function ofSimple(type: SimpleType): unknown {
  switch (type.kind) {
    case "boolean":
      return false;
    case "enumeration":
      return type.values[0];
    case "string":
      return "-".repeat(type.minLength ?? 1);
    case "binary": {
      const octets = Buffer.alloc(type.minLength ?? 1);
      return type.lexical === "hex" ? octets.toString("hex") : octets.toString("base64");
    }
    case "integer":
      return type.min !== undefined && type.min > 0n ? Number(type.min) : 0;
  }
}
