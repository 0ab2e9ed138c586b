import { resolve } from "node:path";
import type { HardwareOptions, OpenHardware, StationHardware } from "../drivers/hardware";
import { EnvironmentError } from "../drivers/linux/environment";
import { PlantStation } from "../drivers/plant";
import { HelperByHand, HelperPower, SerialPilot } from "../drivers/serial";
import { CommandError } from "./errors";
import { type PilotOptions, pilotChoice } from "./peer";
import type { Settings } from "./settings";
import { obligingCar, runningPlant, shadowCar } from "./simulated-plant";

/** What a station's pilot and power path are reached by. */
export interface HardwareChoice {
  /** Name of an adapter, or the path of a module that exports one as `open`. */
  readonly adapter: string;
  readonly port: string;
  readonly plant?: string;
}

/**
 * By the options, else by EVSE_CONTROLLER, EVSE_HAL_ADAPTER and ESP_CP_PORT; a plant named as well stands for what the adapter does not
 * reach.
 * @throws CommandError when nothing was said, or two things
 */
export function hardwareChoice(options: PilotOptions, settings: Settings): HardwareChoice {
  const { plant, pilot, controller } = options;
  const { EVSE_CONTROLLER, EVSE_HAL_ADAPTER: adapter = "sim", ESP_CP_PORT: port = "/dev/serial0" } = settings;
  const untold = controller === undefined && pilot === undefined && plant === undefined;
  if (controller !== "hal" && !(untold && EVSE_CONTROLLER === "hal")) {
    const choice = pilotChoice(options, settings, "evse");
    return { adapter: "sim", port, ...(choice !== "sim" && choice) };
  }
  if (pilot !== undefined) throw new CommandError("usage", "--controller hal and --pilot exclude each other");
  return { adapter, port, ...(plant !== undefined && { plant }) };
}

/** Supply, monitor and lock where an adapter has none: those of a plant's process, or simulated in this one behind the real pilot. */
async function rest(options: HardwareOptions, pilot: SerialPilot) {
  const { clock, trace, entropy, plant: path, log } = options;
  if (path !== undefined) {
    const { power, link } = await PlantStation.open({ path, clock, log: (text, fields) => log("warn", text, fields) });
    return { power, gone: () => !link.alive, close: () => link.close(), mirrored: false };
  }
  log("warn", "Supply, insulation monitor and lock are simulated");
  const { plant, stop } = runningPlant(clock, trace, entropy);
  shadowCar(plant, pilot, trace);
  return { power: plant.powerPath, gone: () => false, close: stop, mirrored: true };
}

export type HelperOptions = Pick<HardwareOptions, "port" | "clock" | "log" | "wrapLine">;

/** @throws EnvironmentError when there is no such line, or no helper on it */
export async function helperPilot({ port, clock, log, wrapLine }: HelperOptions): Promise<SerialPilot> {
  const debug = (direction: "tx" | "rx", text: string): void => log("debug", `${direction} ${text}`);
  const pilot = await SerialPilot.open({ path: port, clock, debug, ...(wrapLine && { wrap: wrapLine }) });
  pilot.onFault((fault) => (fault ? log("warn", "Pilot unknown", { fault }) : log("info", "Pilot known again")));
  return pilot;
}

/** Opens the helper's pilot, and something else on top of it; neither stays open without the other. */
const withHelper =
  (behind: boolean): OpenHardware =>
  async (options) => {
    const pilot = await helperPilot(options);
    try {
      const others = await rest(options, pilot);
      const { clock, log } = options;
      const { mirrored } = others;
      const told = (text: string, fields: object): void => log("warn", text, fields);
      const power = behind
        ? new HelperPower({ link: pilot.link, clock, rest: others.power, mirrored, log: told })
        : others.power;
      const close = (): void => {
        pilot.close();
        others.close();
      };
      return { pilot, power, helper: new HelperByHand(pilot), gone: others.gone, close };
    } catch (error) {
      pilot.close();
      throw error;
    }
  };

const simulated: OpenHardware = async ({ clock, trace, entropy, plant: path, log }) => {
  if (path !== undefined) {
    const told = (text: string, fields: object): void => log("warn", text, fields);
    const { pilot, power, link } = await PlantStation.open({ path, clock, log: told });
    return { pilot, power, gone: () => !link.alive, close: () => link.close() };
  }
  const { plant, stop } = runningPlant(clock, trace, entropy);
  obligingCar(plant, trace, clock);
  return { pilot: plant.evsePilot, power: plant.powerPath, gone: () => false, close: stop };
};

/** Adapters by the names that EVSE_HAL_ADAPTER gives them. */
const adapters: Readonly<Record<string, OpenHardware>> = {
  sim: simulated,
  "esp-uart": withHelper(false),
  "esp-periph": withHelper(true),
};

/** @throws CommandError for a module that is none, EnvironmentError when the machine lacks something */
export async function openHardware(adapter: string, options: HardwareOptions): Promise<StationHardware> {
  const open = adapters[adapter] ?? foreignAdapter(adapter);
  return open(options);
}

function foreignAdapter(name: string): OpenHardware {
  const path = resolve(name);
  let module: { open?: unknown };
  try {
    module = require(path) as { open?: unknown };
  } catch (error) {
    if (error instanceof EnvironmentError) throw error;
    throw new CommandError("environment", `cannot load the adapter ${path}: ${firstLine(error)}`);
  }
  if (typeof module.open !== "function")
    throw new CommandError("environment", `the adapter ${path} does not export a function "open"`);
  return module.open as OpenHardware;
}

const firstLine = (error: unknown): string => String((error as Error).message ?? error).split("\n")[0] ?? "";
