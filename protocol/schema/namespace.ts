import type {
  AnyType,
  Attribute,
  ComplexType,
  Element,
  Field,
  Fields,
  Occurs,
  Particle,
  SimpleType,
  ValueOf,
} from "./types";

/** Declares the elements and types of one namespace. */
export interface Namespace {
  readonly uri: string;
  /** A complex type: its fields in schema order; "@Name" is an attribute, "#text" its character content. */
  type<F extends Fields>(fields: F): ComplexType<ValueOf<F>>;
  /** A type whose content is free text between its elements. */
  mixed<F extends Fields>(fields: F): ComplexType<ValueOf<F> & { "#text"?: string }>;
  /** A type that adds fields behind those of `base`. */
  extend<B, F extends Fields>(base: ComplexType<B>, fields: F): ComplexType<B & ValueOf<F>>;
  /** A global element, of a declared type or of one declared in place. */
  element<N extends string, T extends AnyType>(name: N, type: T): Element<N, T>;
  element<N extends string, F extends Fields>(name: N, fields: F): Element<N, ComplexType<ValueOf<F>>>;
  /** A global element that only heads a substitution group. */
  abstract<N extends string, T extends AnyType>(name: N, type: T): Element<N, T>;
}

export interface Form {
  /** Whether elements declared inside types belong to the namespace (elementFormDefault). */
  readonly elements?: "qualified" | "unqualified";
  /** The same for attributes (attributeFormDefault). */
  readonly attributes?: "qualified" | "unqualified";
}

const kinds = new Set(["string", "binary", "integer", "boolean", "enumeration", "complex"]);
const isType = (x: AnyType | Fields): x is AnyType => typeof x.kind === "string" && kinds.has(x.kind);

export function namespace(uri: string, form: Form = {}): Namespace {
  const local = form.elements === "unqualified" ? "" : uri;
  const attributeUri = form.attributes === "qualified" ? uri : "";
  const type = <V>(fields: Fields, mixed = false): ComplexType<V> => complex(fields, local, attributeUri, mixed);
  const element = (name: string, of: AnyType | Fields, abstract: boolean): Element => ({
    kind: "element",
    name,
    uri,
    type: isType(of) ? of : type(of),
    abstract,
  });
  return {
    uri,
    type: (fields) => type(fields),
    mixed: (fields) => type(fields, true),
    extend: (base, fields) => extended(base, type(fields)),
    element: (name: string, of: AnyType | Fields) => element(name, of, false) as never,
    abstract: (name: string, of: AnyType) => element(name, of, true) as never,
  };
}

function complex<V>(fields: Fields, local: string, attributeUri: string, mixed: boolean): ComplexType<V> {
  const attributes: Attribute[] = [];
  const content: Particle[] = [];
  let text: SimpleType | undefined;
  for (const [key, field] of Object.entries(fields)) {
    if (key === "#text") text = field as SimpleType;
    else if (key.startsWith("@")) attributes.push(attribute(key, field, attributeUri));
    else content.push(particle(key, field, local));
  }
  attributes.sort(byQName);
  const characters = mixed ? ("mixed" as const) : text;
  return { kind: "complex", attributes, content, ...(characters === undefined ? {} : { text: characters }) };
}

function extended<V>(base: ComplexType, own: ComplexType): ComplexType<V> {
  const text = own.text ?? base.text;
  return {
    kind: "complex",
    attributes: [...base.attributes, ...own.attributes].sort(byQName),
    content: [...base.content, ...own.content],
    ...(text === undefined ? {} : { text }),
  };
}

function attribute(key: string, field: Field, uri: string): Attribute {
  const required = field.kind !== "optional";
  const inner = field.kind === "optional" ? field.of : field;
  const known = { key, name: key.slice(1), uri, required };
  return inner.kind === "example"
    ? { ...known, type: inner.type as SimpleType, example: inner.example }
    : { ...known, type: inner as SimpleType };
}

function particle(key: string, field: Field, local: string): Particle {
  const repeated = field.kind === "optional" ? field.of : field;
  const one = repeated.kind === "list" ? repeated.of : repeated;
  const occurs: Occurs & { usual?: boolean } = {
    min: field.kind === "optional" ? 0 : repeated.kind === "list" ? repeated.min : 1,
    max: repeated.kind === "list" ? repeated.max : 1,
    ...(field.kind === "optional" ? { usual: field.usual } : {}),
  };
  switch (one.kind) {
    case "any":
      return { ...occurs, kind: "any" };
    case "group": {
      const particles = Object.entries(one.fields).map(([k, f]) => particle(k, f, local));
      if (one.order === "sequence") return { ...occurs, kind: "sequence", particles };
      const usually = Math.max(0, Object.keys(one.fields).indexOf(one.usually ?? ""));
      return { ...occurs, kind: "choice", particles, usually };
    }
    case "substitution":
      return { ...occurs, kind: "substitution", head: one.head, members: one.members };
    case "element":
      if (one.name !== key) throw new Error(`field ${key} refers to the element ${one.name}`);
      return { ...occurs, kind: "element", element: one };
    case "example":
      return { ...occurs, kind: "element", element: localElement(key, local, one.type), example: one.example };
    default:
      return { ...occurs, kind: "element", element: localElement(key, local, one) };
  }
}

const localElement = (name: string, uri: string, type: AnyType): Element => ({
  kind: "element",
  name,
  uri,
  type,
  abstract: false,
});

/** EXI order of names: by local name, then by URI, by code point (all names here are below U+10000, so UTF-16 order serves). */
export function byQName(a: { name: string; uri: string }, b: { name: string; uri: string }): number {
  return compare(a.name, b.name) || compare(a.uri, b.uri);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
