import { deepEqual } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { unregistered } from ".";

const folder = join(__dirname, "..", "features");

test("every requirement that a feature names is registered", () => {
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".feature"))
    : [];
  const unknown = files.flatMap((name) => {
    const lines = readFileSync(join(folder, name), "utf8")
      .split("\n")
      .filter((line) => line.trimStart().startsWith("@"));
    return unregistered(lines.flatMap((line) => line.trim().split(/\s+/))).map((id) => `${name}: ${id}`);
  });
  deepEqual(unknown, []);
});
