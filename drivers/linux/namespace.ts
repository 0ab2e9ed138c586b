import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { EnvironmentError } from "./environment";

/** One end of a cable: an interface in the namespace of `role`. */
export interface CableEnd {
  readonly role: string;
  readonly interface: string;
  /** `02:00:00:00:00:01`; the kernel chooses one when left out. */
  readonly mac?: string;
  /** Its link-local address, valid at once. Without one the kernel speaks no IPv6 there, as in a modem. */
  readonly address?: string;
}

export type Cable = readonly [CableEnd, CableEnd];

export interface NamespacePlan {
  /** Tells the workers of one owner apart. */
  readonly worker: string | number;
  readonly roles: readonly string[];
  readonly cables: readonly Cable[];
  /** Largest payload of a frame, in bytes; beyond 1500 for frames that are too long on purpose. */
  readonly mtu?: number;
}

const PREFIX = "ccshil";

/** Namespaces with cables between them, for one worker of one owner process; gone with `destroy`, or at the next sweep. */
export class Namespaces {
  private readonly plan: NamespacePlan;

  /**
   * What has the same names is replaced; what dead owners left behind is removed.
   * @throws EnvironmentError
   */
  static create(plan: NamespacePlan): Namespaces {
    const problem = namespacesProblem();
    if (problem) throw problem;
    sweepNamespaces();
    const made = new Namespaces(plan);
    made.destroy();
    try {
      made.lay();
    } catch (error) {
      made.destroy();
      throw error;
    }
    return made;
  }

  private constructor(plan: NamespacePlan) {
    this.plan = plan;
  }

  name(role: string): string {
    return `${PREFIX}-${process.pid}-${this.plan.worker}-${role}`;
  }

  /**
   * A command in the namespace of `role`. It is killed when this process ends, also by SIGKILL: the kernel's parent-death
   * signal stays set over `exec`.
   */
  spawn(role: string, command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
    const inside = ["netns", "exec", this.name(role), "setpriv", "--pdeathsig", "KILL", "--", command, ...args];
    return spawn("ip", inside, options);
  }

  /** Ends what runs inside, and removes namespaces and cables. Again is no error. */
  destroy(): void {
    const mine = new Set(this.plan.roles.map((role) => this.name(role)));
    for (const name of namespaceNames()) if (mine.has(name)) remove(name);
  }

  /** A cable is gone, as with a device that is unplugged: the kernel forgets both of its ends. */
  cut([{ role, interface: name }]: Cable): void {
    ip(["-n", this.name(role)], [`link delete ${name}`]);
  }

  /** The same cable as at the start, by interfaces that are new to the kernel. */
  mend(cable: Cable): void {
    this.connect([cable]);
  }

  private lay(): void {
    const { roles, cables } = this.plan;
    ip(
      [],
      roles.map((role) => `netns add ${this.name(role)}`),
    );
    for (const role of roles) ip(["-n", this.name(role)], ["link set lo up"]);
    this.connect(cables);
  }

  private connect(cables: readonly Cable[]): void {
    const { roles, mtu = 1500 } = this.plan;
    ip(
      [],
      cables.map(([a, b]) => `link add ${this.end(a)} mtu ${mtu} type veth peer ${this.end(b)} mtu ${mtu}`),
    );
    for (const role of roles) {
      const ends = cables.flat().filter((end) => end.role === role);
      if (ends.length === 0) continue;
      const wanted = ends.map((end) => `${end.interface}=${end.address === undefined ? 0 : 1}`);
      run("ip", ["netns", "exec", this.name(role), "perl", "-e", PREPARE, ...wanted]);
      ip(["-n", this.name(role)], ends.flatMap(bringUp));
    }
  }

  private end({ role, interface: name, mac }: CableEnd): string {
    return `name ${name} ${mac === undefined ? "" : `address ${mac}`} netns ${this.name(role)}`;
  }
}

/** No address of the kernel's own making, and no wait for duplicates: 20 ms instead of 2 s, and the same address always. */
const bringUp = ({ interface: name, address }: CableEnd): string[] => [
  `link set ${name} addrgenmode none up`,
  ...(address === undefined ? [] : [`addr add ${address}/64 dev ${name} nodad`]),
];

/**
 * What has to be so before an interface comes up; each argument is `NAME=1`, or `NAME=0` for one that speaks no IPv6. No
 * duplicate detection and no router solicitation. Then `SIOCETHTOOL` with the `ETHTOOL_S…` commands for checksums of received
 * and sent packets, segmentation of TCP and generic, and reassembly, all to off: a veth leaves checksums blank that no hardware
 * will ever fill in, so that TCP over a modem in user space would never get through. Perl, because it can call ioctl and is
 * part of every Debian; Node cannot. TCP keeps at most 64 KiB to be sent, as small machines do: who does not read shows soon (TC05).
 */
const PREPARE = `
  socket(my $socket, 2, 2, 0) or die "socket: $!";
  open(my $buffers, ">", "/proc/sys/net/ipv4/tcp_wmem") or die "tcp_wmem: $!";
  print $buffers "4096 16384 65536";
  close($buffers) or die "tcp_wmem: $!";
  for my $end (@ARGV) {
    my ($name, $ipv6) = split /=/, $end;
    my %settings = (accept_dad => 0, dad_transmits => 0, accept_ra => 0, router_solicitations => 0, disable_ipv6 => 1 - $ipv6);
    for my $key (keys %settings) {
      open(my $file, ">", "/proc/sys/net/ipv6/conf/$name/$key") or die "$key of $name: $!";
      print $file $settings{$key};
      close($file) or die "$key of $name: $!";
    }
    for my $command (0x15, 0x17, 0x1f, 0x24, 0x2c) {
      my $value = pack("LL", $command, 0);
      ioctl($socket, 0x8946, pack("a16 P", $name, $value)) or die "offload of $name: $!";
    }
  }`;

const programs = {
  ip: "apt install iproute2",
  setpriv: "apt install util-linux",
  perl: "apt install perl-base",
};

const isInstalled = (program: string): boolean =>
  (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, program)));

/** Why this process cannot make namespaces. */
export function namespacesProblem(): EnvironmentError | undefined {
  if (process.platform !== "linux") return new EnvironmentError({ kind: "NotLinux", what: "a network namespace" });
  const missing = Object.entries(programs).find(([program]) => !isInstalled(program));
  if (missing) return new EnvironmentError({ kind: "MissingProgram", program: missing[0], install: missing[1] });
  if (process.getuid?.() === 0) return undefined;
  return new EnvironmentError({ kind: "NotPermitted", what: "make network namespaces", needs: "root" });
}

/** Whether this process is in a network namespace that `Namespaces` has made, whoever did. */
export function insideHarnessNamespace(): boolean {
  const folder = "/run/netns";
  try {
    const { dev, ino } = statSync("/proc/self/ns/net");
    return readdirSync(folder)
      .filter((name) => name.startsWith(`${PREFIX}-`))
      .map((name) => statSync(join(folder, name)))
      .some((it) => it.dev === dev && it.ino === ino);
  } catch {
    // Not on Linux, or no namespaces at all.
    return false;
  }
}

/**
 * Removes namespaces of owners that are dead, with what still runs in them.
 * @returns their names
 */
export function sweepNamespaces(): string[] {
  const left = namespaceNames().filter((name) => {
    const owner = new RegExp(`^${PREFIX}-(\\d+)-`).exec(name)?.[1];
    return owner !== undefined && !isAlive(Number(owner));
  });
  for (const name of left) remove(name);
  return left;
}

const namespaceNames = (): string[] =>
  run("ip", ["netns", "list"])
    .split("\n")
    .map((line) => line.split(" ")[0] ?? "")
    .filter((name) => name.startsWith(`${PREFIX}-`));

/** Another worker's sweep may be faster at each step. */
function remove(name: string): void {
  const { stdout = "" } = spawnSync("ip", ["netns", "pids", name], { encoding: "utf8" });
  for (const pid of stdout.split("\n").filter(Boolean)) {
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
  spawnSync("ip", ["netns", "delete", name]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

const ip = (options: readonly string[], lines: readonly string[]): string =>
  run("ip", [...options, "-batch", "-"], `${lines.join("\n")}\n`);

function run(command: string, args: readonly string[], input = ""): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { input, encoding: "utf8" });
  if (status === 0) return stdout;
  const code = error ? (error as NodeJS.ErrnoException).code : stderr.trim().split("\n")[0];
  throw new EnvironmentError({
    kind: "Refused",
    what: `run ${command} ${args.slice(0, 3).join(" ")}`,
    code: code ?? "",
  });
}
