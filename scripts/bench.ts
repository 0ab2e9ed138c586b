import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./files";

/** `npm run bench`: every benchmark, one process each so that none warms another up. Ratios are to be trusted more than times. */
const benches = ["scripts/bench-exi.ts", "scripts/bench-session.ts"].filter((file) => existsSync(join(root, file)));

for (const file of benches) {
  console.log(`\n== ${file.replace(/^scripts\/bench-|\.ts$/g, "")}`);
  const { status } = spawnSync(process.execPath, ["-r", "ts-node/register", file], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
