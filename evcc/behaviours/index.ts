import type { EvccConfig } from "../config";

/** A named car: what distinguishes it from the default car, and the battery that it needs in a simulated plant. */
export interface Behaviour {
  readonly gist: string;
  readonly car: Partial<EvccConfig>;
  readonly battery?: { readonly cellsInSeries?: number; readonly wattHours?: number; readonly soc?: number };
}

/** Charges as drivers do, to 80 %. */
const stopAt = { soc: 80 } as const;

export const behaviours = {
  good: { gist: "a 400 V car that charges in good order", car: { stopAt } },
  "800-volt": {
    gist: "a car with twice the voltage and half the current",
    car: {
      stopAt,
      maximumVoltage: 900,
      maximumCurrent: 150,
      maximumPower: 90_000,
      energyCapacity: 90_000,
      targetCurrent: 100,
    },
    battery: { cellsInSeries: 192, wattHours: 90_000 },
  },
  "small-battery": {
    gist: "a battery of 1 kWh that is full in minutes",
    car: { stopAt: { soc: 95 }, maximumCurrent: 60, maximumPower: 25_000, energyCapacity: 1_000, targetCurrent: 50 },
    battery: { wattHours: 1_000, soc: 60 },
  },
  impatient: {
    gist: "asks again as soon as it has its answer",
    car: { stopAt, pace: { next: 0, cableCheck: 20, preCharge: 20, loop: 10, ongoing: 20 } },
  },
  slow: {
    gist: "takes a second before each request",
    car: { stopAt, pace: { next: 1000, cableCheck: 1000, preCharge: 1000, loop: 1000, ongoing: 1000 } },
  },
} as const satisfies Readonly<Record<string, Behaviour>>;

export type BehaviourName = keyof typeof behaviours;
