import type { BitReader } from "./bit-reader";
import type { BitWriter } from "./bit-writer";
import { widthOf } from "./bits";
import { Refusal, wrong } from "./errors";

/** Values of variable length, a count and then the content. */
export interface TextCodec {
  read(reader: BitReader, name: string): string;
  write(writer: BitWriter, value: unknown): void;
}

/* Octets. */

const hexDigits = Array.from({ length: 256 }, (_, octet) => octet.toString(16).toUpperCase().padStart(2, "0"));
/** Beyond this many octets the platform's own conversion is faster than ours. */
const SHORT = 24;

export const hex: TextCodec = {
  read(reader) {
    const size = reader.size();
    const octets = reader.take(size);
    if (size > SHORT) return octets.toString("hex", 0, size).toUpperCase();
    let text = "";
    for (let i = 0; i < size; i++) text += hexDigits[octets[i]!]!;
    return text;
  },
  write(writer, value) {
    if (typeof value !== "string" || value.length % 2 !== 0) return wrong("pairs of hexadecimal digits", value);
    writer.unsigned(value.length / 2);
    for (let i = 0; i < value.length; i += 2) {
      const octet = (digit(value.charCodeAt(i)) << 4) | digit(value.charCodeAt(i + 1));
      if (octet < 0) wrong("pairs of hexadecimal digits", value);
      writer.bits(octet, 8);
    }
  },
};

/** The value of a hexadecimal digit; negative for anything else. */
function digit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}

export const base64: TextCodec = {
  read(reader) {
    const size = reader.size();
    return reader.take(size).toString("base64", 0, size);
  },
  write(writer, value) {
    if (typeof value !== "string" || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value))
      return wrong("base64", value);
    const octets = Buffer.from(value, "base64");
    writer.unsigned(octets.length);
    writer.octetsOf(octets);
  },
};

/* Characters: a count that is 2 too high, since 0 and 1 refer to string tables, and code points. */

export const strings: TextCodec = {
  read(reader, name) {
    const size = reader.size(2);
    if (size < 0) return hit(reader, size === -2 ? reader.strings.under(name) : reader.strings.all());
    if (size === 0) return "";
    const text = ascii(reader, size) ?? characters(reader, size);
    reader.strings.add(name, text);
    return text;
  },
  write(writer, value) {
    if (typeof value !== "string") return wrong("a string", value);
    const { mark } = writer;
    writer.unsigned(value.length + 2);
    if (writer.ascii(value)) return;
    writer.rewind(mark);
    if (/\p{Surrogate}/u.test(value)) throw new Refusal("the string holds half a surrogate pair");
    const codes = Array.from(value, (character) => character.codePointAt(0)!);
    writer.unsigned(codes.length + 2);
    for (const code of codes) writer.unsigned(code);
  },
};

/** The text if all its characters are below U+0080, so that each is one octet; then the reader has passed it. */
function ascii(reader: BitReader, count: number): string | undefined {
  const octets = reader.look(count);
  let all = 0;
  for (let i = 0; i < count; i++) all |= octets[i]!;
  if (all > 0x7f) return undefined;
  reader.position += count * 8;
  if (count > SHORT) return octets.toString("latin1", 0, count);
  let text = "";
  for (let i = 0; i < count; i++) text += String.fromCharCode(octets[i]!);
  return text;
}

function characters(reader: BitReader, count: number): string {
  let text = "";
  for (let i = 0; i < count; i++) {
    const code = Number(reader.unsigned());
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) reader.refuse(`${code} is no character`);
    text += String.fromCodePoint(code);
  }
  return text;
}

/** A string that refers to an earlier one by its place. Senders of ISO 15118 never do so; a reader may understand it all the same. */
function hit(reader: BitReader, table: readonly string[]): string {
  if (table.length === 0) reader.refuse("a string of an empty string table");
  return table[reader.bits(widthOf(table.length))] ?? reader.refuse("no such entry in the string table");
}
