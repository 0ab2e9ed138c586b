import type { EvccConfig } from "../../evcc/config";
import type { SeccConfig } from "../../secc/config";
import { millis } from "./tester-mmes";

type Changing<Config> = { -readonly [Key in keyof Config]?: Config[Key] };
type Changed = Changing<SeccConfig>;

const resend = { enabled: false, window: 2_000, max: 3 };
const resending = (config: Changed, change: Partial<typeof resend>): void => {
  config.duplicateResend = { ...resend, ...config.duplicateResend, ...change };
};

/** Adds to what is set of the matching already. */
function matching<Slac extends { readonly timers?: object }>(config: { slac?: Slac }, change: Slac): void {
  config.slac = { ...config.slac, ...change, timers: { ...config.slac?.timers, ...change.timers } };
}

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
  "wakes a vehicle after": (config, value) => {
    config.wakesAfter = millis(value);
  },
  SLAC_WAIT_TIMEOUT_S: (config, value) => {
    config.slacWait = Number(value) * 1000;
  },
  CM_VALIDATE: (config, value) => matching(config, { validation: value as "count" }),
  CM_AMP_MAP: (config, value) => matching(config, { ampMap: value as "ask" }),
  TT_match_join: (config, value) => matching(config, { timers: { TT_match_join: Number(value) } }),
};

/** Settings of a vehicle, likewise; decibels and milliseconds. */
export const vehicleSettings: Readonly<Record<string, (config: Changing<EvccConfig>, value: string) => void>> = {
  tls: (config, value) => {
    config.tls = value as EvccConfig["tls"];
  },
  ChargingSession: (config, value) => {
    if (value === "Pause") config.pause = { ...config.pause };
  },
  "wakes the station after": (config, value) => {
    config.pause = { wakesAfter: millis(value) };
  },
  C_EV_match_signalattn_direct: (config, value) => matching(config, { direct: Number(value) }),
  C_EV_match_signalattn_indirect: (config, value) => matching(config, { indirect: Number(value) }),
  CM_VALIDATE: (config, value) => matching(config, { validation: value as "always" }),
  TT_match_response: (config, value) => matching(config, { timers: { TT_match_response: Number(value) } }),
  C_EV_vald_nb_toggles: (config, value) => matching(config, { toggles: Number(value) }),
  T_vald_state_duration: (config, value) => matching(config, { timers: { T_vald_state_duration: Number(value) } }),
  TP_EV_batch_msg_interval: (config, value) =>
    matching(config, { timers: { TP_EV_batch_msg_interval: Number(value) } }),
  CM_AMP_MAP: (config, value) => matching(config, { ampMap: value as "ask" }),
};
