import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { CommandError } from "./errors";

/** Text of a variable → its value, or why it is none. */
type Reader<T> = (text: string) => T | { readonly fault: string };

const fault = (text: string): { readonly fault: string } => ({ fault: text });

const number =
  (least: number, most: number, integer = false): Reader<number> =>
  (text) => {
    const value = Number(text);
    const good =
      text.trim() !== "" &&
      Number.isFinite(value) &&
      value >= least &&
      value <= most &&
      (!integer || Number.isInteger(value));
    return good ? value : fault(`${integer ? "an integer" : "a number"} from ${least} to ${most}`);
  };

const truth: Reader<boolean> = (text) => {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off)$/i.test(text)) return false;
  return fault("1 or 0, true or false");
};

const text: Reader<string> = (value) => (value.trim() === "" ? fault("a text that is not empty") : value);

const oneOf =
  <const T extends string>(...values: readonly T[]): Reader<T> =>
  (given) =>
    values.find((value) => value.toLowerCase() === given.toLowerCase()) ?? fault(`one of ${values.join(", ")}`);

/** An adapter of ours, or a module with one. */
const adapter: Reader<string> = (given) =>
  /^(sim|esp-uart|esp-periph)$|[\\/].*\.c?js$/.test(given)
    ? given
    : fault("one of sim, esp-uart, esp-periph, or the path of a .js module");

const endpoint: Reader<{ readonly host: string; readonly port: number }> = (given) => {
  const [, host, port] = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(given) ?? [];
  return host !== undefined && Number(port) > 0 && Number(port) < 65_536
    ? { host, port: Number(port) }
    : fault("host:port");
};

const levels = ["DEBUG", "INFO", "WARNING", "WARN", "ERROR", "CRITICAL"] as const;

/** Every variable that a station's command, its `.env` files and its environment know (the names are the predecessor's). */
export const variables = {
  IFACE: text,
  NETWORK_INTERFACE: text,
  EVSE_ID: text,
  PKI_PATH: text,
  V2G_DUPLICATE_RESEND_WINDOW_S: number(0, 3600),
  V2G_DUPLICATE_RESEND_MAX: number(0, 1000, true),
  V2G_DUPLICATE_RESEND_ENABLED: truth,
  V2G_STRICT_BOUNDS: truth,
  V2G_MAX_DECODE_ERRORS: number(0, 1_000_000, true),
  V2G_DROP_TX_PROB: number(0, 1),
  V2G_MAX_EXI_BYTES: number(0, 1_048_576, true),
  V2G_MAX_EXI_JSON_BYTES: number(0, 16_777_216, true),
  V2G_SEQUENCE_TIMEOUT_S: number(0.05, 60),
  V2G_METRICS_UDP: endpoint,
  SLAC_WAIT_TIMEOUT_S: number(1, 3600),
  SLAC_INIT_TIMEOUT: number(1, 3600),
  ATTEN_RESULTS_TIMEOUT: number(0.1, 60),
  EVSE_CONTROLLER: oneOf("sim", "hal"),
  EVSE_HAL_ADAPTER: adapter,
  ESP_CP_PORT: text,
  EVSE_LOG_LEVEL: oneOf(...levels),
  LOG_LEVEL: oneOf(...levels),
  EVSE_LOG_FORMAT: oneOf("text", "json"),
  EVSE_LOG_FILE: text,
  PROTOCOLS: text,
  AUTH_MODES: text,
  SECC_ENFORCE_TLS: truth,
  ENABLE_TLS_1_3: truth,
  FREE_CHARGING_SERVICE: truth,
  FREE_CERT_INSTALL_SERVICE: truth,
  ALLOW_CERT_INSTALL_SERVICE: truth,
  STANDBY_ALLOWED: truth,
  MESSAGE_LOG_JSON: truth,
  MESSAGE_LOG_EXI: truth,
} as const satisfies Record<string, Reader<unknown>>;

export type Variable = keyof typeof variables;
type Value<T> = T extends Reader<infer V> ? V : never;
export type Settings = { readonly [Name in Variable]?: Value<(typeof variables)[Name]> };

export interface SettingsRead {
  readonly settings: Settings;
  /** Variables in `.env` files that mean nothing here; named once each. */
  readonly ignored: readonly string[];
}

/**
 * Settings from `.env` files, later ones over earlier ones, and the environment over all.
 * @throws CommandError naming every fault of every source at once
 */
export function readSettings(
  files: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): SettingsRead {
  const faults: string[] = [];
  const ignored = new Set<string>();
  const settings: Record<string, unknown> = {};
  const take = (source: string, entries: Readonly<Record<string, string | undefined>>, own: boolean): void => {
    for (const [name, given] of Object.entries(entries)) {
      if (given === undefined) continue;
      if (!Object.hasOwn(variables, name)) {
        if (own) ignored.add(name);
        continue;
      }
      const value = variables[name as Variable](given);
      if (typeof value === "object" && "fault" in value)
        faults.push(`${source}: ${name}="${given}": ${value.fault} is needed`);
      else settings[name] = value;
    }
  };
  for (const file of files) take(file, readEnvFile(file, faults), true);
  take("environment", environment, false);
  if (faults.length > 0) throw new CommandError("usage", faults.join("\n         "));
  return { settings, ignored: [...ignored] };
}

function readEnvFile(file: string, faults: string[]): Record<string, string> {
  try {
    return parseEnv(readFileSync(file, "utf8")) as Record<string, string>;
  } catch (error) {
    faults.push(`${file}: cannot be read: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`);
    return {};
  }
}
