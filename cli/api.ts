import { Command } from "commander";
import { Trace } from "../core/trace";
import { SystemClock } from "../drivers/linux/clock";
import { SystemEntropy } from "../drivers/linux/entropy";
import { accessOf, type Place, placeOf } from "./api-access";
import { serveApi, viewOf } from "./api-server";
import type { Level } from "./log";
import { numberBetween } from "./options";
import { endBySignal, equip, narrate, started } from "./peer";
import { realPilot } from "./real-pilot";
import { SimulatedCharger } from "./simulated-charger";

interface Options {
  readonly host: string;
  readonly port: number;
  readonly evseId?: string;
  readonly tokenFile?: string;
  readonly name?: string[];
  readonly config?: string;
}

/** `ccs-hil api`: a simulated station with a car at hand, its HTTP interface and live page. */
export const apiCommand = (): Command =>
  new Command("api")
    .description(
      "serve a simulated station, with a car at hand, over HTTP: live page at /, documentation at /docs; EVSE_HAL_ADAPTER and ESP_CP_PORT give it a real pilot",
    )
    .option("--host <address>", "address to listen on; beyond this machine a token is needed", "127.0.0.1")
    .option("--port <n>", "TCP port; 0 takes any free one, which is logged", numberBetween(0, 65_535, true), 8000)
    .option("--evse-id <id>", "EVSEID of the station")
    .option("--token-file <file>", "who may call: a line `TOKEN read|write [UNTIL]` each; or one in EVSE_API_TOKEN")
    .option("--name <host...>", "names under which it may be called, besides addresses")
    .option("--config <file>", ".env file with settings of the log")
    .action(run);

async function run(options: Options): Promise<void> {
  const { settings, log } = equip([options.config], "api", true);
  const place: Place = placeOf(options.host, options.port);
  const access = accessOf(place, options, process.env);
  const clock = new SystemClock();
  const trace = new Trace(() => clock.now(), 0);
  const evseId = options.evseId ?? settings.EVSE_ID;
  await started(async () => {
    const told = {
      clock,
      log: (level: Level, text: string, fields?: object) => log.write(level, "esp.cp", text, fields),
    };
    const real = await realPilot(settings, told);
    const station = evseId === undefined ? {} : { EVSEID: evseId };
    const charger = new SimulatedCharger({ clock, trace, entropy: new SystemEntropy() }, station, real);
    const { pilot, plant, power, config } = charger;
    trace.onEvent((event) => narrate(event, "secc", log, settings));
    const shown = { clock, trace, pilot, power, config, iface: null };
    const { close } = await serveApi(shown, viewOf(shown), charger, { place, access, log });
    endBySignal({
      begin: () => charger.station.stimulus("shutdown"),
      safe: () => {
        const { current, locked } = plant.sample();
        return charger.station.state.at !== "InSession" && Math.abs(current) < 1 && !locked;
      },
      finish: () => {
        close();
        charger.close();
      },
    });
  });
}
