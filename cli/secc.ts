import { Command, Option } from "commander";
import type { PowerReading } from "../core/power";
import { Trace, type TraceEvent } from "../core/trace";
import { SystemClock } from "../drivers/linux/clock";
import { SystemEntropy } from "../drivers/linux/entropy";
import { fieldOperator } from "../secc/api/field-operator";
import { watched } from "../secc/api/view";
import { stationDeviation } from "../secc/deviations";
import { apiChoice } from "./api-access";
import { serveApi, viewOf } from "./api-server";
import { Charger } from "./charger";
import { configOption } from "./config-option";
import { chosenDeviation, deviationOption } from "./deviation";
import { HlcLines } from "./hlc-lines";
import { type LinkLog, linkHelp, linkKinds, openLink } from "./link";
import type { Log } from "./log";
import { lossy } from "./lossy";
import { sendMetrics } from "./metrics";
import { numberBetween } from "./options";
import { endBySignal, equip, ifaceOf, narrate, started } from "./peer";
import { evseIdLength, type SeccOptions, seccConfigOf } from "./secc-options";
import type { Settings } from "./settings";
import { type HardwareChoice, hardwareChoice, openHardware } from "./station-hardware";
import { serveStimuli } from "./stimuli";
import { openNetwork, waitIfaceOption } from "./wait-iface";

/** `ccs-hil secc`: the station as a process of its own, on a real interface. */
export const seccCommand = (): Command =>
  new Command("secc")
    .description("run the station on a network interface")
    .option("--evse-id <id>", "EVSEID it announces")
    .option("--slac-config <file>", ".env file with settings of the link")
    .option("--secc-config <file>", ".env file with settings of the station")
    .option("--cert-store <folder>", "certificates (not needed yet: there is no TLS)", "pki")
    .option("--iface <name>", "interface of the modem (default: IFACE, else eth0)")
    .addOption(waitIfaceOption())
    .addOption(
      new Option(
        "--controller <kind>",
        "sim: simulated, as --pilot sim; hal: by the adapter EVSE_HAL_ADAPTER names (sim, esp-uart, esp-periph or a module), helper on ESP_CP_PORT",
      ).choices(["sim", "hal"]),
    )
    .addOption(new Option("--link <kind>", linkHelp).choices(linkKinds).default("slac"))
    .option("--port <n>", "TCP port; 0 takes any free one, which is logged", numberBetween(0, 65_535, true))
    .addOption(
      new Option(
        "--pilot <kind>",
        "where pilot and power path are: the plant's process, or simulated in this one",
      ).choices(["plant", "sim"]),
    )
    .option("--plant <socket>", "Unix socket of the plant, its evse side")
    .option("--stimuli <socket>", "Unix socket that takes authorise, deauthorise, stop, reset as JSON lines")
    .option("--api [place]", "serve page and HTTP interface at HOST:PORT (127.0.0.1:8000), never at the cable")
    .option(
      "--api-token-file <file>",
      "who may call it: a line `TOKEN read|write [UNTIL]` each; or one in EVSE_API_TOKEN",
    )
    .option("--api-name <host...>", "names under which it may be called, besides addresses")
    .addOption(configOption())
    .addOption(deviationOption())
    .action(run);

async function run(options: SeccOptions): Promise<void> {
  const { settings, log } = equip([options.slacConfig, options.seccConfig], "evse.main");
  const choice = hardwareChoice(options, settings);
  if (settings.V2G_MAX_EXI_BYTES === 0)
    log.write("warn", "evse.main", "V2G_MAX_EXI_BYTES=0 means the built-in ceiling of 1 MiB");
  // What is wrong with the call is told before anything is opened.
  const { EVSEID } = seccConfigOf(options, settings, "");
  if (EVSEID.length < evseIdLength.least)
    log.write("warn", "evse.main", `An EVSEID has ${evseIdLength.least} characters at least`, { EVSEID });
  await started(() => serve(options, settings, choice, log));
}

async function serve(options: SeccOptions, settings: Settings, choice: HardwareChoice, log: Log): Promise<void> {
  const wrong = chosenDeviation(options.deviation, stationDeviation);
  const iface = ifaceOf(options.iface, settings);
  apiChoice(options, iface);
  const clock = new SystemClock();
  // The process keeps no trace: whoever wants one listens.
  const trace = new Trace(() => clock.now(), 0);
  const entropy = new SystemEntropy();
  const told: LinkLog = (text, level = "warn") => log.write(level, "evse.main", text, { iface });
  const network = await openNetwork(iface, clock, told, options.waitIface);
  // Only now it is known what addresses the vehicle can reach.
  const api = apiChoice(options, iface);
  const { pilot, power, helper, gone } = await openHardware(choice.adapter, {
    ...{ clock, trace, entropy, port: choice.port, ...(choice.plant !== undefined && { plant: choice.plant }) },
    ...(wrong?.serial && { wrapLine: wrong.serial }),
    log: (level, text, fields) => log.write(level, choice.adapter === "sim" ? "plant" : "esp.cp", text, fields),
  });
  trace.onEvent((event) => tell(event, log, settings));
  const loss = lossOf(settings, choice, log);
  const config = { ...seccConfigOf(options, settings, network.address), ...wrong?.config };
  const ports = {
    clock,
    trace,
    entropy,
    network: wrong?.network?.(network) ?? (loss > 0 ? lossy(network, loss, entropy) : network),
    pilot: watched(pilot),
    power,
  };
  const shown = { ...ports, config, iface };
  const view = viewOf(shown);
  const hlc = new HlcLines(view, log, settings.EVSE_LOG_FORMAT === "json");
  trace.onEvent((event) => hlc.hear(event));
  const charger = new Charger(ports, config, () => openLink(options.link, iface, clock, told), wrong?.wrap);
  await charger.start();
  endBySignal({
    begin: (signal) => {
      log.write("info", "evse.main", "Shutting down", { signal });
      charger.stimulus("shutdown");
    },
    safe: () => !charger.inSession && (gone() || safe(power.read())),
    finish: () => charger.kill(),
  });
  log.write("info", "evse.main", "Listening", { address: network.address, port: charger.port, iface });
  if (api)
    await serveApi(shown, view, fieldOperator(charger, clock, trace, helper), { ...api, log, fault: wrong?.http });
  if (options.stimuli !== undefined) {
    await serveStimuli(
      options.stimuli,
      ["authorise", "deauthorise", "stop", "reset"],
      (what) => void (what === "reset" ? started(() => charger.reset()) : charger.stimulus(what)),
    );
  }
}

/** Share of answers to lose; only where nothing real hangs on them. */
function lossOf({ V2G_DROP_TX_PROB: loss = 0 }: Settings, { adapter }: HardwareChoice, log: Log): number {
  if (loss === 0) return 0;
  const text =
    adapter === "sim" ? "Answers are lost on purpose" : "V2G_DROP_TX_PROB is for simulation: nothing is lost";
  log.write("warn", "evse.main", text, { probability: loss });
  return adapter === "sim" ? loss : 0;
}

const safe = ({ current, contactor, locked }: PowerReading): boolean => Math.abs(current) < 1 && !contactor && !locked;

function tell(event: TraceEvent, log: Log, settings: Settings): void {
  const counters = event.type === "log" && event.node === "secc" && event.text === "metrics" ? event.fields : undefined;
  if (counters) metrics(counters, log, settings);
  else narrate(event, "secc", log, settings);
}

function metrics(counters: object, log: Log, settings: Settings): void {
  const line = JSON.stringify({ ...counters, tx_drop_prob: settings.V2G_DROP_TX_PROB ?? 0 });
  log.write("info", "evse.main", line);
  const to = settings.V2G_METRICS_UDP;
  if (!to) return;
  sendMetrics(`${line}\n`, to, (reason) => log.write("warn", "evse.main", "Metrics could not be sent", { reason }));
}
