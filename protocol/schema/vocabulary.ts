import type {
  AnyType,
  BinaryType,
  BooleanType,
  ChoiceOf,
  Element,
  EnumerationType,
  ExactlyOne,
  Example,
  Fields,
  Group,
  IntegerType,
  Length,
  List,
  One,
  Optional,
  StringType,
  Substitution,
  TypeOf,
  ValueOf,
  Wildcard,
} from "./types";

/* Simple types. Bounds that EXI does not encode are kept for `violations`. */

export const string = (length: Length = {}): StringType => ({ kind: "string", ...length });
/** Octets written as upper-case hexadecimal digits; lengths count octets. */
export const hexBinary = (length: Length = {}): BinaryType => ({ kind: "binary", lexical: "hex", ...length });
/** Octets written in base64; lengths count octets. */
export const base64Binary = (length: Length = {}): BinaryType => ({ kind: "binary", lexical: "base64", ...length });
/** One of these words, in the order of their codes. */
export const oneOf = <const V extends string>(...values: V[]): EnumerationType<V> => ({ kind: "enumeration", values });
/** Whole numbers from `min` to `max`, both allowed. */
export const integers = (min: number, max: number): IntegerType<number> => ({
  kind: "integer",
  min: BigInt(min),
  max: BigInt(max),
});

export const boolean: BooleanType = { kind: "boolean" };
export const byte = integers(-128, 127);
export const short = integers(-32768, 32767);
export const int = integers(-2147483648, 2147483647);
export const unsignedByte = integers(0, 255);
export const unsignedShort = integers(0, 65535);
export const unsignedInt = integers(0, 4294967295);
export const long: IntegerType = { kind: "integer", min: -(2n ** 63n), max: 2n ** 63n - 1n };
export const unsignedLong: IntegerType = { kind: "integer", min: 0n, max: 2n ** 64n - 1n };
/** A whole number without bounds (certificate serial numbers). */
export const integer: IntegerType = { kind: "integer" };
export const anyURI = string();
export const ID = string();

/* Occurrence and grouping. */

/** May be absent; a default leaves it out. */
export const optional = <T extends One | List>(of: T): Optional<T> => ({ kind: "optional", of, usual: false });
/** May be absent, but is normally there: a default has it. */
export const usual = <T extends One | List>(of: T): Optional<T> => ({ kind: "optional", of, usual: true });
/** May repeat: always an array in the value. Without `max`, for ever; `optional(list(…))` may be absent. */
export const list = <T extends One>(of: T, occurs: { min?: number; max?: number } = {}): List<T> => ({
  kind: "list",
  of,
  min: occurs.min ?? 1,
  max: occurs.max ?? Number.POSITIVE_INFINITY,
});
/** Exactly one of these fields; a default takes the one named `usually`, else the first. */
export const choice = <F extends Fields>(fields: F, usually?: keyof F & string): Group<ChoiceOf<F>> => ({
  kind: "group",
  order: "choice",
  fields,
  ...(usually === undefined ? {} : { usually }),
});
/** Fields that come, or stay away, together. */
export const sequence = <F extends Fields>(fields: F): Group<ValueOf<F>> => ({
  kind: "group",
  order: "sequence",
  fields,
});
/** An element of the substitution group of `head`; a default takes the member named first. */
export const substitutionGroup = <M extends Readonly<Record<string, Element>>>(
  head: Element,
  members: M,
): Substitution<ExactlyOne<{ [K in keyof M]: TypeOf<M[K]> }>> => ({
  kind: "substitution",
  head,
  members: Object.values(members),
});
export const any: Wildcard = { kind: "any" };
/** The value that a default has in this place. */
export const example = <T extends AnyType>(type: T, value: TypeOf<T>): Example<T> => ({
  kind: "example",
  type,
  example: value,
});
