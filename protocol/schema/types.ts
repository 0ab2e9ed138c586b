/**
 * What a declaration is made of. A declaration is a plain value; its TypeScript type, its EXI grammar, its bounds and its
 * default for tests all come from it. The value of an element is the JSON form used everywhere: plain objects keyed by local
 * names, attributes as "@Name", character content as "#text", arrays for elements that may repeat.
 */

declare const described: unique symbol;

/** Carries the TypeScript type of the values that a declaration describes; exists at compile time only. */
export interface Typed<V> {
  readonly [described]?: V;
}

/** The TypeScript type of the values of a declaration: `type PhysicalValue = TypeOf<typeof PhysicalValueType>`. */
export type TypeOf<T> = T extends Typed<infer V> ? V : never;

/** Lengths count characters (strings) or octets (binaries). */
export interface Length {
  readonly minLength?: number;
  readonly maxLength?: number;
}

export interface StringType extends Typed<string>, Length {
  readonly kind: "string";
}

/** Octets as text: upper-case hexadecimal digits, or base64. */
export interface BinaryType extends Typed<string>, Length {
  readonly kind: "binary";
  readonly lexical: "hex" | "base64";
}

/** A whole number: a JS number where |v| < 2^53, else its decimal digits as a string. Without bounds: any size. */
export interface IntegerType<V extends number | string = number | string> extends Typed<V> {
  readonly kind: "integer";
  readonly min?: bigint;
  readonly max?: bigint;
}

export interface BooleanType extends Typed<boolean> {
  readonly kind: "boolean";
}

export interface EnumerationType<V extends string = string> extends Typed<V> {
  readonly kind: "enumeration";
  readonly values: readonly V[];
}

export type SimpleType = StringType | BinaryType | IntegerType | BooleanType | EnumerationType;

/** An attribute of a complex type; `key` is its name in the value, "@Id". */
export interface Attribute {
  readonly key: string;
  readonly name: string;
  readonly uri: string;
  readonly type: SimpleType;
  readonly required: boolean;
  readonly example?: unknown;
}

/** A complex type in its normal form: inherited content first, attributes in EXI order. */
export interface ComplexType<V = unknown> extends Typed<V> {
  readonly kind: "complex";
  readonly attributes: readonly Attribute[];
  readonly content: readonly Particle[];
  /** Character content: a simple type (then there are no elements), or text anywhere between the elements. */
  readonly text?: SimpleType | "mixed";
}

export type AnyType = SimpleType | ComplexType;

/** A declared element; a global one may be the root of a document and be referred to. */
export interface Element<N extends string = string, T extends AnyType = AnyType> extends Typed<TypeOf<T>> {
  readonly kind: "element";
  readonly name: N;
  readonly uri: string;
  readonly type: T;
  /** Stands in the schema only to be substituted: it has an event code but never occurs. */
  readonly abstract: boolean;
}

export interface Occurs {
  readonly min: number;
  readonly max: number;
}

/** One place in the content of a complex type. `example` is the value a default has there; `usual` an optional that defaults have. */
export type Particle = Occurs & { readonly example?: unknown; readonly usual?: boolean } & (
    | { readonly kind: "element"; readonly element: Element }
    | { readonly kind: "sequence"; readonly particles: readonly Particle[] }
    | { readonly kind: "choice"; readonly particles: readonly Particle[]; readonly usually: number }
    | { readonly kind: "substitution"; readonly head: Element; readonly members: readonly Element[] }
    | { readonly kind: "any" }
  );

/* What may stand in the record of fields from which a complex type is declared. */

export interface Example<T extends AnyType = AnyType> extends Typed<TypeOf<T>> {
  readonly kind: "example";
  readonly type: T;
  readonly example: TypeOf<T>;
}

/** Several elements that stand in one place: the key of the field is a label for readers, the value has the elements' own keys. */
export interface Group<V = unknown> extends Typed<V> {
  readonly kind: "group";
  readonly order: "sequence" | "choice";
  readonly fields: Fields;
  readonly usually?: string;
}

export interface Substitution<V = unknown> extends Typed<V> {
  readonly kind: "substitution";
  readonly head: Element;
  readonly members: readonly Element[];
}

/** Any element of another schema. It holds its event code; a stream that uses it is refused. */
export interface Wildcard {
  readonly kind: "any";
}

export type One = AnyType | Element | Example | Group | Substitution | Wildcard;

export interface Optional<T extends One | List = One | List> {
  readonly kind: "optional";
  readonly of: T;
  readonly usual: boolean;
}

export interface List<T extends One = One> {
  readonly kind: "list";
  readonly of: T;
  readonly min: number;
  readonly max: number;
}

export type Field = One | Optional | List;
export type Fields = { readonly [key: string]: Field };

/* From fields to the type of the value. */

type Flat<T> = { [K in keyof T]: T[K] };
type Unnamed = Group | Substitution | Wildcard;
type NamedKeys<F> = { [K in keyof F]: Inner<F[K]> extends Unnamed ? never : K }[keyof F];
type Inner<X> = X extends Optional<infer T> ? Inner<T> : X extends List<infer T> ? T : X;
type OptionalKeys<F> = { [K in keyof F]: F[K] extends Optional ? K : never }[keyof F];
type ValueAt<X> = X extends Optional<infer T> ? ValueAt<T> : X extends List<infer T> ? TypeOf<T>[] : TypeOf<X>;
type AllAbsent<V> = V extends unknown ? { [K in keyof V]?: undefined } : never;
type Arrays<V> = Flat<Intersected<V extends unknown ? { [K in keyof V]?: Exclude<V[K], undefined>[] } : never>>;
type Intersected<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never;
type UnnamedValue<X> =
  Inner<X> extends Wildcard
    ? unknown
    : X extends Optional<infer T>
      ? TypeOf<T> | Flat<Intersected<AllAbsent<TypeOf<T>>>>
      : X extends List<infer T>
        ? Arrays<TypeOf<T>>
        : TypeOf<X>;
type UnnamedOf<F> =
  Intersected<
    { [K in keyof F]: Inner<F[K]> extends Unnamed ? { v: UnnamedValue<F[K]> } : { v: unknown } }[keyof F]
  > extends { v: infer V }
    ? V
    : unknown;

/** The value described by a record of fields that stand in sequence. */
export type ValueOf<F extends Fields> = Flat<
  { [K in Exclude<NamedKeys<F>, OptionalKeys<F>>]: ValueAt<F[K]> } & {
    [K in Extract<NamedKeys<F>, OptionalKeys<F>>]?: ValueAt<F[K]>;
  }
> &
  UnnamedOf<F>;

/** Exactly one of the keys of `M`. */
export type ExactlyOne<M> = {
  [K in keyof M]: Flat<{ [P in K]: M[P] } & { [P in Exclude<keyof M, K>]?: undefined }>;
}[keyof M];

export type ChoiceOf<F extends Fields> = ExactlyOne<{ [K in keyof F]: ValueAt<F[K]> }>;
