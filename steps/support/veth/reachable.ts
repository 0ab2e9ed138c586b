import { readFileSync } from "node:fs";

/** Tables of sockets as the kernel shows them, and the state in which one of them can be reached: a TCP port listens, a UDP port is open. */
const tables = [
  { file: "tcp", kind: "TCP", state: "0A" },
  { file: "tcp6", kind: "TCP", state: "0A" },
  { file: "udp", kind: "UDP", state: "07" },
  { file: "udp6", kind: "UDP", state: "07" },
] as const;

/** 127.0.0.0/8 and ::1, as the kernel writes them on a machine of the usual order of bytes. */
const loopback = /^(?:[0-9A-F]{6}7F|0{24}01000000)$/;

/** Ports in the network namespace of a process that others than the machine itself may reach. */
export function reachable(pid: number): string[] {
  const found = tables.flatMap(({ file, kind, state }) =>
    readFileSync(`/proc/${pid}/net/${file}`, "utf8")
      .split("\n")
      .slice(1)
      .flatMap((line) => {
        const [, local = "", , at] = line.trim().split(/\s+/);
        const [address = "", port = ""] = local.split(":");
        return at === state && !loopback.test(address) ? [`${kind} ${Number.parseInt(port, 16)}`] : [];
      }),
  );
  return [...new Set(found)].sort();
}
