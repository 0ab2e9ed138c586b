import type { PilotDrive, PilotLoad, PilotState } from "../../../core/pilot";
import type { PilotConfig } from "./config";

/** All that decides what stands on the pilot wire. */
export interface PilotCircuit {
  readonly drive: PilotDrive;
  readonly load: PilotLoad;
  readonly plugged: boolean;
  /** The loop through the car is open: CP contact or protective earth lost. */
  readonly broken: boolean;
  readonly diodeShort: boolean;
  /** CP and PE connected. */
  readonly shorted: boolean;
  /** Volts added by a disturbance. */
  readonly noise: number;
  /** A foreign voltage that overrides the generator. */
  readonly forced?: number;
}

/** Plateaus in volts; a wire that does not oscillate has both alike. */
export interface Plateaus {
  readonly high: number;
  readonly low: number;
}

/** Voltage of the wire while the generator stands at `source` volts (IEC 61851-1, figure A.1). */
export function wireVolts(source: number, circuit: PilotCircuit, config: PilotConfig): number {
  if (circuit.shorted) return 0;
  if (!circuit.plugged || circuit.broken) return source;
  const drop = circuit.diodeShort ? 0 : config.diodeVolts;
  if (source <= drop && !circuit.diodeShort) return source;
  const current = (source - drop) / (config.generatorOhms + config.loadOhms[circuit.load]);
  return source - current * config.generatorOhms;
}

/** Duty cycle of a wire that oscillates; 0 % and 100 % are steady. */
export function oscillation(drive: PilotDrive): number | undefined {
  if (drive.out !== "x2") return undefined;
  return drive.dutyPercent > 0 && drive.dutyPercent < 100 ? drive.dutyPercent : undefined;
}

export function plateaus(circuit: PilotCircuit, config: PilotConfig): Plateaus {
  if (circuit.forced !== undefined) return { high: circuit.forced, low: circuit.forced };
  const [top, bottom] = sources(circuit.drive, config.generatorVolts);
  const disturbance = circuit.shorted ? 0 : circuit.noise;
  return {
    high: wireVolts(top, circuit, config) + disturbance,
    low: wireVolts(bottom, circuit, config) + disturbance,
  };
}

function sources(drive: PilotDrive, volts: number): readonly [number, number] {
  if (drive.out === "e") return [0, 0];
  if (drive.out === "f") return [-volts, -volts];
  if (drive.out === "x1" || drive.dutyPercent >= 100) return [volts, volts];
  return drive.dutyPercent <= 0 ? [-volts, -volts] : [volts, -volts];
}

/** Positive plateau of each state, ± 1 V (IEC 61851-1, table A.4; E is 0 V, F is −12 V). */
const bands: readonly (readonly [PilotState, number, number])[] = [
  ["A", 11, 15],
  ["B", 8, 10],
  ["C", 5, 7],
  ["D", 2, 4],
  ["E", -1, 1],
  ["F", -15, -11],
];

/** State of a positive plateau. Between bands the last state holds; what no generator can cause is F (never a state with power). */
export function classify(high: number, last: PilotState): PilotState {
  if (!(Math.abs(high) <= 15)) return "F";
  for (const [state, from, to] of bands) if (high >= from && high <= to) return state;
  return last;
}
