import { fstatSync } from "node:fs";
import type { Socket } from "node:net";
import { InvalidArgumentError } from "commander";

/** Parser of a reading of the machine's monotonic clock, in nanoseconds: the processes of one machine share its time base. */
export function nanoseconds(text: string): bigint {
  const now = process.hrtime.bigint();
  if (!/^\d{1,19}$/.test(text) || BigInt(text) > now)
    throw new InvalidArgumentError(`nanoseconds up to the present reading (${now}) are needed.`);
  return BigInt(text);
}

/** Until a signal, the end of a pipe on standard input, or, when asked for, the end of the parent. */
export function ended(withParent: boolean): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
    if (isPipe(0)) (process.stdin.on("end", resolve).on("error", resolve).resume() as Socket).unref();
    const parent = process.ppid;
    // A dead parent leaves its children to another.
    if (withParent) setInterval(() => process.ppid !== parent && resolve(), 200).unref();
  });
}

/** A terminal or /dev/null tells nothing about who has started us. */
function isPipe(descriptor: number): boolean {
  try {
    const kind = fstatSync(descriptor);
    return kind.isFIFO() || kind.isSocket();
  } catch {
    return false;
  }
}
