import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type TestContext, test } from "node:test";

/** Folder of foreign test data: `CCS_HIL_SHARED`, or `../shared` beside the project. */
export const foreignRoot = resolve(process.env.CCS_HIL_SHARED ?? join(__dirname, "..", "..", "shared"));

/**
 * A test that needs foreign data (vectors, captures). With the data absent it is counted as not run, and named at the end of
 * `npm test`; it never passes in silence.
 * @param files paths below the foreign folder, all of which the test reads
 */
export function foreign(name: string, files: string[], body: (paths: string[]) => void | Promise<void>): void {
  const paths = files.map((file) => join(foreignRoot, file));
  const absent = paths.filter((path) => !existsSync(path));
  if (absent.length === 0) return void test(name, () => body(paths));
  test(name, { skip: `not run: foreign data absent (${absent.join(", ")})` }, () => undefined);
}

/**
 * A test that needs a tool or package that a machine may lack; then it is counted as not run as well.
 * @param lack what is missing, or undefined
 */
export function equipped(
  name: string,
  lack: string | undefined,
  body: (context: TestContext) => void | Promise<void>,
): void {
  if (lack === undefined) return void test(name, body);
  test(name, { skip: `not run: ${lack}` }, () => undefined);
}
