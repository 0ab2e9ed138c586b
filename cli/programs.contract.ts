import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A program that runs, and all that it has said so far. */
export interface Process {
  readonly child: ChildProcess;
  readonly said: { out: string; err: string };
  /** Exit code, or the signal. */
  readonly exit: Promise<number | string>;
}

/** @param over "close" when all that it has said has to be there; then its own children have gone too, if they speak where it does */
export function heard(child: ChildProcess, over: "exit" | "close" = "exit"): Process {
  const said = { out: "", err: "" };
  child.stdout?.on("data", (bytes: Buffer) => {
    said.out += bytes.toString();
  });
  child.stderr?.on("data", (bytes: Buffer) => {
    said.err += bytes.toString();
  });
  return { child, said, exit: once(child, over).then(([code, signal]) => (code ?? signal) as number | string) };
}

/** A program of this folder, from its source. */
export const program = (name: string, ...args: readonly string[]): Process =>
  heard(
    spawn(process.execPath, ["-r", "ts-node/register", join(__dirname, name), ...args], {
      cwd: join(__dirname, ".."),
      env: { ...process.env, NODE_TEST_CONTEXT: undefined },
      stdio: ["ignore", "pipe", "pipe"],
    }),
    "close",
  );

/** `ccs-hil` with these words. */
export const hil = (...args: readonly string[]): Process => program("main.ts", ...args);

/** Until it holds, two minutes at most. @throws AssertionError with what is told then */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  told: () => string = () => "",
): Promise<void> {
  for (let waited = 0; !(await holds()); waited += 10) {
    assert.ok(waited < 120_000, `never: ${what}\n${told()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
