import type { Deviation } from "../../core/deviation";
import type { HttpFault } from "../api/handler";
import type { SeccConfig } from "../config";
import type { StationMachine } from "../node";
import { api } from "./api";
import { charging } from "./charging";
import { connections } from "./connections";
import { content } from "./content";
import { framing } from "./framing";
import { handshake } from "./handshake";
import { helper } from "./helper";
import { pauses } from "./pause";
import { power } from "./power";
import { robustness } from "./robustness";
import { safety } from "./safety";
import { sequence } from "./sequence";
import { sessionIds } from "./session-id";
import { setUp } from "./set-up";
import { slac } from "./slac";
import { slacInput } from "./slac-input";
import { slacLink } from "./slac-link";
import { slacModem } from "./slac-modem";
import { slacValidation } from "./slac-validation";
import { timeouts } from "./timeouts";
import { type StationVariant, stationVariants } from "./variants";

export interface StationDeviation extends Deviation<StationMachine, SeccConfig> {
  /** A fault above the machine: what its HTTP interface makes of a request. */
  readonly http?: HttpFault;
}

/** Faulty stations, each wrong in one way. */
export const stationDeviations: readonly StationDeviation[] = [
  ...api,
  ...charging,
  ...connections,
  ...content,
  ...framing,
  ...handshake,
  ...helper,
  ...pauses,
  ...power,
  ...robustness,
  ...safety,
  ...sequence,
  ...sessionIds,
  ...slac,
  ...slacInput,
  ...slacLink,
  ...slacModem,
  ...slacValidation,
  ...setUp,
  ...timeouts,
];

/** Also those that are right in another way. */
export const stationDeviation = (name: string): StationDeviation | StationVariant | undefined =>
  [...stationDeviations, ...stationVariants].find((deviation) => deviation.name === name);

export { type StationVariant, stationVariants };
