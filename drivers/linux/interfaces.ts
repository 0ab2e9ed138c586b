import { readFileSync } from "node:fs";
import { unhex } from "../../core/bytes";
import type { Clock, Millis } from "../../core/clock";
import { addressText } from "../../protocol/sdp";
import { EnvironmentError, type EnvironmentProblem } from "./environment";

/** A network interface as the kernel shows it now. */
export interface InterfaceState {
  /** Another one each time the device appears anew. */
  readonly index: number;
  readonly mac: Uint8Array;
  /** Largest payload of a frame, in bytes. */
  readonly mtu: number;
  /** Brought up by its owner. */
  readonly up: boolean;
  /** A cable with somebody at its other end. */
  readonly carrier: boolean;
  readonly linkLocal?: { readonly address: string; readonly tentative: boolean; readonly duplicate: boolean };
}

const IFF_UP = 1;
/** `IFA_F_` flags of the fourth column of if_inet6, and the scope of link-local addresses of its third. */
const DAD_FAILED = 0x08;
const TENTATIVE = 0x40;
const SCOPE_LINK = 0x20;

/**
 * From sysfs, which shows the network namespace in which it was mounted: `ip netns exec` mounts it anew.
 * @returns undefined where there is no such interface
 */
export function readInterface(name: string): InterfaceState | undefined {
  // The name comes from a person and becomes part of a path.
  if (!/^[^/\s]{1,15}$/.test(name) || name.startsWith(".")) return undefined;
  const field = (what: string): string | undefined => read(`/sys/class/net/${name}/${what}`)?.trim();
  const index = field("ifindex");
  if (index === undefined) return undefined;
  const linkLocal = readLinkLocal(name);
  // Unreadable while the interface is down, also when it has gone down since its flags were read.
  const carrier = field("carrier");
  return {
    index: Number(index),
    mac: unhex((field("address") ?? "").replaceAll(":", "")),
    mtu: Number(field("mtu") ?? 1500),
    up: (Number(field("flags")) & IFF_UP) !== 0 && carrier !== undefined,
    carrier: carrier === "1",
    ...(linkLocal && { linkLocal }),
  };
}

function readLinkLocal(name: string): InterfaceState["linkLocal"] {
  for (const line of (read("/proc/net/if_inet6") ?? "").split("\n")) {
    const [address = "", , , scope = "", flags = "", device] = line.trim().split(/\s+/);
    if (device !== name || Number.parseInt(scope, 16) !== SCOPE_LINK) continue;
    const bits = Number.parseInt(flags, 16);
    return {
      address: addressText(unhex(address)),
      tentative: (bits & TENTATIVE) !== 0,
      duplicate: (bits & DAD_FAILED) !== 0,
    };
  }
  return undefined;
}

/** Why no frame passes this interface now. */
export function frameProblem(name: string): EnvironmentProblem | undefined {
  if (process.platform !== "linux") return { kind: "NotLinux", what: "a network interface by name" };
  const state = readInterface(name);
  if (!state) return { kind: "NoInterface", interface: name };
  return state.up ? undefined : { kind: "InterfaceDown", interface: name };
}

/** Why IPv6 does not work on this interface now. */
export function addressProblem(name: string): EnvironmentProblem | undefined {
  const problem = frameProblem(name);
  if (problem) return problem;
  const linkLocal = readInterface(name)?.linkLocal;
  if (linkLocal?.duplicate) return { kind: "DuplicateAddress", interface: name, address: linkLocal.address };
  return !linkLocal || linkLocal.tentative ? { kind: "NoLinkLocal", interface: name } : undefined;
}

const LOOK_AGAIN: Millis = 100;

/**
 * Until `problem` finds nothing wrong, at most `limit`.
 * @throws EnvironmentError with what is still wrong then
 */
export async function awaitRemedy(
  problem: () => EnvironmentProblem | undefined,
  clock: Clock,
  limit: Millis,
): Promise<void> {
  const end = clock.now() + limit;
  for (let found = problem(); found; found = problem()) {
    if (found.kind === "NotLinux" || clock.now() >= end) throw new EnvironmentError(found);
    await new Promise<void>((resolve) => void clock.after(LOOK_AGAIN, resolve));
  }
}

/** A file of the kernel's, which may vanish between two readings. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
