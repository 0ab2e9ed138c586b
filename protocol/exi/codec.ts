import type { Element, SchemaSet, TypeOf } from "../schema";
import { BitReader } from "./bit-reader";
import { BitWriter } from "./bit-writer";
import { Compiled } from "./compile";
import { at, pathOf, Refusal, Undecodable, Unencodable } from "./errors";
import { qualified } from "./grammar";
import { widthOf } from "./simple";

export interface DecodeOptions {
  /** What to do with octets behind the end of the document: count them (as fielded cars need), or refuse. */
  readonly trailing?: "count" | "refuse";
  /** Longest stream accepted, in octets; 1 MiB unless told. */
  readonly maxLength?: number;
}

/** A decoded stream: the local name of its root element, the root's value, the number of octets left behind its end. */
export type Decoded<S extends SchemaSet = SchemaSet> = {
  [R in keyof TypeOf<S> & string]: { root: R; value: TypeOf<S>[R]; trailingBytes: number };
}[keyof TypeOf<S> & string];

/** The one header that ISO 15118 uses: no cookie, no options, version 1. */
const HEADER = 0x80;
const DEFAULT_MAX_LENGTH = 2 ** 20;

const compiledSets = new WeakMap<SchemaSet, Compiled>();

function compile(set: SchemaSet): Compiled {
  const known = compiledSets.get(set);
  if (known !== undefined) return known;
  const compiled = new Compiled(set);
  compiledSets.set(set, compiled);
  return compiled;
}

/**
 * Encodes a document.
 * @param root local name of the root element, one of the set's messages
 * @param value in the form of the root's type; typed loosely, because faulty values are encoded on purpose
 * @throws Unencodable, and nothing else
 */
export function encode(set: SchemaSet, root: string, value: unknown): Uint8Array {
  return refusing(root, () => {
    const { globals } = set.tables();
    const element = set.roots[root];
    if (element === undefined) throw new Refusal(`${set.name} has no message of this name`);
    return write(set, element, globals.indexOf(element), widthOf(globals.length + 1), value);
  });
}

/**
 * Decodes a document.
 * @throws Undecodable, and nothing else
 */
export function decode<S extends SchemaSet>(set: S, stream: Uint8Array, options: DecodeOptions = {}): Decoded<S> {
  return reading(stream, options, (reader) => {
    const { globals } = set.tables();
    const root = globals[reader.bits(widthOf(globals.length + 1))];
    if (root === undefined) return reader.refuse(`the root element is not of ${set.name}`);
    if (set.roots[root.name] !== root) return reader.refuse(`${root.name} is no message of ${set.name}`);
    return { root: root.name, value: content(set, root, reader) };
  }) as Decoded<S>;
}

function write(set: SchemaSet, element: Element, code: number, width: number, value: unknown): Uint8Array {
  const writer = new BitWriter();
  writer.bits(HEADER, 8);
  writer.bits(code, width);
  compile(set).contentOf(element).write(writer, value);
  return writer.finish();
}

function refusing<T>(root: string, encoding: () => T): T {
  try {
    return encoding();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    at(root, error);
    throw new Unencodable(pathOf(error), error.message);
  }
}

function content(set: SchemaSet, element: Element, reader: BitReader): unknown {
  try {
    return compile(set).contentOf(element).read(reader, qualified(element));
  } catch (error) {
    throw at(element.name, error);
  }
}

function reading<T extends { root: string; value: unknown }>(
  stream: Uint8Array,
  { trailing = "count", maxLength = DEFAULT_MAX_LENGTH }: DecodeOptions,
  body: (reader: BitReader) => T,
): T & { trailingBytes: number } {
  try {
    if (stream.length > maxLength) throw new Refusal(`the stream is longer than ${maxLength} octets`);
    const reader = new BitReader(stream);
    if (reader.bits(8) !== HEADER) throw new Refusal("the EXI header is not 0x80");
    const decoded = body(reader);
    const trailingBytes = (reader.end - reader.position) >>> 3;
    if (trailingBytes > 0 && trailing === "refuse") reader.refuse(`${trailingBytes} octets follow the document`);
    return { ...decoded, trailingBytes };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Undecodable(error.offset, pathOf(error), error.message);
  }
}
