import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { foreign } from "../../scripts/foreign";
import { messageSets } from "../message-sets";
import type { SchemaSet } from "../schema";
import { decode, decodeFragment, encode, encodeFragment, Undecodable } from ".";

interface Vector {
  readonly id: string;
  readonly set: string;
  readonly kind: "document" | "fragment";
  readonly exi: string;
  readonly root: string;
  readonly value: unknown;
  readonly stringTableHits?: unknown;
  readonly trailingBytes?: number;
}

const sets: Record<string, SchemaSet> = { ...messageSets, "iso2-fragment": messageSets.iso2! };

const vectors = "data/exi/vectors.jsonl";
const negativeVectors = "data/exi/vectors-negative.jsonl";

const lines = (file: string, set: string): Vector[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line))
    .filter((vector) => vector.set === set);

for (const [name, set] of Object.entries(sets)) {
  foreign(`${name}: foreign vectors are read as their values and written as their bytes`, [vectors], ([file]) => {
    const all = lines(file!, name);
    assert.ok(all.length > 20, `only ${all.length} vectors`);
    for (const vector of all) holds(set, vector);
  });

  foreign(`${name}: streams that other codecs refuse are refused`, [negativeVectors], ([file]) => {
    const all = lines(file!, name);
    assert.ok(all.length > 20, `only ${all.length} vectors`);
    for (const { id, kind, exi } of all) assert.throws(() => read(set, kind, exi), Undecodable, id);
  });
}

const read = (set: SchemaSet, kind: Vector["kind"], exi: string) =>
  kind === "document" ? decode(set, Buffer.from(exi, "hex")) : decodeFragment(set, Buffer.from(exi, "hex"));

function holds(set: SchemaSet, { id, kind, exi, root, value, stringTableHits, trailingBytes = 0 }: Vector): void {
  const local = root.replace(/^{.*}/, "");
  const decoded = read(set, kind, exi);
  assert.deepEqual({ ...decoded, uri: undefined }, { root: local, value, trailingBytes, uri: undefined }, id);
  if (stringTableHits !== undefined || trailingBytes > 0) return;
  const encoded = kind === "document" ? encode(set, local, value) : encodeFragment(set, root, value);
  assert.equal(Buffer.from(encoded).toString("hex"), exi, id);
}
