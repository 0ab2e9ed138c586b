import type { SchemaSet, TypeOf } from "../schema";
import { BitReader } from "./bit-reader";
import { BitWriter } from "./bit-writer";
import { widthOf } from "./bits";
import { Compiled, type Root } from "./compile";
import { at, pathOf, Refusal, Undecodable, Unencodable } from "./errors";
import { type Peer, qualified } from "./grammar";

export interface EncodeOptions {
  /** Write as this codec does where it departs from the grammar. */
  readonly peer?: Peer;
}

export interface DecodeOptions extends EncodeOptions {
  /** What to do with octets behind the end of the document: count them (as fielded cars need), or refuse. */
  readonly trailing?: "count" | "refuse";
  /** Longest stream accepted, in octets; 1 MiB unless told. */
  readonly maxLength?: number;
}

/** A decoded stream: the local name of its root element, the root's value, the number of octets left behind its end. */
export type Decoded<S extends SchemaSet = SchemaSet> = {
  [R in keyof TypeOf<S> & string]: { root: R; value: TypeOf<S>[R]; trailingBytes: number };
}[keyof TypeOf<S> & string];

/** A decoded fragment; `root` is the local name, `uri` tells elements of one name apart. */
export interface Fragment {
  root: string;
  uri: string;
  value: unknown;
  trailingBytes: number;
}

/** The one header that ISO 15118 uses: no cookie, no options, version 1. */
const HEADER = 0x80;
const noOptions = {};
const DEFAULT_MAX_LENGTH = 2 ** 20;

const plain = new WeakMap<SchemaSet, Compiled>();
const likePeer: Record<Peer, WeakMap<SchemaSet, Compiled>> = { cbV2G: new WeakMap() };

function compile(set: SchemaSet, peer: Peer | undefined): Compiled {
  const sets = peer === undefined ? plain : likePeer[peer];
  const known = sets.get(set);
  if (known !== undefined) return known;
  const compiled = new Compiled({ set, peer });
  sets.set(set, compiled);
  return compiled;
}

/**
 * Encodes a document.
 * @param root local name of the root element, one of the set's messages
 * @param value in the form of the root's type; typed loosely, because faulty values are encoded on purpose
 * @throws Unencodable, and nothing else
 */
export function encode(set: SchemaSet, root: string, value: unknown, { peer }: EncodeOptions = noOptions): Uint8Array {
  const { messages, roots, rootWidth } = compile(set, peer);
  return writing(root, (writer) => {
    const code = messages.get(root);
    if (code === undefined) throw new Refusal(`${set.name} has no message of this name`);
    roots[code]!.write(writer, value, code, rootWidth);
  });
}

/**
 * Decodes a document.
 * @throws Undecodable, and nothing else
 */
export function decode<S extends SchemaSet>(
  set: S,
  stream: Uint8Array,
  options: DecodeOptions = noOptions,
): Decoded<S> {
  const { roots, rootWidth } = compile(set, options.peer);
  return reading(stream, options, (reader) => {
    const element = roots[reader.bits(rootWidth)];
    if (element === undefined) return reader.refuse(`the root element is not of ${set.name}`);
    const { root } = element;
    if (!element.message) reader.refuse(`${root} is no message of ${set.name}`);
    const value = content(element, reader);
    return { root, value, trailingBytes: behind(reader, options) };
  }) as Decoded<S>;
}

/**
 * Encodes a fragment: one element by itself, as signatures digest it.
 * @param name local name of any element that the set declares, or `{uri}name` where several share it
 * @param value of an element that the set declares with several types: `{ "@Id": …, "#text": … }`
 * @throws Unencodable, and nothing else
 */
export function encodeFragment(
  set: SchemaSet,
  name: string,
  value: unknown,
  { peer }: EncodeOptions = noOptions,
): Uint8Array {
  const { elements } = set.tables();
  const width = widthOf(elements.length + 2);
  return writing(name, (writer) => {
    const code = fragmentCode(set, name);
    compile(set, peer).fragmentContent(elements[code]!.types).write(writer, value, code, width);
    writer.bits(elements.length + 1, width);
  });
}

/**
 * Decodes a fragment.
 * @throws Undecodable, and nothing else
 */
export function decodeFragment(set: SchemaSet, stream: Uint8Array, options: DecodeOptions = noOptions): Fragment {
  const { elements } = set.tables();
  const width = widthOf(elements.length + 2);
  return reading(stream, options, (reader) => {
    const element = elements[reader.bits(width)];
    if (element === undefined) return reader.refuse(`the fragment's element is not of ${set.name}`);
    const { name: root, uri } = element;
    const { read } = compile(set, options.peer).fragmentContent(element.types);
    const value = content({ root, name: qualified(element), read }, reader);
    if (reader.bits(width) !== elements.length + 1) reader.refuse("the fragment goes on after its element");
    return { root, uri, value, trailingBytes: behind(reader, options) };
  });
}

function fragmentCode(set: SchemaSet, name: string): number {
  const { elements } = set.tables();
  const matches = elements.filter((element) => element.name === name || qualified(element) === name);
  if (matches.length === 0) throw new Refusal(`${set.name} declares no element of this name`);
  if (matches.length > 1) throw new Refusal(`several elements have this name: ${matches.map(qualified).join(", ")}`);
  return elements.indexOf(matches[0]!);
}

/** Kept from stream to stream; undefined while in use, should a getter of a value encode something itself. */
let idle: BitWriter | undefined;

function writing(root: string, body: (writer: BitWriter) => void): Uint8Array {
  const writer = idle ?? new BitWriter();
  idle = undefined;
  try {
    writer.rewind(0);
    writer.bits(HEADER, 8);
    body(writer);
    return writer.finish();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    at(root, error);
    throw new Unencodable(pathOf(error), error.message);
  } finally {
    idle = writer;
  }
}

function content({ root, name, read }: Pick<Root, "root" | "name" | "read">, reader: BitReader): unknown {
  try {
    return read(reader, name);
  } catch (error) {
    throw at(root, error);
  }
}

function reading<T>(
  stream: Uint8Array,
  { maxLength = DEFAULT_MAX_LENGTH }: DecodeOptions,
  body: (r: BitReader) => T,
): T {
  try {
    if (stream.length > maxLength) throw new Refusal(`the stream is longer than ${maxLength} octets`);
    const reader = new BitReader(stream);
    if (reader.bits(8) !== HEADER) throw new Refusal("the EXI header is not 0x80");
    return body(reader);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Undecodable(error.offset, pathOf(error), error.message);
  }
}

/** Whole octets behind the end. */
function behind(reader: BitReader, { trailing = "count" }: DecodeOptions): number {
  const octets = (reader.end - reader.position) >>> 3;
  if (octets > 0 && trailing === "refuse") reader.refuse(`${octets} octets follow the end`);
  return octets;
}
