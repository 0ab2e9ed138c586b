import { join } from "node:path";
import { after } from "node:test";
import { filesEndingWith, root } from "./files";
import { foreignRoot, notRun } from "./foreign";

/** Every unit test of the project in one process: `npm test`, or `npm test -- NAME…` for files whose path contains a NAME. */
const wanted = process.argv.slice(2);
const files = filesEndingWith([".test.ts"]).filter(
  (file) => wanted.length === 0 || wanted.some((name) => file.includes(name)),
);

after(() => {
  const missing = notRun();
  if (missing.length === 0) return;
  console.log(
    `\n${missing.length} TESTS WERE NOT RUN: foreign data is absent at ${foreignRoot} (set CCS_HIL_SHARED to its folder), or what they name:`,
  );
  for (const name of missing) console.log(`  not run: ${name}`);
  if (process.env.CCS_HIL_REQUIRE_FOREIGN === "1") process.exitCode = 1;
});

for (const file of files) require(join(root, file));
