import type { Unsubscribe } from "./listeners";

/** Isolation as ISO 15118-2 names it (`EVSEIsolationStatus`). */
export type IsolationStatus = "Invalid" | "Valid" | "Warning" | "Fault" | "No_IMD";

/** What the station measures of its own power path. Volts and amperes at the outlet, energy since the last reset. */
export interface PowerReading {
  readonly voltage: number;
  readonly current: number;
  /** Watt-hours delivered, as the meter counts them. */
  readonly energy: number;
  readonly contactor: boolean;
  readonly supply: boolean;
  readonly locked: boolean;
  readonly isolation: IsolationStatus;
  /** Volts of DC+ and DC− against protective earth; left out where nothing measures them. */
  readonly poles?: readonly [plus: number, minus: number];
  /** Degrees Celsius of the two contacts of the connector. */
  readonly temperatures: readonly [number, number];
}

export type PowerFault =
  | "OverVoltage"
  | "OverCurrent"
  | "ShortCircuit"
  | "ContactorWelded"
  | "ContactorStuck"
  | "LockLost"
  | "OverTemperature";

/** Port: supply, contactor, isolation monitor, lock and meter of the station. Everything is off and open until told otherwise. */
export interface PowerPath {
  /** Voltage and current limits of the supply in volts and amperes; the output ramps towards them. */
  supply(target: { voltage: number; current: number } | "off"): void;
  contactor(closed: boolean): void;
  /** Starts or ends an isolation measurement; a start invalidates the last result. */
  measureIsolation(on: boolean): void;
  lock(locked: boolean): void;
  read(): PowerReading;
  /** Called when contactor, lock or isolation have changed, or a fault appears; not for volts and amperes. */
  onChange(listener: (reading: PowerReading, fault?: PowerFault) => void): Unsubscribe;
}

/** What the car measures at its inlet. */
export interface InletReading {
  /** Volts at the inlet, before the car's contactor. */
  readonly voltage: number;
  readonly batteryVoltage: number;
  /** Amperes into the battery. */
  readonly current: number;
  /** State of charge in percent, 0 to 100. */
  readonly soc: number;
  readonly contactor: boolean;
  readonly locked: boolean;
}

/** Port: the car's side of the power path. */
export interface Inlet {
  contactor(closed: boolean): void;
  read(): InletReading;
  onChange(listener: (reading: InletReading) => void): Unsubscribe;
}
