import type { PowerReading } from "../core/power";

/** A power path that nobody uses, for tests of what stands above it. */
export const powerOff: PowerReading = {
  voltage: 0,
  current: 0,
  energy: 0,
  contactor: false,
  supply: false,
  locked: false,
  isolation: "Invalid",
  temperatures: [25, 25],
};
