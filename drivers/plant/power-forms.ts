import type { PilotState } from "../../core/pilot";
import type { InletReading, IsolationStatus, PowerReading } from "../../core/power";
import type { Happening, PowerSample } from "../../core/trace";
import { isObject, type Json } from "./protocol";

/** What is written of readings and samples, and read again. Readers answer undefined for what is none. */

const round = (value: number): number => Math.round(value * 1e4) / 1e4;

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isTruth = (value: unknown): value is boolean => typeof value === "boolean";
const isolations: readonly unknown[] = ["Invalid", "Valid", "Warning", "Fault", "No_IMD"] satisfies IsolationStatus[];
const isIsolation = (value: unknown): value is IsolationStatus => isolations.includes(value);

export const temperaturesForm = ([a, b]: PowerReading["temperatures"]): Json => ({
  gun_a: { c: round(a) },
  gun_b: { c: round(b) },
});

export const powerForm = (reading: PowerReading): Json => ({
  v: round(reading.voltage),
  i: round(reading.current),
  e: round(reading.energy),
  contactor: reading.contactor,
  supply: reading.supply,
  locked: reading.locked,
  isolation: reading.isolation,
  ...(reading.poles && { poles: reading.poles.map(round) }),
  temps: temperaturesForm(reading.temperatures),
});

function celsius(value: unknown): number | undefined {
  return isObject(value) && isNumber(value.c) ? value.c : undefined;
}

export function powerOf(form: Json): PowerReading | undefined {
  const { v, i, e, contactor, supply, locked, isolation, temps, poles } = form;
  const [a, b] = isObject(temps) ? [celsius(temps.gun_a), celsius(temps.gun_b)] : [];
  if (!isNumber(v) || !isNumber(i) || !isNumber(e) || a === undefined || b === undefined) return undefined;
  if (!isTruth(contactor) || !isTruth(supply) || !isTruth(locked) || !isIsolation(isolation)) return undefined;
  const reading = {
    voltage: v,
    current: i,
    energy: e,
    contactor,
    supply,
    locked,
    isolation,
    temperatures: [a, b],
  } as const;
  const [plus, minus] = Array.isArray(poles) ? (poles as unknown[]) : [];
  return isNumber(plus) && isNumber(minus) ? { ...reading, poles: [plus, minus] } : reading;
}

export const inletForm = (reading: InletReading): Json => ({
  v: round(reading.voltage),
  battery_v: round(reading.batteryVoltage),
  i: round(reading.current),
  soc: round(reading.soc),
  contactor: reading.contactor,
  locked: reading.locked,
});

export function inletOf({ v, battery_v, i, soc, contactor, locked }: Json): InletReading | undefined {
  if (!isNumber(v) || !isNumber(battery_v) || !isNumber(i) || !isNumber(soc)) return undefined;
  if (!isTruth(contactor) || !isTruth(locked)) return undefined;
  return { voltage: v, batteryVoltage: battery_v, current: i, soc, contactor, locked };
}

export const sampleForm = ({ evseContactor, evContactor, ...same }: PowerSample): Json => ({
  ...same,
  evse_contactor: evseContactor,
  ev_contactor: evContactor,
});

export function sampleOf(form: Json): PowerSample | undefined {
  const { outlet, inlet, battery, current, energy, soc, supply, locked, isolation } = form;
  const { evse_contactor: evseContactor, ev_contactor: evContactor } = form;
  if (!isNumber(outlet) || !isNumber(inlet) || !isNumber(battery) || !isNumber(current)) return undefined;
  if (!isNumber(energy) || !isNumber(soc) || !isTruth(evseContactor) || !isTruth(evContactor)) return undefined;
  if (!isTruth(supply) || !isTruth(locked) || !isIsolation(isolation)) return undefined;
  return { outlet, inlet, battery, current, evseContactor, evContactor, supply, locked, isolation, energy, soc };
}

export type PilotHappening = Extract<Happening, { type: "pilot" }>;

/** `duty` is left out of a wire that does not oscillate. */
export const pilotForm = ({ state, high, low, dutyPercent }: PilotHappening): Json => ({
  state,
  high,
  low,
  ...(dutyPercent !== undefined && { duty: dutyPercent }),
});

const states: readonly unknown[] = ["A", "B", "C", "D", "E", "F"] satisfies PilotState[];
export const isPilotState = (value: unknown): value is PilotState => states.includes(value);

export function pilotOf({ state, high, low, duty }: Json): PilotHappening | undefined {
  if (!isPilotState(state) || !isNumber(high) || !isNumber(low)) return undefined;
  return { type: "pilot", state, ...(isNumber(duty) && { dutyPercent: duty }), high, low };
}
