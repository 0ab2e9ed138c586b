import { type ChildProcess, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { Namespaces, namespacesProblem } from "../drivers/linux/namespace";

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

/** Debian's implementation of both ends, by Qualcomm: foreign to ours in every line. */
export function peersProblem(): string | undefined {
  const problem = namespacesProblem();
  if (problem) return problem.message;
  const missing = ["pev", "evse"].find((program) => spawnSync(program, ["-v"]).error !== undefined);
  return missing && `the program ${missing} is missing: apt install plc-utils-extra`;
}

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

  /** Debian's car, which settles for a second: less, and it has left before anybody has seen its link. */
  pev(): Running {
    const file = this.profile("pev.ini", { ...zeroId("vehicle"), "settle time": "1", "charge time": "0" });
    return this.run("ev", ...limited, "pev", "-i", "ev", "-p", file);
  }

  /** Debian's station, for one car. */
  evse(): Running {
    const own = { "response type": "1", "settle time": "1", "charge time": "0" };
    const file = this.profile("evse.ini", { ...zeroId("station"), ...own });
    return this.run("se", ...limited, "evse", "-i", "se", "-p", file, "-l");
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

  private profile(name: string, values: Readonly<Record<string, string>>): string {
    const file = join(this.folder, name);
    const lines = Object.entries({ ...keys, ...values }).map(([key, value]) => `${key} = ${value}`);
    writeFileSync(file, `[default]\n${lines.join("\n")}\n`);
    return file;
  }
}

/** Alone they go on for ever. */
const limited = ["timeout", "30"] as const;

/** Strict peers take no other identifier. */
const zeroId = (whose: string) => ({ [`${whose} identifier`]: "00".repeat(17) });
const keys = {
  "network membership key": "50D3E4933F855B7040784DF815AA8DB7",
  "network identifier": "B0F2E695666B03",
  "attenuation threshold": "40",
  "msound pause": "20",
  "number of sounds": "10",
  "time to sound": "6",
};

/** Until it holds. @throws Error with what has been said when that takes too long */
export async function until(what: string, holds: () => boolean, said: () => string = () => ""): Promise<void> {
  for (let waited = 0; !holds(); waited += 10) {
    if (waited > 60_000) throw new Error(`never: ${what}\n${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
