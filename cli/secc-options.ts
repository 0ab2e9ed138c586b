import { type DuplicateResend, defaultConfig, type SeccConfig } from "../secc/config";
import { configured } from "./config-option";
import { CommandError } from "./errors";
import type { LinkKind } from "./link";
import type { Settings } from "./settings";
import type { WaitIface } from "./wait-iface";

/** What the station's command takes, by commander's names. */
export interface SeccOptions {
  readonly evseId?: string;
  readonly slacConfig?: string;
  readonly seccConfig?: string;
  readonly certStore: string;
  readonly iface?: string;
  readonly waitIface?: WaitIface;
  readonly controller?: "sim" | "hal";
  readonly link: LinkKind;
  readonly port?: number;
  readonly pilot?: "plant" | "sim";
  readonly plant?: string;
  readonly stimuli?: string;
  readonly api?: string | true;
  readonly apiTokenFile?: string;
  readonly apiName?: readonly string[];
  readonly config?: string;
  readonly deviation?: string;
}

/** Ceiling of a payload when its variable says 0: no limit at all is never meant. */
export const builtInCeiling = 1_048_576;

/** Characters of an EVSEID (evseIDType). */
export const evseIdLength = { least: 7, most: 37 } as const;

/** @throws CommandError for one that no car could read; one that is too short is read by those that do not look */
function evseIdOf(options: SeccOptions, settings: Settings): string {
  const EVSEID = options.evseId ?? settings.EVSE_ID ?? defaultConfig.EVSEID;
  const { length } = EVSEID;
  if (length > 0 && length <= evseIdLength.most) return EVSEID;
  const source = options.evseId === undefined ? "EVSE_ID" : "--evse-id";
  throw new CommandError("usage", `${source}: an EVSEID has 1 to ${evseIdLength.most} characters, not ${length}`);
}

/** Configuration of a field station: options over settings over defaults; robustness as the predecessor had it. */
export function seccConfigOf(options: SeccOptions, settings: Settings, address: string): SeccConfig {
  const duplicateResend: DuplicateResend = {
    enabled: settings.V2G_DUPLICATE_RESEND_ENABLED ?? true,
    window: (settings.V2G_DUPLICATE_RESEND_WINDOW_S ?? 2) * 1000,
    max: settings.V2G_DUPLICATE_RESEND_MAX ?? 3,
  };
  const config: SeccConfig = {
    ...defaultConfig,
    EVSEID: evseIdOf(options, settings),
    address,
    port: options.port ?? 0,
    link: options.link === "none" ? "none" : "slac",
    authorisation: settings.FREE_CHARGING_SERVICE === false ? "external" : "free",
    sequenceTimeout: (settings.V2G_SEQUENCE_TIMEOUT_S ?? 60) * 1000,
    maxDecodeErrors: settings.V2G_MAX_DECODE_ERRORS ?? 2,
    maxExiBytes:
      settings.V2G_MAX_EXI_BYTES || (settings.V2G_MAX_EXI_BYTES === 0 ? builtInCeiling : defaultConfig.maxExiBytes),
    duplicateResend,
    // 0: the steps of the pilot that ISO 15118-3 names
    ...(settings.SLAC_WAIT_TIMEOUT_S !== 0 && { slacWait: (settings.SLAC_WAIT_TIMEOUT_S ?? 25) * 1000 }),
    ...(settings.SLAC_INIT_TIMEOUT !== undefined && {
      slac: { timers: { TT_EVSE_SLAC_init: settings.SLAC_INIT_TIMEOUT * 1000 } },
    }),
    maxDecodedBytes: settings.V2G_MAX_EXI_JSON_BYTES || builtInCeiling,
    strictBounds: settings.V2G_STRICT_BOUNDS ?? false,
  };
  return configured(config, options.config, ["slac", "slacWait", "wakesAfter"]);
}
