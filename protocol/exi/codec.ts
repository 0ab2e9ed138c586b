import type { SchemaSet, TypeOf } from "../schema";
import { BitReader } from "./bit-reader";
import { BitWriter } from "./bit-writer";
import { Compiled, type Content } from "./compile";
import { at, pathOf, Refusal, Undecodable, Unencodable } from "./errors";
import { type Peer, qualified } from "./grammar";
import { widthOf } from "./simple";

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
const DEFAULT_MAX_LENGTH = 2 ** 20;

const compiledSets = new WeakMap<SchemaSet, Map<Peer | undefined, Compiled>>();

function compile(set: SchemaSet, peer: Peer | undefined): Compiled {
  const byPeer = compiledSets.get(set) ?? new Map<Peer | undefined, Compiled>();
  const compiled = byPeer.get(peer) ?? new Compiled({ set, peer });
  compiledSets.set(set, byPeer.set(peer, compiled));
  return compiled;
}

/**
 * Encodes a document.
 * @param root local name of the root element, one of the set's messages
 * @param value in the form of the root's type; typed loosely, because faulty values are encoded on purpose
 * @throws Unencodable, and nothing else
 */
export function encode(set: SchemaSet, root: string, value: unknown, { peer }: EncodeOptions = {}): Uint8Array {
  return writing(root, (writer) => {
    const { globals } = set.tables();
    const element = set.roots[root];
    if (element === undefined) throw new Refusal(`${set.name} has no message of this name`);
    writer.bits(globals.indexOf(element), widthOf(globals.length + 1));
    compile(set, peer).contentOf(element).write(writer, value);
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
    return { root: root.name, value: content(compile(set, options.peer).contentOf(root), root, reader) };
  }) as Decoded<S>;
}

/**
 * Encodes a fragment: one element by itself, as signatures digest it.
 * @param name local name of any element that the set declares, or `{uri}name` where several share it
 * @param value of an element that the set declares with several types: `{ "@Id": …, "#text": … }`
 * @throws Unencodable, and nothing else
 */
export function encodeFragment(set: SchemaSet, name: string, value: unknown, { peer }: EncodeOptions = {}): Uint8Array {
  return writing(name, (writer) => {
    const { elements } = set.tables();
    const width = widthOf(elements.length + 2);
    const code = fragmentCode(set, name);
    writer.bits(code, width);
    compile(set, peer).fragmentContent(elements[code]!.types).write(writer, value);
    writer.bits(elements.length + 1, width);
  });
}

/**
 * Decodes a fragment.
 * @throws Undecodable, and nothing else
 */
export function decodeFragment(set: SchemaSet, stream: Uint8Array, options: DecodeOptions = {}): Fragment {
  return reading(stream, options, (reader) => {
    const { elements } = set.tables();
    const width = widthOf(elements.length + 2);
    const element = elements[reader.bits(width)];
    if (element === undefined) return reader.refuse(`the fragment's element is not of ${set.name}`);
    const { name: root, uri } = element;
    const value = content(compile(set, options.peer).fragmentContent(element.types), element, reader);
    if (reader.bits(width) !== elements.length + 1) reader.refuse("the fragment goes on after its element");
    return { root, uri, value };
  });
}

function fragmentCode(set: SchemaSet, name: string): number {
  const { elements } = set.tables();
  const matches = elements.filter((element) => element.name === name || qualified(element) === name);
  if (matches.length === 0) throw new Refusal(`${set.name} declares no element of this name`);
  if (matches.length > 1) throw new Refusal(`several elements have this name: ${matches.map(qualified).join(", ")}`);
  return elements.indexOf(matches[0]!);
}

function writing(root: string, body: (writer: BitWriter) => void): Uint8Array {
  try {
    const writer = new BitWriter();
    writer.bits(HEADER, 8);
    body(writer);
    return writer.finish();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    at(root, error);
    throw new Unencodable(pathOf(error), error.message);
  }
}

function content(of: Content, element: { name: string; uri: string }, reader: BitReader): unknown {
  try {
    return of.read(reader, qualified(element));
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
