import type { Millis } from "../core/clock";
import type { supportedAppProtocolReq } from "../protocol/app-protocol";
import type { SlacOptions } from "./slac";

export type AppProtocol = supportedAppProtocolReq["AppProtocol"][number];

/** A car as its makers describe it. Volts, amperes, watts, watt-hours, percent. */
export interface EvccConfig {
  /** Upper-case hex of the EVCC's MAC address. */
  readonly EVCCID: string;
  /** `slac`: the car matches by SLAC. `none`: the link is there as it is. */
  readonly link: "slac" | "none";
  /** What differs from a certification profile's matching. */
  readonly slac?: Omit<SlacOptions, "mac">;
  readonly protocols: readonly AppProtocol[];
  /** `require`: the car connects to no station without TLS. It has none itself yet, so `accept` is as `never`. */
  readonly tls: "never" | "accept" | "require";
  readonly RequestedEnergyTransferMode: "DC_core" | "DC_extended" | "DC_combo_core" | "DC_unique";
  readonly maximumVoltage: number;
  readonly maximumCurrent: number;
  readonly maximumPower: number;
  readonly energyCapacity: number;
  /** Current asked for in the charging loop. */
  readonly targetCurrent: number;
  /** Largest difference of voltage at which the contactor is closed (S15). */
  readonly contactorTolerance: number;
  /** What ends the session: a state of charge, a number of CurrentDemand messages, or whichever comes first. */
  readonly stopAt: { readonly soc?: number; readonly loops?: number };
  /** It pauses its first session after charging, and wakes the station after so long; undefined: it waits to be woken. */
  readonly pause?: { readonly wakesAfter?: Millis };
  /** Time from a response to the next request, and between polls. */
  readonly pace: {
    readonly next: Millis;
    readonly cableCheck: Millis;
    readonly preCharge: Millis;
    readonly loop: Millis;
    readonly ongoing: Millis;
  };
}

export const iso15118_2: AppProtocol = {
  ProtocolNamespace: "urn:iso:15118:2:2013:MsgDef",
  VersionNumberMajor: 2,
  VersionNumberMinor: 0,
  SchemaID: 1,
  Priority: 1,
};

/** A 400 V car that charges in good order. */
export const defaultConfig: EvccConfig = {
  EVCCID: "020000EE0001",
  link: "slac",
  protocols: [iso15118_2],
  tls: "never",
  RequestedEnergyTransferMode: "DC_extended",
  maximumVoltage: 450,
  maximumCurrent: 200,
  maximumPower: 80_000,
  energyCapacity: 60_000,
  targetCurrent: 120,
  contactorTolerance: 20,
  stopAt: { loops: 30 },
  pace: { next: 20, cableCheck: 250, preCharge: 100, loop: 100, ongoing: 250 },
};
