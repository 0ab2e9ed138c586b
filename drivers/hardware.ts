import type { Clock } from "../core/clock";
import type { Entropy } from "../core/entropy";
import type { EvsePilot } from "../core/pilot";
import type { PowerPath } from "../core/power";
import type { SerialLine } from "../core/serial-line";
import type { Trace } from "../core/trace";
import type { HelperByHand } from "./serial/by-hand";

/** Pilot and power path of a station, whatever is behind them. */
export interface StationHardware {
  readonly pilot: EvsePilot;
  readonly power: PowerPath;
  /** The pilot's helper, where there is one, for who has to ask it by hand. */
  readonly helper?: HelperByHand;
  /** True when nothing behind it is heard: there is nothing left that could be switched off. */
  gone(): boolean;
  /** Lets go of it. What it held goes off and open by itself. */
  close(): void;
}

export interface HardwareOptions {
  readonly clock: Clock;
  /** Where the station's own events are; simulated parts follow them. */
  readonly trace: Trace;
  readonly entropy: Entropy;
  /** Device of a helper's serial line (ESP_CP_PORT). */
  readonly port: string;
  /** Unix socket of a plant that stands for what the adapter itself does not reach. */
  readonly plant?: string;
  /** Makes of a helper's line one that errs on purpose. */
  readonly wrapLine?: (line: SerialLine, clock: Clock) => SerialLine;
  readonly log: (level: "debug" | "info" | "warn" | "error", text: string, fields?: object) => void;
}

/**
 * An adapter: opens the hardware and answers when its first readings are there. A module of your own exports one as `open`; both ports
 * have to pass `drivers/pilot.contract.ts` and `drivers/power-path.contract.ts`.
 * @throws EnvironmentError when the machine lacks something
 */
export type OpenHardware = (options: HardwareOptions) => Promise<StationHardware>;
