import { spawnSync } from "node:child_process";
import { accessSync, constants, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** What the checks see of a machine. Paths are absolute; a file that is absent, or may not be read, is undefined. */
export interface System {
  /** False for a file tree: what lives in memory (this process, its clock, its packages) is not the tree's. */
  readonly running: boolean;
  read(path: string): string | undefined;
  /** Names in a folder, sorted; empty where there is none. */
  list(path: string): readonly string[];
  /** Where a symbolic link points, as written in it. */
  link(path: string): string | undefined;
  exists(path: string): boolean;
  /** Whether this process may read and write there. */
  writable(path: string): boolean;
  /** Undefined when the program is not there, or there is only a file tree. */
  run(program: string, ...args: string[]): { readonly status: number; readonly output: string } | undefined;
  /** Of the running Node, without the `v`. */
  readonly node: string;
  /** Undefined when the optional package loads, else why not. */
  packageProblem(name: string): string | undefined;
  /** Nanoseconds that never go back. */
  monotonic(): bigint;
  /** What the calendar of the machine says. */
  today(): Date;
}

const patience = 5_000;

/** The machine we run on, or with another root the file tree of one. */
export function systemAt(root = "/"): System {
  const running = root === "/";
  const at = (path: string): string => (running ? path : join(root, path));
  return {
    running,
    read: (path) => attempt(() => readFileSync(at(path), "utf8")),
    list: (path) => attempt(() => readdirSync(at(path)).sort()) ?? [],
    link: (path) => attempt(() => readlinkSync(at(path))),
    exists: (path) => allows(at(path), constants.F_OK),
    writable: (path) => allows(at(path), constants.R_OK | constants.W_OK),
    run: (program, ...args) => (running ? run(program, args) : undefined),
    node: process.versions.node,
    packageProblem,
    monotonic: () => process.hrtime.bigint(),
    today: () => new Date(),
  };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const allows = (path: string, mode: number): boolean => attempt(() => accessSync(path, mode) ?? true) ?? false;

function run(program: string, args: readonly string[]): { status: number; output: string } | undefined {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8", timeout: patience });
  return error || status === null ? undefined : { status, output: status === 0 ? stdout : stderr };
}

function packageProblem(name: string): string | undefined {
  try {
    require(name);
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "MODULE_NOT_FOUND" ? "not installed" : (message.split("\n")[0] ?? "does not load");
  }
}
