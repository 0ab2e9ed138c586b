import { execFile, execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const folder = join(__dirname, "build");
const run = promisify(execFile);
let building: Promise<unknown> | undefined;

/** What this machine lacks to build the firmware's host build, or undefined. */
export const missingTools: string | undefined = (() => {
  const missing = ["g++", "make"].filter((tool) => {
    try {
      execFileSync(tool, ["--version"], { stdio: "ignore" });
      return false;
    } catch {
      return true;
    }
  });
  return missing.length > 0 ? `${missing.join(" and ")} absent` : undefined;
})();

/** What this machine lacks for the host build and a driver on its pseudo-terminal, or undefined. */
export const missingForSerial: string | undefined = (() => {
  if (process.platform !== "linux") return "not Linux";
  if (missingTools !== undefined) return missingTools;
  try {
    require.resolve("serialport");
    return undefined;
  } catch {
    return "the optional package serialport absent";
  }
})();

/** Makes targets of the firmware's Makefile; answers what was printed. @throws when it fails, with the output */
export async function make(...targets: string[]): Promise<string> {
  const { stdout } = await run("make", ["-s", "-C", __dirname, ...targets], { maxBuffer: 1 << 24 });
  return stdout;
}

/** Path of the host build, which is built once a process; processes that want it at once wait for the first of them. */
export async function hostBuild(): Promise<string> {
  building ??= buildAlone();
  await building;
  return join(folder, "cp-helper");
}

async function buildAlone(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  try {
    await run("flock", [folder, "make", "-s", "-C", __dirname, "host"]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    await make("host");
  }
}
