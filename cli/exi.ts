import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { Command, Option } from "commander";
import { decode, decodeFragment, encode, encodeFragment, type Peer, Undecodable, Unencodable } from "../protocol/exi";
import { messageSets } from "../protocol/message-sets";
import type { SchemaSet } from "../protocol/schema";
import { CommandError, exitCodes } from "./errors";
import { tree } from "./tree";

/** One line of a vectors file, and what `exi decode` prints on a pipe. */
interface Vector {
  readonly id?: string;
  readonly set: string;
  readonly kind: "document" | "fragment";
  /** Hexadecimal digits. */
  readonly exi: string;
  /** `{uri}Local`. */
  readonly root: string;
  readonly value: unknown;
  /** The stream must be refused. */
  readonly expect?: "error";
  /** With one of these the stream is read, but would not be written alike. */
  readonly stringTableHits?: unknown;
  readonly trailingBytes?: number;
}

interface Options {
  readonly set?: string;
  readonly fragment?: boolean;
  readonly peer?: Peer;
}

/** `ccs-hil exi decode | encode | check`: EXI streams by hand. Fails with CommandError. */
export function exiCommand(): Command {
  const command = new Command("exi").description("read and write EXI streams");
  command
    .command("decode")
    .description("print a stream as JSON, on a terminal as a tree")
    .argument("<hex>", "hexadecimal digits, or - for standard input")
    .addOption(setOption().makeOptionMandatory())
    .option("--fragment", "the stream is a fragment, as signatures digest it")
    .addOption(peerOption())
    .action((hex: string, options: Options) => refusing(() => print(decoded(octets(argument(hex)), options))));
  command
    .command("encode")
    .description("print the stream of a JSON value that has the form of decode's output")
    .argument("<json>", '{"root": …, "value": …}, or - for standard input')
    .addOption(setOption())
    .option("--fragment", "write a fragment")
    .addOption(peerOption())
    .action((json: string, options: Options) => refusing(() => console.log(encoded(argument(json), options))));
  command
    .command("check")
    .description("compare a file of vectors, one JSON object a line, with what this codec reads and writes")
    .argument("<file>")
    .action((file: string) => check(file));
  return command;
}

const setNames = [...Object.keys(messageSets), "iso2-fragment"];
const setOption = () => new Option("--set <name>", "message set of the stream").choices(setNames);
const peerOption = () => new Option("--peer <codec>", "read and write as this codec does").choices(["cbV2G"]);

/** Message set and kind of stream; "iso2-fragment" names both. */
function chosen(set: string, fragment: boolean): { set: SchemaSet; name: string; fragment: boolean } {
  const name = set.replace(/-fragment$/, "");
  const found = messageSets[name];
  if (found === undefined) throw new CommandError("usage", `no message set ${set}; there are ${setNames.join(", ")}`);
  return { set: found, name, fragment: fragment || name !== set };
}

/** The argument itself, or standard input. */
const argument = (text: string): string => (text === "-" ? readFileSync(0, "utf8") : text);

function octets(text: string): Uint8Array {
  const digits = text.replace(/\s|^0x/g, "");
  if (digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits))
    throw new CommandError("usage", "the stream is not pairs of hexadecimal digits");
  return Uint8Array.from(Buffer.from(digits, "hex"));
}

const hex = (stream: Uint8Array): string => Buffer.from(stream).toString("hex");

function decoded(stream: Uint8Array, options: Options): Vector {
  const { set, name, fragment } = chosen(options.set ?? "", options.fragment === true);
  const { root, value, uri, trailingBytes } = fragment
    ? decodeFragment(set, stream, options)
    : { uri: undefined, ...decode(set, stream, options) };
  return {
    set: name,
    kind: fragment ? "fragment" : "document",
    exi: hex(stream),
    root: `{${uri ?? set.roots[root]?.uri}}${root}`,
    value,
    ...(trailingBytes > 0 ? { trailingBytes } : {}),
  };
}

function print(vector: Vector): void {
  if (!process.stdout.isTTY) return void console.log(JSON.stringify(vector));
  console.log(tree(local(vector.root), vector.value));
  if (vector.trailingBytes !== undefined) console.log(`(octets behind the end: ${vector.trailingBytes})`);
}

function encoded(json: string, options: Options): string {
  const { root, value, ...rest } = vectorOf(json);
  const { set, fragment } = chosen(options.set ?? rest.set ?? "", options.fragment ?? rest.kind === "fragment");
  return hex(fragment ? encodeFragment(set, root, value, options) : encode(set, local(root), value, options));
}

const local = (root: string): string => root.replace(/^{.*}/, "");

function vectorOf(json: string): Vector {
  const vector: unknown = parse(json);
  if (typeof vector === "object" && vector !== null && "root" in vector && typeof vector.root === "string")
    return vector as Vector;
  throw new CommandError("usage", "the value is no JSON object with root and value");
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new CommandError("usage", `the value is not JSON: ${(error as Error).message}`);
  }
}

function check(file: string): void {
  const lines = read(file).split("\n");
  let checked = 0;
  let ok = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    checked++;
    const difference = differenceOf(line);
    if (difference === undefined) ok++;
    else console.log(`${idOf(line) ?? `line ${index + 1}`}: ${difference}`);
  }
  console.log(`checked ${checked}, ok ${ok}`);
  process.exitCode = ok === checked ? 0 : exitCodes.failed;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CommandError("usage", (error as Error).message);
  }
}

function idOf(line: string): string | undefined {
  return /"id"\s*:\s*"([^"]*)"/.exec(line)?.[1];
}

/** What a vector's line and this codec disagree on. */
function differenceOf(line: string): string | undefined {
  try {
    const vector = vectorOf(line.includes('"root"') ? line : line.replace(/}\s*$/, ', "root": ""}'));
    const fragment = vector.kind === "fragment";
    const actual = attempt(() => decoded(octets(vector.exi), { set: vector.set, fragment }));
    if (vector.expect === "error") return actual instanceof Undecodable ? undefined : "is read, but must be refused";
    if (actual instanceof Undecodable) return `is refused: ${actual.message}`;
    if (actual.root !== vector.root) return `root is ${actual.root}, not ${vector.root}`;
    if (!isDeepStrictEqual(actual.value, vector.value)) return `is read as ${JSON.stringify(actual.value)}`;
    if (vector.stringTableHits !== undefined || (vector.trailingBytes ?? 0) > 0) return undefined;
    const exi = encoded(line, {});
    return exi === vector.exi.toLowerCase() ? undefined : `is written as ${exi}`;
  } catch (error) {
    return (error as Error).message;
  }
}

function attempt<T>(decoding: () => T): T | Undecodable {
  try {
    return decoding();
  } catch (error) {
    if (error instanceof Undecodable) return error;
    throw error;
  }
}

/** Input that the codec refuses is told as such, in one line. */
function refusing(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (error instanceof Undecodable || error instanceof Unencodable) throw new CommandError("failed", error.message);
    throw error;
  }
}
