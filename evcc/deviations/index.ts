import type { Deviation } from "../../core/deviation";
import type { EvccConfig } from "../config";
import type { CarMachine } from "../node";

export type CarDeviation = Deviation<CarMachine, EvccConfig>;

/** Faulty cars, each wrong in one way. */
export const carDeviations: readonly CarDeviation[] = [];

export const carDeviation = (name: string): CarDeviation | undefined =>
  carDeviations.find((deviation) => deviation.name === name);
