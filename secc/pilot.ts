import type { PilotState } from "../core/pilot";
import type { SeccConfig } from "./config";

/** A car is there. */
export const plugged = (state: PilotState): boolean => state === "B" || state === "C" || state === "D";

/** The car calls for power, and may have it: one that needs ventilation only where there is some (CP09). */
export const calls = (state: PilotState, { ventilation }: SeccConfig): boolean =>
  state === "C" || (state === "D" && ventilation);
