import type { Node, TraceEvent } from "../core/trace";
import { EnvironmentError } from "../drivers/linux/environment";
import type { PlantLinkOptions } from "../drivers/plant";
import { CommandError } from "./errors";
import { type Level, Log, type Logger, logsWritten } from "./log";
import { readSettings, type Settings } from "./settings";

/** What station and car share as processes: settings, log, where the pilot is, and how they end. */

const levelOf: Readonly<Record<string, Level>> = {
  DEBUG: "debug",
  INFO: "info",
  WARNING: "warn",
  WARN: "warn",
  ERROR: "error",
  CRITICAL: "error",
};

/**
 * Settings of the files and the environment, and the log that they ask for.
 * @param strict the files are of our own: an unknown name in them is a fault
 * @param quiet the screen is for something else: unless more is asked for, only what went wrong is logged there
 * @throws CommandError
 */
export function equip(
  files: readonly (string | undefined)[],
  logger: Logger,
  strict = false,
  quiet = false,
): { settings: Settings; log: Log } {
  const given = files.filter((file) => file !== undefined);
  const { settings, ignored } = readSettings(given, process.env, strict);
  const { EVSE_LOG_FORMAT: format = "text", EVSE_LOG_FILE: file, EVSE_LOG_MAX_BYTES, EVSE_LOG_BACKUPS } = settings;
  const usual = quiet && file === undefined ? "WARN" : "INFO";
  const level = levelOf[settings.EVSE_LOG_LEVEL ?? settings.LOG_LEVEL ?? usual] ?? "info";
  const log = new Log({
    ...{ level, format },
    ...(file !== undefined && { file }),
    ...(EVSE_LOG_MAX_BYTES !== undefined && { maxBytes: EVSE_LOG_MAX_BYTES }),
    ...(EVSE_LOG_BACKUPS !== undefined && { backups: EVSE_LOG_BACKUPS }),
  });
  for (const { name, because } of ignored) log.write("warn", logger, `Setting ${name} is not used here`, { because });
  return { settings, log };
}

export const ifaceOf = (given: string | undefined, settings: Settings): string =>
  given ?? settings.IFACE ?? settings.NETWORK_INTERFACE ?? "eth0";

/**
 * Starts a peer. What a machine lacks is told in one line and ends the process with its exit code, whatever was opened before: a plant's
 * socket or a link's child would keep it alive.
 */
export async function started(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    const told = error instanceof EnvironmentError ? new CommandError("environment", error.message) : error;
    if (!(told instanceof CommandError)) throw error;
    await new Promise((resolve) => process.stderr.write(`ccs-hil: ${told.message}\n`, resolve));
    await leave(told.exitCode);
  }
}

/** Ends the process when its log has been written. */
export async function leave(status: number): Promise<never> {
  await logsWritten();
  process.exit(status);
}

export interface PilotOptions {
  readonly pilot?: "plant" | "sim";
  readonly plant?: string;
  readonly controller?: "sim" | "hal";
}

/**
 * Where pilot and power path are: the socket of a plant, or simulated in this process.
 * @param side the plant's socket for this peer
 * @throws CommandError when nothing was said, or two things
 */
export function pilotChoice(options: PilotOptions, settings: Settings, side: "evse" | "ev"): { plant: string } | "sim" {
  const { plant } = options;
  const controller = options.controller ?? (plant === undefined ? settings.EVSE_CONTROLLER : undefined);
  const pilot = options.pilot ?? (plant !== undefined ? "plant" : controller === "sim" ? "sim" : undefined);
  const simulated = pilot === "sim" || options.controller === "sim";
  if (simulated && (plant !== undefined || pilot === "plant"))
    throw new CommandError("usage", "a plant and a simulated pilot exclude each other");
  if (simulated) return "sim";
  if (plant !== undefined) return { plant };
  const hal = controller === "hal" ? " (a pilot helper on a serial line is not wired to this command yet)" : "";
  throw new CommandError(
    "usage",
    `there is no pilot: --plant SOCKET reaches a running plant (ccs-hil plant --dir FOLDER makes FOLDER/${side}), --pilot sim simulates one${hal}`,
  );
}

/** Lines about the plant, where something went wrong with it. */
export const plantLog =
  (log: Log): NonNullable<PlantLinkOptions["log"]> =>
  (text, fields) =>
    log.write("warn", "plant", text, fields);

/** Trace events of one node as log lines, at the level a field engineer would choose. */
export function narrate(event: TraceEvent, node: Node, log: Log, settings: Settings): void {
  if (event.node !== node) return;
  const main: Logger = node === "evcc" ? "evcc" : "evse.main";
  if (event.type === "log") return log.write(event.level, main, event.text, event.fields);
  if (event.type === "v2g") {
    const level: Level = event.error !== undefined ? "warn" : settings.MESSAGE_LOG_JSON ? "info" : "debug";
    const shown = settings.MESSAGE_LOG_EXI ? { hex: event.hex } : {};
    return log.write(level, event.name.startsWith("PreCharge") ? "precharge" : "hlc", `${event.dir} ${event.name}`, {
      ...event.fields,
      ...shown,
      ...(event.error && { error: event.error }),
    });
  }
  if (event.type === "state")
    return log.write(
      "debug",
      event.machine === "station" ? "orchestrator" : "hlc",
      `${event.machine}: ${event.from} → ${event.to}`,
      { because: event.because },
    );
  if (event.type === "connection")
    return log.write("info", "hlc", `Connection ${event.op}`, { by: event.by, peer: event.peer.address });
}

export interface Ending {
  readonly begin: (signal: NodeJS.Signals) => void;
  /** No current, open and let go. */
  readonly safe: () => boolean;
  readonly finish: () => void;
}

/** Upon SIGINT or SIGTERM: winds down within 5 s, then exits with status 0; a second signal does not wait. */
export function endBySignal({ begin, safe, finish }: Ending): void {
  const patience = 4_500;
  let asked = 0;
  let finished = false;
  const exit = (): void => {
    if (finished) return;
    finished = true;
    finish();
    void leave(0);
  };
  const stop = (signal: NodeJS.Signals): void => {
    const deadline = Date.now() + patience;
    if (++asked > 1) return exit();
    begin(signal);
    setInterval(() => {
      if (safe() || Date.now() > deadline) exit();
    }, 20);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}
