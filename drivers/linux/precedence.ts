import { writeFileSync } from "node:fs";
import { setPriority } from "node:os";

/** As urgent as a process of a bench is: ahead of compilers and browsers, behind what the system itself cannot wait for. */
const urgent = -10;

/**
 * This process, and what it starts from now on, goes before others on a busy machine: whoever measures in real time may not be kept
 * waiting. The kernel shares time among sessions first (`sched_autogroup`), so the session's turn is asked for as well. Without the
 * right to it (root) nothing changes.
 */
export function takePrecedence(): void {
  for (const ask of [() => setPriority(urgent), () => writeFileSync("/proc/self/autogroup", String(urgent))]) {
    try {
      ask();
    } catch {
      // Not root, or a kernel without it: as urgent as everybody.
    }
  }
}
