import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesEndingWith, root } from "./files";

/** `npm run check [-- WORD…]`: everything a change has to pass, in the order in which a mistake is cheapest to find; WORDs choose among the checks. */
const stages: readonly (readonly [name: string, ...command: string[]])[] = [
  ["types", "npx", "tsc", "--noEmit"],
  ["format and lint", "npx", "biome", "check", "."],
  ["typed lint", "npx", "eslint", "."],
  ["import boundaries", "npm", "run", "--silent", "boundaries"],
  ["file sizes", "sizes"],
  ["unit tests and driver contracts", "npm", "test", "--silent"],
  ["steps defined and used, tags registered", "node", "-r", "ts-node/register", "scripts/check-features.ts"],
  ["virtual bench", "npx", "cucumber-js"],
  ["self-test", "npm", "run", "--silent", "selftest"],
];

const longest = 500;
const isTable = (file: string): boolean =>
  /^protocol\/(iso15118|din70121|xmldsig|app-protocol)|^requirements\//.test(file);

function sizes(): boolean {
  const long = filesEndingWith([".ts", ".mjs", ".cjs"])
    .map((file) => ({ file, lines: readFileSync(join(root, file), "utf8").split("\n").length }))
    .filter(({ file, lines }) => lines > longest && !isTable(file));
  for (const { file, lines } of long) console.error(`${file} has ${lines} lines; ${longest} are allowed`);
  return long.length === 0;
}

const wanted = process.argv.slice(2);
const chosen = stages.filter(
  ([name, command]) => wanted.length === 0 || wanted.some((word) => name.includes(word) || word === command),
);
if (chosen.length === 0) {
  console.error(`no such check; there are: ${stages.map(([name]) => name).join(", ")}`);
  process.exit(2);
}

for (const [name, command = "", ...rest] of chosen) {
  const started = process.hrtime.bigint();
  const passed = command === "sizes" ? sizes() : spawnSync(command, rest, { cwd: root, stdio: "inherit" }).status === 0;
  const seconds = (Number(process.hrtime.bigint() - started) / 1e9).toFixed(1);
  console.log(`${passed ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (!passed) process.exit(1);
}
