#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { CommandError, exitCodes } from "./errors";
import { version } from "./version";

/** Subcommands are loaded when they are called: `--help` and the station's start stay fast. */
const commands: readonly { name: string; load: () => Command }[] = [
  { name: "exi", load: () => (require("./exi") as typeof import("./exi")).exiCommand() },
  { name: "session", load: () => (require("./session") as typeof import("./session")).sessionCommand() },
  { name: "plant", load: () => (require("./plant") as typeof import("./plant")).plantCommand() },
  { name: "modem", load: () => (require("./modem") as typeof import("./modem")).modemCommand() },
  { name: "slac", load: () => (require("./slac") as typeof import("./slac")).slacCommand() },
  { name: "sniff", load: () => (require("./sniff") as typeof import("./sniff")).sniffCommand() },
  { name: "secc", load: () => (require("./secc") as typeof import("./secc")).seccCommand() },
  { name: "api", load: () => (require("./api") as typeof import("./api")).apiCommand() },
  { name: "sim", load: () => (require("./sim") as typeof import("./sim")).simCommand() },
  { name: "smoke", load: () => (require("./smoke") as typeof import("./smoke")).smokeCommand() },
  { name: "evcc", load: () => (require("./evcc") as typeof import("./evcc")).evccCommand() },
  { name: "handshake", load: () => (require("./handshake") as typeof import("./handshake")).handshakeCommand() },
  { name: "inject", load: () => (require("./inject") as typeof import("./inject")).injectCommand() },
  { name: "list", load: () => (require("./list") as typeof import("./list")).listCommand() },
  { name: "doctor", load: () => (require("./doctor") as typeof import("./doctor")).doctorCommand() },
];

function program(wanted: string | undefined): Command {
  const root = new Command("ccs-hil")
    .description("Hardware-in-the-loop simulation and conformance harness for CCS charging")
    .version(version())
    .showHelpAfterError("(ccs-hil --help shows what there is)")
    .exitOverride();
  const known = commands.filter(({ name }) => name === wanted);
  for (const { load } of known.length > 0 ? known : commands) root.addCommand(inherit(load()));
  return root;
}

/** Errors of a subcommand end as ours do. */
function inherit(command: Command): Command {
  command.exitOverride().showHelpAfterError(`(ccs-hil ${command.name()} --help shows what there is)`);
  for (const child of command.commands) inherit(child);
  return command;
}

async function main(argv: string[]): Promise<number> {
  try {
    await program(argv[2]).parseAsync(argv);
    return typeof process.exitCode === "number" ? process.exitCode : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
    if (error instanceof CommandError) {
      process.stderr.write(`ccs-hil: ${error.message}\n`);
      return error.exitCode;
    }
    process.stderr.write(
      `ccs-hil: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return exitCodes.internal;
  }
}

// A reader that closes the pipe early is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});
// Nor is one of the log: what has a car at its cable goes on without.
process.stderr.on("error", () => undefined);

void main(process.argv).then((code) => {
  process.exitCode = code;
});
