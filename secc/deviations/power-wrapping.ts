import type { PilotState } from "../../core/pilot";
import type { PowerReading } from "../../core/power";
import type { StationMachine } from "../node";
import type { PowerStage } from "../power";
import { all, deafTo, wrapped } from "./wrapping";

export type Wrap = (machine: StationMachine) => StationMachine;

/** Measures something else of its power path than there is. */
export const measures = (
  change: (reading: PowerReading, stage: PowerStage | undefined) => Partial<PowerReading>,
): Wrap =>
  all(
    wrapped.seen((seen, state) => ({ ...seen, power: { ...seen.power, ...change(seen.power, state?.power.stage) } })),
    wrapped.inputs((input, { power }) =>
      input.kind === "power"
        ? { ...input, reading: { ...input.reading, ...change(input.reading, power.stage) } }
        : input,
    ),
  );

/** Does not hear what its own protection says. */
export const withoutFault = (...faults: readonly string[]): Wrap =>
  wrapped.inputs((input) => {
    if (input.kind !== "power" || !input.fault || !faults.includes(input.fault)) return input;
    return { kind: "power", reading: input.reading };
  });

export const deafToPilot = (...states: readonly PilotState[]): Wrap =>
  deafTo((input, { at }) => input.kind === "pilot" && at === "InSession" && states.includes(input.reading.state));

/** Takes its lock for closed wherever that matters. */
export const believesTheLock = measures((_, stage) =>
  stage === undefined || stage === "Off" || stage === "AwaitUnlock" ? {} : { locked: true },
);
