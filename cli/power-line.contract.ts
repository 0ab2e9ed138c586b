import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { Namespaces, namespacesProblem } from "../drivers/linux/namespace";
import { plcUtil, plcUtilsProblem } from "./plc-utils.contract";

/** One program in its namespace, and what it has said. */
export interface Running {
  readonly child: ChildProcess;
  readonly said: { out: string; err: string };
  /** Exit code, or the signal. */
  readonly exit: Promise<number | string>;
}

const root = join(__dirname, "..");
/** Compiled or not, as this file is. */
const source = extname(__filename) === ".ts";
const hil = [...(source ? ["-r", "ts-node/register"] : []), join(__dirname, source ? "main.ts" : "main.js")];
export const modemMacs = { ev: "02:B0:52:00:EE:02", se: "02:B0:52:00:5E:02" } as const;
export const hostMacs = { ev: "02:00:00:00:EE:01", se: "02:00:00:00:5E:01" } as const;

/** Why Debian's implementation of both ends cannot be tried here. */
export const peersProblem = (): string | undefined => namespacesProblem()?.message ?? plcUtilsProblem();

/** A car's and a station's namespace with a power line between them: `ccs-hil modem` in a third. */
export class PowerLine {
  readonly folder = mkdtempSync(join(tmpdir(), "ccs-hil-line-"));
  /** Socket of the modem's control. */
  readonly control = join(this.folder, "control");
  modem: Running | undefined;
  private readonly spaces: Namespaces;

  private constructor(worker: string) {
    const cable = (role: "ev" | "se", address: string) =>
      [
        { role, interface: role, mac: hostMacs[role], address },
        { role: "plc", interface: `plc_${role}` },
      ] as const;
    const roles = ["ev", "se", "plc"];
    this.spaces = Namespaces.create({ worker, roles, cables: [cable("ev", "fe80::ee"), cable("se", "fe80::5e")] });
  }

  /** @param options further ones of `ccs-hil modem` */
  static async open(worker: string, ...options: readonly string[]): Promise<PowerLine> {
    const line = new PowerLine(worker);
    const ports = [`plc_ev=${modemMacs.ev},ev`, `plc_se=${modemMacs.se},evse`].flatMap((port) => ["--port", port]);
    const args = [...hil, "modem", ...ports, "--mortal", "--control", line.control, ...options];
    // A real modem does not wait for what else runs on this machine, and the foreign peers give it 50 ms.
    line.modem = line.run("plc", "nice", "-n", "-19", process.execPath, ...args);
    const { modem } = line;
    const ready = await Promise.race([once(modem.child.stdout!, "data"), modem.exit]);
    if (Array.isArray(ready)) return line;
    line.close();
    throw new Error(`the modem ended with ${ready}: ${modem.said.err}`);
  }

  /** A command of ours. */
  hil(role: string, ...args: readonly string[]): Running {
    return this.run(role, process.execPath, ...hil, ...args);
  }

  /** Debian's car. */
  pev(): Running {
    return this.run("ev", ...plcUtil("pev", "ev", this.folder, settle));
  }

  /** Debian's station, for one car. */
  evse(): Running {
    return this.run("se", ...plcUtil("evse", "se", this.folder, settle));
  }

  close(): void {
    this.spaces.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private run(role: string, command: string, ...args: readonly string[]): Running {
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
    const child = this.spaces.spawn(role, command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    const said = { out: "", err: "" };
    child.stdout?.on("data", (bytes: Buffer) => {
      said.out += bytes.toString();
    });
    child.stderr?.on("data", (bytes: Buffer) => {
      said.err += bytes.toString();
    });
    const exit = once(child, "close").then(([code, signal]) => (code ?? signal) as number | string);
    return { child, said, exit };
  }
}

/** Seconds that a foreign end stays in the network, so that its link is seen. */
const settle = 1;

/** Until it holds. @throws Error with what has been said when that takes too long */
export async function until(what: string, holds: () => boolean, said: () => string = () => ""): Promise<void> {
  for (let waited = 0; !holds(); waited += 10) {
    if (waited > 60_000) throw new Error(`never: ${what}\n${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
