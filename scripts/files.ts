import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";

export const root = resolve(__dirname, "..");

const outside = new Set(["node_modules", "dist", ".git", "out"]);

/** Files of the project below `folder` whose name ends with one of `endings`, relative to the project, sorted. */
export function filesEndingWith(endings: readonly string[], folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return outside.has(entry.name) ? [] : filesEndingWith(endings, path);
      return endings.some((ending) => entry.name.endsWith(ending)) ? [relative(root, path)] : [];
    })
    .sort();
}
