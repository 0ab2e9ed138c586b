import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { filesEndingWith, root } from "./files";
import { foreignRoot } from "./foreign";

/**
 * Every unit test of the project, a process for each file, one after the other: `npm test`, or `npm test -- NAME…` for files whose path contains a NAME.
 * A test that lacks what it needs is counted and named at the end; lacking foreign data fails the run where that is required.
 */
const longest = 180_000;
const words = process.argv.slice(2);
const wires = words.includes("--wires");
const wanted = words.filter((word) => word !== "--wires");

/** Tests on real interfaces need root and network namespaces and take real time: `npm run test:wires`. */
const onWires = (file: string): boolean =>
  /\b(insideNamespace\(|Namespaces\.create\(|PowerLine\.open\(|matchInARow\(|Rig\.ofThisWorker\(|processes\.contract")/.test(
    readFileSync(join(root, file), "utf8"),
  );

const files = filesEndingWith([".test.ts"])
  .filter((file) => onWires(file) === wires)
  .filter((file) => wanted.length === 0 || wanted.some((name) => file.includes(name)));
if (files.length === 0) {
  console.error(`no test file has ${words.join(" or ")} in its path`);
  process.exit(2);
}

const lacking: string[] = [];
let foreignLacking = false;

const tests = run({ files: files.map((file) => join(root, file)), concurrency: 1, timeout: longest });
tests.on("test:fail", () => {
  process.exitCode = 1;
});
tests.on("test:pass", ({ name, skip }) => {
  if (typeof skip !== "string" || !skip.startsWith("not run")) return;
  lacking.push(`${name}: ${skip.replace(/^not run: /, "")}`);
  foreignLacking ||= skip.includes("foreign data absent");
});
tests.on("end", () => {
  if (lacking.length === 0) return;
  console.log(`\n${lacking.length} TESTS WERE NOT RUN:`);
  for (const each of lacking) console.log(`  ${each}`);
  if (!foreignLacking) return;
  console.log(`Foreign data is looked for at ${foreignRoot}; CCS_HIL_SHARED names another folder.`);
  if (process.env.CCS_HIL_REQUIRE_FOREIGN === "1") process.exitCode = 1;
});
tests.compose(new spec()).pipe(process.stdout);
