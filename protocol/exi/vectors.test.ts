import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { foreign } from "../../scripts/foreign";
import { appProtocol } from "../app-protocol";
import { iso15118_2 } from "../iso15118-2";
import type { SchemaSet } from "../schema";
import { decode, encode } from ".";

interface Vector {
  readonly id: string;
  readonly set: string;
  readonly kind: "document" | "fragment";
  readonly exi: string;
  readonly root: string;
  readonly message: string;
  readonly value: unknown;
  readonly stringTableHits?: unknown;
  readonly trailingBytes?: number;
}

const sets: Record<string, SchemaSet> = { sap: appProtocol, iso2: iso15118_2 };

const lines = (file: string): Vector[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

for (const [name, set] of Object.entries(sets)) {
  foreign(
    `${name}: every foreign vector is read as its value and written as its bytes`,
    ["data/exi/vectors.jsonl"],
    ([file]) => {
      const vectors = lines(file!).filter((vector) => vector.set === name && vector.kind === "document");
      assert.ok(vectors.length > 20, `${vectors.length} vectors`);
      for (const vector of vectors) holds(set, vector);
    },
  );
}

function holds(set: SchemaSet, { id, exi, root, value, stringTableHits, trailingBytes = 0 }: Vector): void {
  const decoded = decode(set, Buffer.from(exi, "hex"));
  assert.deepEqual(decoded, { root: root.replace(/^{.*}/, ""), value, trailingBytes }, id);
  if (stringTableHits !== undefined || trailingBytes > 0) return;
  const encoded = encode(set, decoded.root, decoded.value);
  assert.equal(Buffer.from(encoded).toString("hex"), exi, id);
}
