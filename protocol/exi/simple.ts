import type { EnumerationType, IntegerType, SimpleType } from "../schema";
import type { BitReader } from "./bit-reader";
import type { BitWriter } from "./bit-writer";
import { Refusal } from "./errors";

/** Reads and writes the bare value of a simple type. `name` is the qualified name it stands under, for string tables. */
export interface ValueCodec {
  read(reader: BitReader, name: string): unknown;
  write(writer: BitWriter, value: unknown): void;
}

/** Bits needed to tell `count` things apart. */
export const widthOf = (count: number): number => (count <= 1 ? 0 : 32 - Math.clz32(count - 1));

/** EXI writes an integer in n bits if its bounds leave at most this many values. */
const N_BIT_VALUES = 4096n;

export function valueCodec(type: SimpleType): ValueCodec {
  switch (type.kind) {
    case "boolean":
      return booleans;
    case "string":
      return strings;
    case "enumeration":
      return enumeration(type);
    case "binary":
      return type.lexical === "hex" ? hex : base64;
    case "integer":
      return integers(type);
  }
}

const wrong = (expected: string, actual: unknown): never => {
  throw new Refusal(`${expected} expected, not ${describe(actual)}`);
};

/** A short text for what stands where something else should. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return value.length > 40 ? `"${value.slice(0, 40)}…"` : `"${value}"`;
  if (Array.isArray(value)) return "an array";
  return typeof value === "number" || typeof value === "boolean" ? String(value) : `a value of type ${typeof value}`;
}

const booleans: ValueCodec = {
  read: (reader) => reader.bits(1) === 1,
  write: (writer, value) => writer.bits(typeof value === "boolean" ? Number(value) : wrong("true or false", value), 1),
};

function enumeration({ values }: EnumerationType): ValueCodec {
  const width = widthOf(values.length);
  const codes = new Map<unknown, number>(values.map((value, code) => [value, code]));
  return {
    read: (reader) =>
      values[reader.bits(width)] ?? reader.refuse(`the code is not one of the ${values.length} of the enumeration`),
    write: (writer, value) => writer.bits(codes.get(value) ?? wrong(`one of ${values.join(", ")}`, value), width),
  };
}

function integers({ min, max }: IntegerType): ValueCodec {
  if (min !== undefined && max !== undefined && max - min < N_BIT_VALUES) return nBit(Number(min), Number(max));
  const bounded = min !== undefined && max !== undefined;
  return min !== undefined && min >= 0n ? unsigned(bounded) : signed(bounded);
}

function nBit(min: number, max: number): ValueCodec {
  const width = widthOf(max - min + 1);
  return {
    read(reader) {
      const value = reader.bits(width) + min;
      return value <= max ? value : reader.refuse(`${value} is above ${max}`);
    },
    write(writer, value) {
      if (!Number.isInteger(value) || (value as number) < min || (value as number) > max)
        wrong(`a whole number from ${min} to ${max}`, value);
      writer.bits((value as number) - min, width);
    },
  };
}

const json = (value: number | bigint): number | string => (typeof value === "number" ? value : value.toString());

/** A number below 2^53, or decimal digits. */
function whole(value: unknown): number | bigint {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  if (typeof value === "string" && value.length <= 1000 && /^-?\d+$/.test(value)) return BigInt(value);
  return wrong("a whole number", value);
}

const unsigned = (bounded: boolean): ValueCodec => ({
  read: (reader) => json(reader.unsigned(bounded)),
  write(writer, value) {
    const number = whole(value);
    writer.unsigned(number >= 0 ? number : wrong("a whole number not below 0", value));
  },
});

const signed = (bounded: boolean): ValueCodec => ({
  read(reader) {
    const negative = reader.bits(1) === 1;
    const magnitude = reader.unsigned(bounded);
    if (!negative) return json(magnitude);
    return typeof magnitude === "number" && magnitude < Number.MAX_SAFE_INTEGER
      ? -1 - magnitude
      : json(-1n - BigInt(magnitude));
  },
  write(writer, value) {
    const number = whole(value);
    writer.bits(number < 0 ? 1 : 0, 1);
    if (number >= 0) writer.unsigned(number);
    else writer.unsigned(typeof number === "number" ? -1 - number : -1n - number);
  },
});

const hex: ValueCodec = {
  read: (reader) => reader.take(reader.size()).toString("hex").toUpperCase(),
  write(writer, value) {
    if (typeof value !== "string" || !/^(?:[0-9A-Fa-f]{2})*$/.test(value))
      return wrong("pairs of hexadecimal digits", value);
    writer.unsigned(value.length / 2);
    writer.octetsOf(Buffer.from(value, "hex"));
  },
};

const base64: ValueCodec = {
  read: (reader) => reader.take(reader.size()).toString("base64"),
  write(writer, value) {
    if (typeof value !== "string" || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value))
      return wrong("base64", value);
    const octets = Buffer.from(value, "base64");
    writer.unsigned(octets.length);
    writer.octetsOf(octets);
  },
};

export const strings: ValueCodec = {
  read(reader, name) {
    const size = reader.size();
    if (size < 2) return size === 0 ? localHit(reader, name) : globalHit(reader);
    const text = characters(reader, size - 2);
    if (text !== "") reader.strings.push(name, text);
    return text;
  },
  write(writer, value) {
    if (typeof value !== "string") return wrong("a string", value);
    if (/\p{Surrogate}/u.test(value)) throw new Refusal("the string holds half a surrogate pair");
    let length = 0;
    for (const _ of value) length++;
    writer.unsigned(length + 2);
    for (const character of value) writer.unsigned(character.codePointAt(0)!);
  },
};

function characters(reader: BitReader, count: number): string {
  if (count > (reader.end - reader.position) / 8)
    reader.refuse(`${count} characters are announced, but the stream ends`);
  let text = "";
  for (let i = 0; i < count; i++) {
    const code = reader.size();
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) reader.refuse(`${code} is no character`);
    text += String.fromCodePoint(code);
  }
  return text;
}

/* Strings that refer to an earlier one. Senders of ISO 15118 never do so; a reader may understand them all the same. */

const globalHit = (reader: BitReader): string =>
  hit(
    reader,
    reader.strings.filter((_, i) => i % 2 === 1),
  );

const localHit = (reader: BitReader, name: string): string =>
  hit(
    reader,
    reader.strings.filter((_, i) => i % 2 === 1 && reader.strings[i - 1] === name),
  );

const hit = (reader: BitReader, table: string[]): string =>
  table[table.length === 0 ? 0 : reader.bits(widthOf(table.length))] ??
  reader.refuse("no such entry in the string table");
