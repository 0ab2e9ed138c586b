import type { Deviation } from "../../core/deviation";
import type { EvccConfig } from "../config";
import type { CarMachine } from "../node";
import { charging } from "./charging";
import { content } from "./content";
import { discovery } from "./discovery";
import { matching } from "./matching";
import { matchingInput } from "./matching-input";
import { matchingModem } from "./matching-modem";
import { pauses } from "./pause";
import { responses } from "./responses";
import { timeouts } from "./timeouts";

export type CarDeviation = Deviation<CarMachine, EvccConfig>;

/** Faulty cars, each wrong in one way. */
export const carDeviations: readonly CarDeviation[] = [
  ...charging,
  ...content,
  ...discovery,
  ...matching,
  ...matchingInput,
  ...matchingModem,
  ...pauses,
  ...responses,
  ...timeouts,
];

export const carDeviation = (name: string): CarDeviation | undefined =>
  carDeviations.find((deviation) => deviation.name === name);
