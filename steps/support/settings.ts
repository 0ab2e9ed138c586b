import type { EvccConfig } from "../../evcc/config";
import type { SeccConfig } from "../../secc/config";

type Changing<Config> = { -readonly [Key in keyof Config]?: Config[Key] };
type Changed = Changing<SeccConfig>;

const resend = { enabled: false, window: 2_000, max: 3 };
const resending = (config: Changed, change: Partial<typeof resend>): void => {
  config.duplicateResend = { ...resend, ...config.duplicateResend, ...change };
};

/** Settings of a station that a scenario may need, by the names an operator gives them. */
export const stationSettings: Readonly<Record<string, (config: Changed, value: string) => void>> = {
  V2G_MAX_DECODE_ERRORS: (config, value) => {
    config.maxDecodeErrors = Number(value);
  },
  V2G_DUPLICATE_RESEND_ENABLED: (config, value) => resending(config, { enabled: value === "1" }),
  V2G_DUPLICATE_RESEND_WINDOW_S: (config, value) => resending(config, { window: Number(value) * 1000 }),
  V2G_DUPLICATE_RESEND_MAX: (config, value) => resending(config, { max: Number(value) }),
  "strict bounds": (config, value) => {
    config.strictBounds = value === "yes";
  },
  ventilation: (config, value) => {
    config.ventilation = value === "yes";
  },
  authorisation: (config, value) => {
    config.authorisation = value as SeccConfig["authorisation"];
  },
};

/** Settings of a vehicle, likewise. */
export const vehicleSettings: Readonly<Record<string, (config: Changing<EvccConfig>, value: string) => void>> = {
  tls: (config, value) => {
    config.tls = value as EvccConfig["tls"];
  },
};
