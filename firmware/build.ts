import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

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

/** Path of the host build, which is built once a process. */
export async function hostBuild(): Promise<string> {
  building ??= make("host");
  await building;
  return join(__dirname, "build", "cp-helper");
}
