import { Command, Option } from "commander";
import { Trace } from "../core/trace";
import { SystemClock } from "../drivers/linux/clock";
import { SystemEntropy } from "../drivers/linux/entropy";
import { PlantCar } from "../drivers/plant";
import { behaviours } from "../evcc/behaviours";
import type { EvccConfig } from "../evcc/config";
import { carDeviation } from "../evcc/deviations";
import type { CarPorts } from "../evcc/node";
import { configOption } from "./config-option";
import { chosenDeviation, deviationOption } from "./deviation";
import { Dialogue } from "./dialogue";
import { exitCodes } from "./errors";
import { behaviourOf, type EvccOptions, evccConfigOf, protocolList } from "./evcc-options";
import { type LinkLog, linkHelp, linkKinds, openLink } from "./link";
import type { Log } from "./log";
import { numberBetween } from "./options";
import { endBySignal, equip, ifaceOf, leave, narrate, pilotChoice, plantLog, started } from "./peer";
import type { Settings } from "./settings";
import { obligingStation, runningPlant } from "./simulated-plant";
import { serveStimuli } from "./stimuli";
import { Vehicle } from "./vehicle";
import { openNetwork, waitIfaceOption } from "./wait-iface";

/** `ccs-hil evcc`: the car as a process of its own, on a real interface. */
export const evccCommand = (): Command =>
  new Command("evcc")
    .description("run the car on a network interface")
    .option("--evcc-config <file>", ".env file with settings of the car: IFACE and the log's")
    .option("--iface <name>", "interface of the modem (default: IFACE, else eth0)")
    .addOption(waitIfaceOption())
    .addOption(new Option("--link <kind>", linkHelp).choices(linkKinds).default("slac"))
    .option("--protocols <list>", "what it speaks, in the order of its liking", protocolList, ["iso2"])
    .addOption(new Option("--behaviour <name>", described()).choices(Object.keys(behaviours)).default("good"))
    .addOption(
      new Option("--tls <policy>", "require: it connects to no station without TLS (it speaks none itself yet)")
        .choices(["never", "accept", "require"])
        .default("never"),
    )
    .option("--max-voltage <v>", "volts it takes at most", numberBetween(1, 1500))
    .option("--max-current <a>", "amperes it takes at most", numberBetween(0.1, 1000))
    .option("--target-current <a>", "amperes it asks for", numberBetween(0, 1000))
    .option("--loops <n>", "stop after so many CurrentDemand messages", numberBetween(1, 1e9, true))
    .option("--soc <percent>", "stop at this state of charge", numberBetween(0, 100))
    .option("--duration <s>", "stop so many seconds after the dialogue has begun", numberBetween(0.001, 1e6))
    .option("--once", "end after one session: status 0 and a line of JSON when it ended in order, 1 when not")
    .addOption(
      new Option("--pilot <kind>", "where pilot and inlet are: the plant's process, or simulated in this one").choices([
        "plant",
        "sim",
      ]),
    )
    .option("--plant <socket>", "Unix socket of the plant, its ev side")
    .option("--stimuli <socket>", "Unix socket that takes stop, reset as JSON lines")
    .addOption(configOption())
    .addOption(deviationOption())
    .action(run);

function described(): string {
  const rows = Object.entries(behaviours).map(([name, { gist }]) => `${name}: ${gist}`);
  return `what car it is (${rows.join("; ")})`;
}

type Where = ReturnType<typeof pilotChoice>;
type Base = Pick<CarPorts, "clock" | "trace" | "entropy">;

async function run(options: EvccOptions): Promise<void> {
  const { settings, log } = equip([options.evccConfig], "evcc", true);
  const where = pilotChoice(options, settings, "ev");
  const config = evccConfigOf(options);
  await started(() => drive(options, settings, config, where, log));
}

async function drive(options: EvccOptions, settings: Settings, config: EvccConfig, where: Where, log: Log) {
  const wrong = chosenDeviation(options.deviation, carDeviation);
  const iface = ifaceOf(options.iface, settings);
  const clock = new SystemClock();
  // The process keeps no trace: whoever wants one listens.
  const trace = new Trace(() => clock.now(), 0);
  const base: Base = { clock, trace, entropy: new SystemEntropy() };
  const told: LinkLog = (text, level = "warn") => log.write(level, "evcc", text, { iface });
  const network = await openNetwork(iface, clock, told, options.waitIface);
  const attach = () => openLink(options.link, iface, clock, told);
  const body = await bodyOf(where, base, options, log);
  trace.onEvent((event) => narrate(event, "evcc", log, settings));
  const ports = { ...base, network: wrong?.network?.(network) ?? network, pilot: body.pilot, inlet: body.inlet };
  const vehicle = new Vehicle(ports, { ...config, ...wrong?.config }, attach, wrong?.wrap);
  const dialogue = new Dialogue(vehicle, clock, options.duration);
  trace.onEvent((event) => dialogue.hear(event));
  endBySignal({
    begin: (signal) => {
      log.write("info", "evcc", "Shutting down", { signal });
      vehicle.stop();
    },
    safe: () => body.gone() || (!dialogue.open && !body.inlet.read().contactor),
    finish: () => vehicle.letGo(),
  });
  await vehicle.start();
  log.write("info", "evcc", "Waiting for a plug", { address: network.address, iface, behaviour: options.behaviour });
  if (options.stimuli !== undefined) {
    await serveStimuli(
      options.stimuli,
      ["stop", "reset"],
      (what) => void (what === "stop" ? vehicle.stop() : vehicle.reset()),
    );
  }
  const { ended, ...summary } = await dialogue.over(options.once === true);
  vehicle.letGo();
  if (options.once) process.stdout.write(`${JSON.stringify({ ended, ...summary })}\n`);
  if (ended === "NoTls") process.stderr.write(`ccs-hil: refused by --tls require: ${summary.because}\n`);
  await leave(ended === "InOrder" ? 0 : exitCodes.failed);
}

/** Pilot and inlet of the car: in a plant of its own, or simulated with a station that does what it should. */
async function bodyOf(where: Where, { clock, trace, entropy }: Base, options: EvccOptions, log: Log) {
  if (where !== "sim") {
    const { pilot, inlet, link } = await PlantCar.open({ path: where.plant, clock, log: plantLog(log) });
    return { pilot, inlet, gone: () => !link.alive };
  }
  const { battery } = behaviourOf(options);
  const { plant } = runningPlant(clock, trace, entropy, battery && { battery });
  obligingStation(plant, trace, clock);
  return { pilot: plant.evPilot, inlet: plant.inlet, gone: () => false };
}
