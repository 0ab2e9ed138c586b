import assert from "node:assert/strict";
import { defaultOf, type SchemaSet } from "../schema";
import { decode, decodeFragment, encode, encodeFragment, Undecodable } from ".";

/* Streams that are almost right, for robustness tests and fuzzing. */

export type Kind = "document" | "fragment";

/**
 * A stream of any octets is refused as Undecodable, or it is read as a value which can be written and read again. Whatever else
 * is thrown is a mistake of the codec.
 * @returns whether it was read
 */
export function survives(set: SchemaSet, kind: Kind, stream: Uint8Array): boolean {
  try {
    if (kind === "document") {
      const { root, value } = decode(set, stream);
      assert.deepEqual(decode(set, encode(set, root, value)).value, value);
    } else {
      const { root, uri, value } = decodeFragment(set, stream);
      assert.deepEqual(decodeFragment(set, encodeFragment(set, `{${uri}}${root}`, value)).value, value);
    }
    return true;
  } catch (error) {
    if (error instanceof Undecodable) return false;
    throw new Error(`${set.name} ${kind} ${Buffer.from(stream).toString("hex")}`, { cause: error });
  }
}

/** A small generator of pseudo-random numbers below 2^32, so that a failure can be repeated from its seed. */
export function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Default messages of a set, or default fragments where it has none, to start from. */
export function seedsOf(set: SchemaSet): { kind: Kind; stream: Uint8Array }[] {
  const streams: { kind: Kind; stream: Uint8Array }[] = [];
  for (const [root, element] of Object.entries(set.roots)) {
    const value = defaultOf(element) as { Header?: unknown; Body?: object };
    streams.push({ kind: "document", stream: encode(set, root, value) });
    if (value.Body !== undefined)
      for (const body of bodiesOf(set))
        streams.push({ kind: "document", stream: encode(set, root, { ...value, Body: body }) });
  }
  for (const { name, uri, types } of set.tables().elements) {
    const [type] = types;
    if (type?.kind !== "complex" || types.length > 1 || (type.content.length === 0 && type.attributes.length === 0))
      continue;
    try {
      streams.push({ kind: "fragment", stream: encodeFragment(set, `{${uri}}${name}`, defaultOf(type)) });
    } catch {
      // an abstract element, or one that demands an element of a foreign schema
    }
  }
  return streams;
}

/** One body for each message of the sets that have one root for all. */
function bodiesOf(set: SchemaSet): object[] {
  const type = set.tables().elements.find(({ name }) => name === "Body")?.types[0];
  if (type?.kind !== "complex") return [];
  return type.content.flatMap((particle) =>
    particle.kind === "substitution" ? particle.members.map((member) => ({ [member.name]: defaultOf(member) })) : [],
  );
}

/** A stream with a few bits, octets or its length changed. */
export function mutated(stream: Uint8Array, below: (n: number) => number): Uint8Array {
  const out = Array.from(stream);
  for (let changes = 1 + below(3); changes > 0; changes--) {
    const at = below(out.length + 1);
    switch (below(6)) {
      case 0:
        out.length = Math.max(1, at);
        break;
      case 1:
        out.splice(at, 0, below(256));
        break;
      case 2:
        out.splice(at, 1 + below(4));
        break;
      case 3:
        out[Math.min(at, out.length - 1)] = [0, 0x7f, 0x80, 0xff][below(4)]!;
        break;
      default:
        if (out.length > 0) out[Math.min(at, out.length - 1)]! ^= 1 << below(8);
    }
  }
  return Uint8Array.from(out);
}
