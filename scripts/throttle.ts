import { existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const period = 100_000;
type Limit = readonly [file: string, value: string];

/** Where the kernel keeps limits of the CPU, in either of its two ways. */
const ways = [
  {
    at: "/sys/fs/cgroup/cpu",
    has: "cpu.cfs_quota_us",
    limit: (quota: number): Limit => ["cpu.cfs_quota_us", `${quota}`],
  },
  { at: "/sys/fs/cgroup", has: "cpu.max", limit: (quota: number): Limit => ["cpu.max", `${quota} ${period}`] },
] as const;

/**
 * Holds processes, and what they start from then on, to a share of one core.
 * @returns what gives them the machine back; undefined where this kernel, or this user, cannot do that
 */
export function throttle(pids: readonly number[], share: number): (() => void) | undefined {
  for (const { at, has, limit } of ways) {
    const group = join(at, `ccs-hil-${process.pid}`);
    try {
      mkdirSync(group);
      if (!existsSync(join(group, has))) throw new Error("not this way");
      const [file, value] = limit(Math.round(share * period));
      writeFileSync(join(group, file), value);
      for (const pid of pids) writeFileSync(join(group, "cgroup.procs"), String(pid));
      return () => {
        for (const pid of pids) move(pid, at);
        remove(group);
      };
    } catch {
      remove(group);
    }
  }
  return undefined;
}

function move(pid: number, to: string): void {
  try {
    writeFileSync(join(to, "cgroup.procs"), String(pid));
  } catch {
    // It has ended.
  }
}

function remove(group: string): void {
  try {
    rmdirSync(group);
  } catch {
    // Never made, or somebody is still in it.
  }
}
