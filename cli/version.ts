import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Version of the package, read from where it is installed (`dist/cli` or `cli`). */
export function version(): string {
  for (const up of ["..", join("..", "..")]) {
    try {
      return (JSON.parse(readFileSync(join(__dirname, up, "package.json"), "utf8")) as { version: string }).version;
    } catch {
      // one level further up
    }
  }
  return "unknown";
}
