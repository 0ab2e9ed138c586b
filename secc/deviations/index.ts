import type { Deviation } from "../../core/deviation";
import type { SeccConfig } from "../config";
import type { StationMachine } from "../node";
import { handshake } from "./handshake";
import { sequence } from "./sequence";
import { sessionIds } from "./session-id";
import { timeouts } from "./timeouts";

export type StationDeviation = Deviation<StationMachine, SeccConfig>;

/** Faulty stations, each wrong in one way. */
export const stationDeviations: readonly StationDeviation[] = [...handshake, ...sequence, ...sessionIds, ...timeouts];

export const stationDeviation = (name: string): StationDeviation | undefined =>
  stationDeviations.find((deviation) => deviation.name === name);
