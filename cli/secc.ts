import { createSocket } from "node:dgram";
import { Command, Option } from "commander";
import { Trace, type TraceEvent } from "../core/trace";
import { SystemClock } from "../drivers/linux/clock";
import { SystemEntropy } from "../drivers/linux/entropy";
import { EnvironmentError } from "../drivers/linux/environment";
import { LinuxNetwork } from "../drivers/linux/network";
import { RawLink } from "../drivers/linux/raw-link";
import { StationNode } from "../secc/node";
import { CommandError } from "./errors";
import { type Level, Log } from "./log";
import { numberBetween } from "./options";
import { type SeccOptions, seccConfigOf } from "./secc-options";
import { readSettings, type Settings } from "./settings";
import { obligingCar, runningPlant } from "./simulated-plant";
import { serveStimuli } from "./stimuli";

/** `ccs-hil secc`: the station as a process of its own, on a real interface. */
export const seccCommand = (): Command =>
  new Command("secc")
    .description("run the station on a network interface")
    .option("--evse-id <id>", "EVSEID it announces")
    .option("--slac-config <file>", ".env file with settings of the link")
    .option("--secc-config <file>", ".env file with settings of the station")
    .option("--cert-store <folder>", "certificates (not needed yet: there is no TLS)", "pki")
    .option("--iface <name>", "interface of the modem (default: IFACE, else eth0)")
    .addOption(new Option("--controller <kind>", "sim means --pilot sim").choices(["sim", "hal"]))
    .addOption(
      new Option("--link <kind>", "match by SLAC, or take the link as it is").choices(["slac", "none"]).default("slac"),
    )
    .option("--port <n>", "TCP port; 0 takes any free one, which is logged", numberBetween(0, 65_535, true))
    .addOption(
      new Option(
        "--pilot <kind>",
        "where pilot and power path are: the plant's process, or simulated in this one",
      ).choices(["plant", "sim"]),
    )
    .option("--plant <socket>", "Unix socket of the plant, its evse side")
    .option("--stimuli <socket>", "Unix socket that takes authorise, deauthorise, stop as JSON lines")
    .action(run);

async function run(options: SeccOptions): Promise<void> {
  const files = [options.slacConfig, options.seccConfig].filter((file) => file !== undefined);
  const { settings, ignored } = readSettings(files, process.env);
  const log = logOf(settings);
  for (const name of ignored) log.write("warn", "evse.main", "Setting is not used here", { name });
  if (settings.V2G_MAX_EXI_BYTES === 0)
    log.write("warn", "evse.main", "V2G_MAX_EXI_BYTES=0 means the built-in ceiling of 1 MiB");
  try {
    await serve(options, settings, log);
  } catch (error) {
    if (error instanceof EnvironmentError) throw new CommandError("environment", error.message);
    throw error;
  }
}

function logOf(settings: Settings): Log {
  const named: Record<string, Level> = {
    DEBUG: "debug",
    INFO: "info",
    WARNING: "warn",
    WARN: "warn",
    ERROR: "error",
    CRITICAL: "error",
  };
  const level = named[settings.EVSE_LOG_LEVEL ?? settings.LOG_LEVEL ?? "INFO"] ?? "info";
  const { EVSE_LOG_FORMAT: format = "text", EVSE_LOG_FILE: file } = settings;
  return new Log({ level, format, ...(file !== undefined && { file }) });
}

async function serve(options: SeccOptions, settings: Settings, log: Log): Promise<void> {
  const iface = options.iface ?? settings.IFACE ?? settings.NETWORK_INTERFACE ?? "eth0";
  const clock = new SystemClock();
  // The process keeps no trace: whoever wants one listens.
  const trace = new Trace(() => clock.now(), 0);
  const entropy = new SystemEntropy();
  const told = (text: string): void => log.write("warn", "evse.main", text, { iface });
  const network = await LinuxNetwork.open({ interface: iface, clock, log: told });
  const link = options.link === "slac" ? await RawLink.open({ interface: iface, clock, log: told }) : undefined;
  const { plant } = runningPlant(clock, trace, entropy);
  trace.onEvent((event) => narrate(event, log, settings));
  const config = seccConfigOf(options, settings, network.address);
  const ports = { clock, trace, entropy, network, pilot: plant.evsePilot, power: plant.powerPath };
  const node = new StationNode({ ...ports, ...(link && { link }) }, config);
  obligingCar(plant, trace, clock);
  log.write("info", "evse.main", "Listening", { address: network.address, port: node.port, iface });
  if (options.stimuli !== undefined) {
    await serveStimuli(options.stimuli, ["authorise", "deauthorise", "stop"], (what) => node.stimulus(what));
  }
  await ended(node, () => plant.sample(), log);
}

/** Until SIGINT or SIGTERM; then the current is ramped down and the connector let go, within 5 s; a second signal does not wait. */
function ended(
  node: StationNode,
  sample: () => { current: number; evseContactor: boolean; locked: boolean },
  log: Log,
): Promise<void> {
  const patience = 4_500;
  return new Promise((resolve) => {
    let asked = 0;
    const stop = (signal: NodeJS.Signals): void => {
      const deadline = Date.now() + patience;
      if (++asked > 1) return finish();
      log.write("info", "evse.main", "Shutting down", { signal });
      node.stimulus("shutdown");
      const look = setInterval(() => {
        const { current, evseContactor, locked } = sample();
        const safe = Math.abs(current) < 1 && !evseContactor && !locked;
        if (safe || Date.now() > deadline) {
          clearInterval(look);
          finish();
        }
      }, 20);
    };
    const finish = (): void => {
      node.kill();
      resolve();
      process.exit(0);
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  });
}

/** Trace events as log lines, at the level a field engineer would choose. */
function narrate(event: TraceEvent, log: Log, settings: Settings): void {
  if (event.node !== "secc") return;
  if (event.type === "log" && event.text === "metrics") return metrics(event.fields ?? {}, log, settings);
  if (event.type === "log") return log.write(event.level, "evse.main", event.text, event.fields);
  if (event.type === "v2g") {
    const level: Level = event.error !== undefined ? "warn" : settings.MESSAGE_LOG_JSON ? "info" : "debug";
    const shown = settings.MESSAGE_LOG_EXI ? { hex: event.hex } : {};
    return log.write(level, "hlc", `${event.dir} ${event.name}`, {
      ...event.fields,
      ...shown,
      ...(event.error && { error: event.error }),
    });
  }
  if (event.type === "state")
    return log.write("debug", "hlc", `${event.machine}: ${event.from} → ${event.to}`, { because: event.because });
  if (event.type === "connection")
    return log.write("info", "hlc", `Connection ${event.op}`, { by: event.by, peer: event.peer.address });
}

function metrics(counters: object, log: Log, settings: Settings): void {
  const line = JSON.stringify({ ...counters, tx_drop_prob: settings.V2G_DROP_TX_PROB ?? 0 });
  log.write("info", "evse.main", line);
  const to = settings.V2G_METRICS_UDP;
  if (!to) return;
  const socket = createSocket(to.host.includes(":") ? "udp6" : "udp4");
  socket.on("error", (error) => log.write("warn", "evse.main", "Metrics could not be sent", { reason: error.message }));
  socket.send(`${line}\n`, to.port, to.host, () => socket.close());
}
