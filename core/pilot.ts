import type { Unsubscribe } from "./listeners";

/** IEC 61851-1 pilot states as the station sees them. */
export type PilotState = "A" | "B" | "C" | "D" | "E" | "F";

/** What the station puts on the pilot: steady +12 V, an oscillation of the given duty cycle, 0 V, or steady −12 V. */
export type PilotDrive = { out: "x1" } | { out: "x2"; dutyPercent: number } | { out: "e" } | { out: "f" };

/** Plateaus of the pilot in volts at the station, and the state they mean after the receiver's filter. */
export interface PilotReading {
  readonly state: PilotState;
  readonly high: number;
  readonly low: number;
}

/** Port: the station's end of the control pilot. */
export interface EvsePilot {
  drive(drive: PilotDrive): void;
  read(): PilotReading;
  /** Called after every change of `state`. */
  onChange(listener: (reading: PilotReading) => void): Unsubscribe;
}

/** What a car sees at its inlet. Without an oscillator there is no duty; unplugged, or with PE lost, there is no pilot. */
export interface DutyReading {
  readonly plugged: boolean;
  readonly dutyPercent?: number;
  /** Positive plateau in volts at the inlet. */
  readonly high: number;
}

/** Resistance a car shows: 2.74 kΩ (B), 882 Ω (C), 246 Ω (D), each behind its diode. */
export type PilotLoad = "B" | "C" | "D";

/** Port: the car's end of the control pilot. */
export interface EvPilot {
  present(load: PilotLoad): void;
  read(): DutyReading;
  onChange(listener: (reading: DutyReading) => void): Unsubscribe;
}
