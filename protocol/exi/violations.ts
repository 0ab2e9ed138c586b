import type { AnyType, ComplexType, Element, Particle, SchemaSet, SimpleType } from "../schema";

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
  return element === undefined ? [] : violationsOf(element.type, value, root);
}

/** The same for a value of any type; `path` is where it stands. */
export function violationsOf(type: AnyType, value: unknown, path: string): Violation[] {
  const found: Violation[] = [];
  visit(type, value, path, found);
  return found;
}

function visit(type: AnyType, value: unknown, path: string, found: Violation[]): void {
  if (type.kind !== "complex") simple(type, value, path, found);
  else if (typeof value === "object" && value !== null) complex(type, value as Record<string, unknown>, path, found);
}

function complex(type: ComplexType, fields: Record<string, unknown>, path: string, found: Violation[]): void {
  for (const { key, type: simpleType } of type.attributes) simple(simpleType, fields[key], `${path}/${key}`, found);
  if (type.text !== undefined && type.text !== "mixed") simple(type.text, fields["#text"], path, found);
  for (const particle of type.content) content(particle, fields, path, found);
}

function content(particle: Particle, fields: Record<string, unknown>, path: string, found: Violation[]): void {
  switch (particle.kind) {
    case "element":
      occurrences(particle.element, particle, fields, path, found);
      break;
    case "substitution":
      for (const member of particle.members) occurrences(member, particle, fields, path, found);
      break;
    case "sequence":
    case "choice":
      for (const inner of particle.particles) {
        const repeats = particle.max > 1 ? { ...inner, min: 0, max: Number.POSITIVE_INFINITY } : inner;
        content(repeats, fields, path, found);
      }
      break;
    case "any":
  }
}

function occurrences(
  { name, type }: Element,
  { min, max }: { min: number; max: number },
  fields: Record<string, unknown>,
  path: string,
  found: Violation[],
): void {
  const value = fields[name];
  const here = `${path}/${name}`;
  if (Array.isArray(value)) {
    if (value.length < min || value.length > max)
      found.push({ path: here, bound: `${span(min, max)} items`, actual: value.length });
    for (const [index, item] of value.entries()) visit(type, item, `${here}[${index}]`, found);
  } else if (value !== undefined) visit(type, value, here, found);
}

function simple(type: SimpleType, value: unknown, path: string, found: Violation[]): void {
  if (type.kind === "integer") {
    if (typeof value !== "number" && typeof value !== "string") return;
    const { min, max } = type;
    const number = BigInt(value);
    if ((min === undefined || number >= min) && (max === undefined || number <= max)) return;
    found.push({ path, bound: span(min ?? "any", max ?? "any"), actual: value });
  } else if (type.kind === "string" || type.kind === "binary") {
    if (typeof value !== "string") return;
    const { minLength: min = 0, maxLength: max = Number.POSITIVE_INFINITY } = type;
    const length = lengthOf(type, value);
    if (length < min || length > max) found.push({ path, bound: `length ${span(min, max)}`, actual: length });
  }
}

const span = (min: number | bigint | string, max: number | bigint | string): string =>
  min === max ? `${min}` : max === Number.POSITIVE_INFINITY ? `at least ${min}` : `${min} to ${max}`;

/** Characters of a string, octets of a binary. */
function lengthOf(type: SimpleType & { kind: "string" | "binary" }, value: string): number {
  if (type.kind === "string") return [...value].length;
  return Buffer.byteLength(value, type.lexical);
}
