import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EnvironmentError } from "../drivers/linux/environment";
import { type CableEnd, Namespaces } from "../drivers/linux/namespace";
import { profileOf } from "../steps/support/profile";
import { root } from "./files";

/**
 * `node -r ts-node/register scripts/qca7000-in-software.ts [ARGUMENTS]`: runs `npx cucumber-js -p qca7000 ARGUMENTS` unchanged on a machine
 * without that hardware: in a namespace with the profile's interfaces, a virtual modem behind each, and the plant where the profile looks
 * for one. Needs root and compiled commands; ends with the exit code of cucumber, or 3 where the machine lacks something.
 */
const command = join(root, "dist", "cli", "main.js");
const place = "/run/ccs-hil";
/** As a real modem's, but shorter. */
const joinDelay = "2000";

const { iface = "", tester = "" } = profileOf("qca7000").qca7000 ?? {};
const cable = (name: string, mac: string, address: string, port: string): [CableEnd, CableEnd] => [
  { role: "pi", interface: name, mac, address },
  { role: "plc", interface: port },
];

async function main(words: readonly string[]): Promise<number> {
  const spaces = Namespaces.create({
    worker: "qca7000",
    roles: ["pi", "plc"],
    cables: [
      cable(iface, "02:00:00:00:5e:01", "fe80::5ecc", "plc_se"),
      cable(tester, "02:00:00:00:ee:01", "fe80::ee", "plc_ev"),
    ],
  });
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-qca7000-"));
  const children: ChildProcess[] = [];
  const end = (): void => {
    for (const child of children) child.kill("SIGKILL");
    spaces.destroy();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", end);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  const ports = ["--port", "plc_se=02:b0:52:00:5e:01,evse", "--port", "plc_ev=02:b0:52:00:ee:01,ev"];
  const modem = ["modem", ...ports, "--join-delay", joinDelay, "--die-with-parent"];
  children.push(spaces.spawn("plc", "nice", ["-n", "-19", process.execPath, command, ...modem], { stdio: output }));
  const plant = ["plant", "--dir", join(folder, "plant"), "--die-with-parent"];
  children.push(spawn(process.execPath, [command, ...plant], { stdio: output }));
  await Promise.all(children.map(ready));
  mkdirSync(place, { recursive: true });
  // The mounts of a command in a namespace are its own: nobody else sees the plant there.
  const run = `mount --bind "$0" ${place} && exec "$@"`;
  const cucumber = [process.execPath, join(root, "node_modules", ".bin", "cucumber-js"), "-p", "qca7000", ...words];
  const child = spaces.spawn("pi", "sh", ["-c", run, folder, ...cucumber], { cwd: root, stdio: "inherit" });
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}

/** A pipe to its input, by which it ends with this process. */
const output = ["pipe", "pipe", "inherit"] as const satisfies [string, string, string];

async function ready(child: ChildProcess): Promise<void> {
  const first = await Promise.race([once(child, "exit"), once(child.stdout as NodeJS.ReadableStream, "data")]);
  if (child.exitCode !== null) throw new Error(`a process of the bench ended with ${first[0]}`);
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error((error as Error).message);
    process.exit(error instanceof EnvironmentError ? 3 : 1);
  },
);
