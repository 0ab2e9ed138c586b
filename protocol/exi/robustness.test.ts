import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { foreign } from "../../scripts/foreign";
import { messageSets } from "../message-sets";
import { decode, Undecodable } from ".";
import { type Kind, mutated, random, seedsOf, survives } from "./mutations.fuzz";

/** 10^5 inputs in all. */
const INPUTS = Math.ceil(100_000 / Object.keys(messageSets).length);

for (const [name, set] of Object.entries(messageSets)) {
  test(`${name}: changed streams are refused, or read as values that can be written`, () => {
    const below = random(7);
    const streams = seedsOf(set);
    assert.ok(streams.length >= 2, `only ${streams.length} streams to start from`);
    let read = 0;
    for (let i = 0; i < INPUTS; i++) {
      const { kind, stream } = streams[i % streams.length]!;
      if (survives(set, kind, mutated(stream, below))) read++;
    }
    assert.ok(read > 0 && read < INPUTS, `${read} of ${INPUTS} were read: the changes are too weak or too strong`);
  });
}

test("random octets behind a header and any root are refused, or read as values that can be written", () => {
  const below = random(8);
  for (const set of Object.values(messageSets)) {
    for (let i = 0; i < 2000; i++) {
      const stream = Uint8Array.from({ length: 2 + below(60) }, () => below(256));
      stream[0] = 0x80;
      survives(set, i % 2 === 0 ? "document" : "fragment", stream);
    }
  }
});

test("a short stream cannot announce a long value", () => {
  // SessionID of 2^27 octets in a header of ISO 15118-2: 80 | 1001100 | 0 | 0 | 0 | size
  const bits = `10000000${"1001100"}000${"11111111".repeat(3)}${"01111111"}`.padEnd(96, "0");
  const stream = Uint8Array.from(bits.match(/.{8}/g)!, (octet) => Number.parseInt(octet, 2));
  assert.throws(() => decode(messageSets.iso2!, stream), Undecodable);
});

test("a stream beyond the limit is refused unread", () => {
  assert.throws(() => decode(messageSets.iso2!, new Uint8Array(2 ** 20 + 1)), /longer than 1048576/);
});

interface Vector {
  readonly id: string;
  readonly set: string;
  readonly kind: Kind;
  readonly exi: string;
  readonly message: string;
}

/** The shortest vector of each message: enough for every grammar. */
function shortest(file: string): Vector[] {
  const best = new Map<string, Vector>();
  for (const line of readFileSync(file, "utf8").split("\n")) {
    if (line === "") continue;
    const vector: Vector = JSON.parse(line);
    const key = `${vector.set} ${vector.kind} ${vector.message}`;
    const known = best.get(key);
    if (known === undefined || vector.exi.length < known.exi.length) best.set(key, vector);
  }
  return [...best.values()];
}

foreign(
  "a message cut after any octet, or with any bit turned, is refused or read",
  ["data/exi/vectors.jsonl"],
  ([file]) => {
    const vectors = shortest(file!);
    assert.ok(vectors.length > 150, `only ${vectors.length} messages`);
    for (const { set: name, kind, exi } of vectors) {
      const set = messageSets[name.replace("-fragment", "")]!;
      const whole = Uint8Array.from(Buffer.from(exi, "hex"));
      // The last octet may hold nothing but filling.
      for (let length = 0; length < whole.length - 1; length++)
        assert.equal(survives(set, kind, whole.subarray(0, length)), false, `${name} ${exi} cut to ${length}`);
      for (let bit = 0; bit < whole.length * 8; bit++) {
        const turned = whole.slice();
        turned[bit >>> 3]! ^= 0x80 >>> (bit & 7);
        survives(set, kind, turned);
      }
    }
  },
);
