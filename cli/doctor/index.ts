import { statSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "commander";
import { SystemClock } from "../../drivers/linux/clock";
import { EnvironmentError } from "../../drivers/linux/environment";
import { RawLink } from "../../drivers/linux/raw-link";
import { CommandError } from "../errors";
import { checkBoard, checkKernelLog, checkModule, checkRelease } from "./board";
import { checkBootConfig } from "./boot-config";
import { checkClock, checkMonotonic } from "./clock";
import type { Finding } from "./finding";
import { checkInterface, checkLinkLocal, checkSpi, interfaceOf } from "./link";
import { askModem, modemFindings } from "./modem";
import { checkCapabilities, checkNode, checkPackages } from "./process";
import { count, render } from "./render";
import { checkSerial } from "./serial";
import { type System, systemAt } from "./system";

interface DoctorOptions {
  readonly root: string;
  readonly iface?: string;
  readonly serial: string;
  readonly json: boolean;
}

/** `ccs-hil doctor`: what of a bench's hardware is in order, and what to do about the rest. */
export const doctorCommand = (): Command =>
  new Command("doctor")
    .description("look whether modem, link, clock and helper line of this machine are in order")
    .option("--iface <name>", "interface of the modem (default: the one that qcaspi drives)")
    .option("--serial <path>", "line of the pilot helper", process.env.ESP_CP_PORT ?? "/dev/serial0")
    .option("--root <folder>", "look at a file tree, such as a mounted card, instead of this machine", "/")
    .option("--json", "one JSON object instead of lines", false)
    .addHelpText("after", "\nEnds with 0 when nothing fails, 1 when something does, 3 when it cannot look.")
    .action(run);

async function run(options: DoctorOptions): Promise<void> {
  const root = resolve(options.root);
  mustBeFolder(root);
  if (root === "/" && process.platform !== "linux")
    throw new CommandError("environment", "the doctor looks at Linux; --root takes the file tree of one");
  const system = systemAt(root);
  const findings = [...examine(system, options), ...modemFindings(await modemSaid(system, options.iface))];
  const counts = count(findings);
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ root, counts, findings }, null, 2)}\n`
      : render(findings, {
          width: process.stdout.columns ?? 80,
          colours: process.stdout.isTTY && !process.env.NO_COLOR,
        }),
  );
  if (counts.fail > 0) process.exitCode = 1;
}

function mustBeFolder(root: string): void {
  const state = statSync(root, { throwIfNoEntry: false });
  if (!state?.isDirectory()) throw new CommandError("environment", `${root} is no folder: nothing to look at`);
}

/** Everything that files, programs and this process tell; from the board up to the link. */
export const examine = (system: System, { iface, serial }: { iface?: string; serial: string }): Finding[] => [
  ...checkBoard(system),
  ...checkRelease(system),
  ...checkBootConfig(system),
  ...checkModule(system),
  ...checkKernelLog(system),
  ...checkSpi(system),
  ...checkSerial(system, serial),
  ...checkClock(system),
  ...checkMonotonic(system),
  ...checkNode(system),
  ...checkPackages(system),
  ...checkCapabilities(system),
  ...checkInterface(system, iface),
  ...checkLinkLocal(system, iface),
];

async function modemSaid(system: System, wanted: string | undefined): Promise<Parameters<typeof modemFindings>[0]> {
  if (!system.running) return { why: "a file tree has no modem" };
  const name = interfaceOf(system, wanted);
  if (name === undefined) return { why: "no interface" };
  const clock = new SystemClock();
  try {
    const link = await RawLink.open({ interface: name, clock });
    try {
      return await askModem(link, clock);
    } finally {
      link.close();
    }
  } catch (error) {
    if (error instanceof EnvironmentError) return { why: error.message };
    throw error;
  }
}
