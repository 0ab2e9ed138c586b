import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Millis } from "../../../core/clock";
import { Inconclusive } from "../judgement";

/** Lines of a process that are kept to tell why it did not start. */
const kept = 12;

export interface Awaited {
  /** What it is called when something is wrong with it. */
  readonly name: string;
  /** In a line of its output: it is ready. */
  readonly ready: string;
  readonly patience?: Millis;
  readonly onLine?: (line: string) => void;
}

/** Until a process says that it is ready; its lines are read until its end. @throws Inconclusive when it does not come to that */
export function readiness(child: ChildProcess, { name, ready, patience = 20_000, onLine }: Awaited): Promise<void> {
  const last: string[] = [];
  return new Promise<void>((resolve, reject) => {
    const fail = (why: string): void =>
      reject(new Inconclusive(`${name} ${why}${last.map((it) => `\n  ${it}`).join("")}`));
    const timer = setTimeout(() => fail(`is not ready after ${patience / 1000} s`), patience);
    const line = (text: string): void => {
      last.push(text);
      if (last.length > kept) last.shift();
      if (text.includes(ready)) resolve();
      onLine?.(text);
    };
    for (const output of [child.stdout, child.stderr]) if (output) createInterface(output).on("line", line);
    child.once("error", (error) => fail(`could not be started: ${error.message}`));
    child.once("exit", (code, signal) => fail(`ended with ${signal ?? `status ${code}`} before it was ready`));
    child.once("close", () => clearTimeout(timer));
    child.stdin?.on("error", () => undefined);
  });
}
