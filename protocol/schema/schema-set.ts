import { byQName } from "./namespace";
import type { AnyType, Attribute, ComplexType, Element, Particle, Typed, TypeOf } from "./types";

/** Elements that may be the root of a document, by local name. */
export type Roots = Readonly<Record<string, Element>>;

/** Everything that one EXI stream may contain: the declarations of one message group and of what it imports. */
export interface SchemaSet<R extends Roots = Roots> extends Typed<{ [N in keyof R]: TypeOf<R[N]> }> {
  readonly kind: "schema-set";
  readonly name: string;
  readonly roots: R;
  /** Global elements in the order of their document event codes, all declared attributes and elements in fragment order. */
  readonly tables: () => Tables;
  /** Members that this set adds to the substitution groups of what it imports. */
  readonly substitutions: ReadonlyMap<Element, readonly Element[]>;
}

export interface Tables {
  readonly globals: readonly Element[];
  /** Every qualified element name, with the distinct types it is declared with. */
  readonly elements: readonly { readonly name: string; readonly uri: string; readonly types: readonly AnyType[] }[];
  readonly attributes: readonly Attribute[];
}

/**
 * @param schemas the modules that declare the set: every element and type that they export belongs to it
 * @param roots the messages
 */
export function schemaSet<R extends Roots>(
  name: string,
  { roots, schemas, substitutions }: { roots: R; schemas: readonly object[]; substitutions?: [Element, Element[]][] },
): SchemaSet<R> {
  let tables: Tables | undefined;
  return {
    kind: "schema-set",
    name,
    roots,
    tables: () =>
      (tables ??= collect([...Object.values(roots), ...schemas.flatMap((module) => Object.values(module))])),
    substitutions: new Map(substitutions),
  };
}

function collect(declarations: readonly unknown[]): Tables {
  const globals = new Set<Element>();
  const elements = new Map<string, { name: string; uri: string; types: AnyType[] }>();
  const attributes = new Map<string, Attribute>();
  const seen = new Set<ComplexType>();

  const element = ({ name, uri, type }: Element): void => {
    const key = `{${uri}}${name}`;
    const entry = elements.get(key) ?? { name, uri, types: [] };
    elements.set(key, entry);
    if (!entry.types.some((known) => sameType(known, type))) entry.types.push(type);
    if (type.kind === "complex") complexType(type);
  };
  const complexType = (type: ComplexType): void => {
    if (seen.has(type)) return;
    seen.add(type);
    for (const attribute of type.attributes) attributes.set(`{${attribute.uri}}${attribute.name}`, attribute);
    type.content.forEach(particle);
  };
  const particle = (p: Particle): void => {
    if (p.kind === "element") element(p.element);
    else if (p.kind === "sequence" || p.kind === "choice") p.particles.forEach(particle);
  };

  for (const declared of declarations as readonly (AnyType | Element | undefined)[]) {
    if (declared?.kind === "complex") complexType(declared);
    else if (declared?.kind === "element") {
      globals.add(declared);
      element(declared);
    }
  }
  return {
    globals: [...globals].sort(byQName),
    elements: [...elements.values()].sort(byQName),
    attributes: [...attributes.values()].sort(byQName),
  };
}

/** Simple types are the same if they say the same; a complex type is only itself. */
function sameType(a: AnyType, b: AnyType): boolean {
  if (a === b) return true;
  if (a.kind === "complex" || b.kind === "complex") return false;
  return signature(a) === signature(b);
}

const signature = (type: AnyType): string =>
  JSON.stringify(Object.entries(type).sort(), (_, v) => (typeof v === "bigint" ? `${v}n` : v));
