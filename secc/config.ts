import type { Millis } from "../core/clock";
import type { SlacOptions } from "./slac";

/** A protocol the station speaks, as it stands in supportedAppProtocolReq. */
export interface SupportedProtocol {
  readonly ProtocolNamespace: string;
  readonly VersionNumberMajor: number;
  readonly VersionNumberMinor: number;
}

/** What the supply can do: volts, amperes, watts. */
export interface SupplyLimits {
  readonly maximumVoltage: number;
  readonly minimumVoltage: number;
  readonly maximumCurrent: number;
  readonly minimumCurrent: number;
  readonly maximumPower: number;
}

/** How often a byte-identical request is answered from memory (V2G_DUPLICATE_RESEND_*). */
export interface DuplicateResend {
  readonly enabled: boolean;
  readonly window: Millis;
  readonly max: number;
}

export interface SeccConfig {
  readonly EVSEID: string;
  readonly MeterID: string;
  /** IPv6 address and port announced by SDP. */
  readonly address: string;
  readonly port: number;
  /** `slac`: cars are matched by SLAC. `none`: the link is there as it is. */
  readonly link: "slac" | "none";
  /** What differs from a certification profile's matching. */
  readonly slac?: Omit<SlacOptions, "mac">;
  /**
   * A car that is not matched after so long gets a hint, 5 % off and on again, without an end (SLAC_WAIT_TIMEOUT_S). Undefined: the
   * steps of the pilot that ISO 15118-3 names.
   */
  readonly slacWait?: Millis;
  /** A vehicle that pauses is woken by the station after so long. Undefined: it is waited for. */
  readonly wakesAfter?: Millis;
  readonly protocols: readonly SupportedProtocol[];
  readonly limits: SupplyLimits;
  readonly energyTransferModes: readonly ("DC_core" | "DC_extended" | "DC_combo_core" | "DC_unique")[];
  /** Cars that need ventilation (pilot state D) are charged. */
  readonly ventilation: boolean;
  /** `free`: whoever comes is authorised. `external`: wait for the stimulus `authorise`. */
  readonly authorisation: "free" | "external";
  /** V2G_SEQUENCE_TIMEOUT_S; the standard says 60 s. */
  readonly sequenceTimeout: Millis;
  /** Undecodable payloads a session survives (V2G_MAX_DECODE_ERRORS). */
  readonly maxDecodeErrors: number;
  /** Largest EXI payload in bytes (V2G_MAX_EXI_BYTES). */
  readonly maxExiBytes: number;
  /** Largest decoded message, in characters as JSON (V2G_MAX_EXI_JSON_BYTES); a larger one counts as undecodable. */
  readonly maxDecodedBytes?: number;
  readonly duplicateResend: DuplicateResend;
  /** True: a payload that breaks a length bound counts as undecodable. */
  readonly strictBounds: boolean;
}

export const iso15118_2Protocol: SupportedProtocol = {
  ProtocolNamespace: "urn:iso:15118:2:2013:MsgDef",
  VersionNumberMajor: 2,
  VersionNumberMinor: 0,
};

/** A station as a certification profile wants it: nothing tolerated, nothing resent. */
export const defaultConfig: SeccConfig = {
  EVSEID: "DE*CCS*E0001*1",
  MeterID: "CCS-HIL-METER-1",
  address: "fe80::5ecc",
  port: 61341,
  link: "slac",
  protocols: [iso15118_2Protocol],
  limits: { maximumVoltage: 1000, minimumVoltage: 150, maximumCurrent: 200, minimumCurrent: 1, maximumPower: 100_000 },
  energyTransferModes: ["DC_extended", "DC_core"],
  ventilation: true,
  authorisation: "free",
  sequenceTimeout: 60_000,
  maxDecodeErrors: 0,
  maxExiBytes: 262_144,
  duplicateResend: { enabled: false, window: 2_000, max: 3 },
  strictBounds: false,
};
