import type { IntegerType, SimpleType } from "../schema";
import type { BitReader } from "./bit-reader";
import type { BitWriter } from "./bit-writer";
import { widthOf } from "./bits";
import { deviation, wrong } from "./errors";
import { base64, hex, strings, type TextCodec } from "./text";

/** Reads and writes the content of an element or of an attribute. */
export interface Codec {
  /** @param name the qualified name that the content stands under, for string tables */
  readonly read: (reader: BitReader, name: string) => unknown;
  /** Writes an event code of `width` bits first: in one go with the content, where that is short. */
  readonly write: (writer: BitWriter, value: unknown, code: number, width: number) => void;
}

/**
 * The content of an element of simple type stands between two events without alternative (characters, end of element), a zero
 * bit each; the value of an attribute, or the text of a complex element, stands alone.
 */
export type Frame = 1 | 0;

/** EXI writes an integer in n bits if its bounds leave at most this many values. */
const N_BIT_VALUES = 4096n;

export function simpleCodec(type: SimpleType, frame: Frame): Codec {
  switch (type.kind) {
    case "boolean":
      return coded([false, true], "true or false", frame);
    case "enumeration":
      return coded(type.values, `one of ${type.values.join(", ")}`, frame);
    case "string":
      return framed(strings, frame);
    case "binary":
      return framed(type.lexical === "hex" ? hex : base64, frame);
    case "integer":
      return integers(type, frame);
  }
}

/** One of a few values, by its place among them. */
function coded(values: readonly unknown[], expected: string, frame: Frame): Codec {
  const codes = new Map(values.map((value, code) => [value, code]));
  const width = widthOf(values.length);
  const total = width + 2 * frame;
  return {
    read(reader) {
      const bits = reader.bits(total);
      const value = values[bits >>> frame];
      if (value !== undefined && (bits & frame) === 0) return value;
      reader.position -= total;
      return reader.refuse(outside(bits, width, frame) ? deviation : `no value has this code: ${expected} expected`);
    },
    write(writer, value, code, codeWidth) {
      const place = codes.get(value) ?? wrong(expected, value);
      writer.bits((code << total) | (place << frame), codeWidth + total);
    },
  };
}

/** Whether one of the frame's two bits is set. */
const outside = (bits: number, width: number, frame: Frame): boolean =>
  (bits & frame) !== 0 || (bits >>> frame) >>> width !== 0;

function integers({ min, max }: IntegerType, frame: Frame): Codec {
  if (min === undefined || max === undefined) return integer(min === undefined || min < 0n, false, frame);
  if (max - min >= N_BIT_VALUES) return integer(min < 0n, true, frame);
  const values = Array.from({ length: Number(max - min) + 1 }, (_, code) => Number(min) + code);
  return coded(values, `a whole number from ${min} to ${max}`, frame);
}

/** A sign, unless all values are positive, and an Unsigned Integer. */
function integer(signed: boolean, bounded: boolean, frame: Frame): Codec {
  const sign = signed ? 1 : 0;
  const head = frame + sign;
  return {
    read(reader) {
      const bits = reader.bits(head + 8);
      if (bits >>> (8 + sign) !== 0) reader.refuse(deviation);
      const octet = bits & 0xff;
      const magnitude = octet < 0x80 ? octet : reader.unsigned(octet, bounded);
      if (frame === 1 && reader.bits(1) !== 0) reader.refuse(deviation);
      return ((bits >>> 8) & sign) === 0 ? json(magnitude) : json(complement(magnitude));
    },
    write(writer, value, code, width) {
      const number = whole(value);
      if (number < 0 && !signed) wrong("a whole number not below 0", value);
      const magnitude = number < 0 ? complement(number) : number;
      writer.bits((code << head) | (number < 0 ? 1 : 0), width + head);
      writer.unsigned(magnitude, frame);
    },
  };
}

/** -1 - n, as EXI keeps negative numbers. */
const complement = (n: number | bigint): number | bigint =>
  typeof n === "bigint" || n === Number.MAX_SAFE_INTEGER ? -1n - BigInt(n) : -1 - n;

const json = (value: number | bigint): number | string => (typeof value === "number" ? value : value.toString());

/** A number below 2^53, or decimal digits. */
function whole(value: unknown): number | bigint {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  if (typeof value === "string" && value.length <= 1100 && /^-?\d+$/.test(value)) return BigInt(value);
  return wrong("a whole number", value);
}

function framed({ read, write }: TextCodec, frame: Frame): Codec {
  if (frame === 0)
    return {
      read,
      write(writer, value, code, width) {
        writer.bits(code, width);
        write(writer, value);
      },
    };
  return {
    read(reader, name) {
      if (reader.bits(1) !== 0) reader.refuse(deviation);
      const value = read(reader, name);
      if (reader.bits(1) !== 0) reader.refuse(deviation);
      return value;
    },
    write(writer, value, code, width) {
      writer.bits(code << 1, width + 1);
      write(writer, value);
      writer.bits(0, 1);
    },
  };
}
