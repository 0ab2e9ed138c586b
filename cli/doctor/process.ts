import { type Finding, fail, ok, skip, warn } from "./finding";
import type { System } from "./system";

/** Bits of `CapEff` in /proc/self/status. */
const CAP_NET_ADMIN = 12n;
const CAP_NET_RAW = 13n;

export function checkCapabilities(system: System): Finding[] {
  const digits = /^CapEff:\s*([0-9a-f]+)/m.exec(system.read("/proc/self/status") ?? "")?.[1];
  if (digits === undefined) return [skip("capabilities", "not to be seen here")];
  const has = (bit: bigint): boolean => ((BigInt(`0x${digits}`) >> bit) & 1n) === 1n;
  const admin = has(CAP_NET_ADMIN) ? ", CAP_NET_ADMIN" : "";
  if (has(CAP_NET_RAW)) return [ok("capabilities", `CAP_NET_RAW${admin}`)];
  return [
    warn(
      "capabilities",
      "no CAP_NET_RAW: no raw frames, so no SLAC from this shell",
      "sudo, or the service ccs-hil-secc, which has it",
    ),
  ];
}

const least = [20, 19] as const;

export function checkNode(system: System): Finding[] {
  if (!system.running) return [skip("Node", "a file tree runs none")];
  const [major = 0, minor = 0] = system.node.split(".").map(Number);
  const enough = major > least[0] || (major === least[0] && minor >= least[1]);
  return [enough ? ok("Node", system.node) : fail("Node", system.node, `${least.join(".")} or later is needed`)];
}

const packages = [
  {
    name: "cap",
    use: "raw frames, so SLAC",
    level: fail,
    install: "sudo apt install libpcap-dev build-essential, then npm install",
  },
  { name: "serialport", use: "the pilot helper", level: warn, install: "npm install serialport@13" },
] as const;

export function checkPackages(system: System): Finding[] {
  return packages.map(({ name, use, level, install }) => {
    if (!system.running) return skip(`package ${name}`, "a file tree loads none");
    const problem = system.packageProblem(name);
    return problem === undefined
      ? ok(`package ${name}`, "loads")
      : level(`package ${name}`, `${problem}: no ${use}`, install);
  });
}
