import { type DuplicateResend, defaultConfig, type SeccConfig } from "../secc/config";
import type { Settings } from "./settings";

/** What the station's command takes, by commander's names. */
export interface SeccOptions {
  readonly evseId?: string;
  readonly slacConfig?: string;
  readonly seccConfig?: string;
  readonly certStore: string;
  readonly iface?: string;
  readonly controller?: "sim" | "hal";
  readonly link: "slac" | "none";
  readonly port?: number;
  readonly pilot?: "plant" | "sim";
  readonly plant?: string;
  readonly stimuli?: string;
  readonly api?: string | true;
  readonly apiTokenFile?: string;
  readonly apiName?: readonly string[];
  readonly deviation?: string;
}

/** Ceiling of a payload when its variable says 0: no limit at all is never meant. */
export const builtInCeiling = 1_048_576;

/** Configuration of a field station: options over settings over defaults; robustness as the predecessor had it. */
export function seccConfigOf(options: SeccOptions, settings: Settings, address: string): SeccConfig {
  const duplicateResend: DuplicateResend = {
    enabled: settings.V2G_DUPLICATE_RESEND_ENABLED ?? true,
    window: (settings.V2G_DUPLICATE_RESEND_WINDOW_S ?? 2) * 1000,
    max: settings.V2G_DUPLICATE_RESEND_MAX ?? 3,
  };
  return {
    ...defaultConfig,
    EVSEID: options.evseId ?? settings.EVSE_ID ?? defaultConfig.EVSEID,
    address,
    port: options.port ?? 0,
    link: options.link,
    authorisation: settings.FREE_CHARGING_SERVICE === false ? "external" : "free",
    sequenceTimeout: (settings.V2G_SEQUENCE_TIMEOUT_S ?? 60) * 1000,
    maxDecodeErrors: settings.V2G_MAX_DECODE_ERRORS ?? 2,
    maxExiBytes:
      settings.V2G_MAX_EXI_BYTES || (settings.V2G_MAX_EXI_BYTES === 0 ? builtInCeiling : defaultConfig.maxExiBytes),
    duplicateResend,
    strictBounds: settings.V2G_STRICT_BOUNDS ?? false,
  };
}
