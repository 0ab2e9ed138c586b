import { Listeners } from "../core/listeners";
import type { EvsePilot, PilotReading } from "../core/pilot";
import type { PowerPath } from "../core/power";
import { HelperByHand, HelperPower, type SerialPilot } from "../drivers/serial";
import type { Helper } from "../secc/api";
import { CommandError } from "./errors";
import type { Settings } from "./settings";
import { type HelperOptions, helperPilot } from "./station-hardware";

/** The pilot's helper in front of a simulation: the vehicle is there when the helper says so, all else is simulated. */
export interface RealPilot {
  readonly pilot: EvsePilot;
  readonly helper: Helper;
  /** The simulated power path, with what the helper has besides the pilot in its place. */
  power(simulated: PowerPath): PowerPath;
  close(): void;
}

/**
 * As EVSE_HAL_ADAPTER names it; undefined where the pilot is simulated too.
 * @throws CommandError for an adapter of one's own, EnvironmentError when there is no such line or helper
 */
export async function realPilot(
  { EVSE_CONTROLLER, EVSE_HAL_ADAPTER: adapter = "sim", ESP_CP_PORT: port = "/dev/serial0" }: Settings,
  options: Omit<HelperOptions, "port">,
): Promise<RealPilot | undefined> {
  if (EVSE_CONTROLLER === "sim" || adapter === "sim") return undefined;
  if (adapter !== "esp-uart" && adapter !== "esp-periph")
    throw new CommandError(
      "usage",
      `EVSE_HAL_ADAPTER=${adapter}: a simulation has a pilot of sim, esp-uart or esp-periph; ccs-hil secc takes a module`,
    );
  const pilot = await helperPilot({ ...options, port });
  options.log("warn", "Vehicle, supply and power line are simulated; the pilot is not", { port });
  return behind(pilot, adapter === "esp-periph", options);
}

function behind(pilot: SerialPilot, peripherals: boolean, { clock, log }: Omit<HelperOptions, "port">): RealPilot {
  const { link } = pilot;
  const told = (text: string, fields: object): void => log("warn", text, fields);
  return {
    pilot,
    helper: new HelperByHand(pilot),
    power: (rest) => (peripherals ? new HelperPower({ link, clock, rest, mirrored: true, log: told }) : rest),
    close: () => pilot.close(),
  };
}

/**
 * Whether a vehicle is there, and whether the line is sound, says the real pilot; what the simulated vehicle shows meanwhile is known of
 * itself alone, as the real one hears nothing of its dialogue. What is driven is put on both.
 */
export function blended(line: EvsePilot, simulated: EvsePilot): EvsePilot {
  const read = (): PilotReading => {
    const reading = line.read();
    return /[BCD]/.test(reading.state) ? { ...reading, state: simulated.read().state } : reading;
  };
  const listeners = new Listeners<[PilotReading]>();
  let told = read().state;
  const tell = (): void => {
    const reading = read();
    if (reading.state === told) return;
    told = reading.state;
    listeners.tell(reading);
  };
  line.onChange(tell);
  simulated.onChange(tell);
  return {
    drive: (drive) => {
      line.drive(drive);
      simulated.drive(drive);
    },
    read,
    onChange: (listener) => listeners.add(listener),
  };
}
