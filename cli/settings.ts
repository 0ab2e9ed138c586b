import { readEnvFile } from "./env-file";
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

const words = (given: string): string[] => given.split(",").map((word) => word.trim().toUpperCase());

/** A list that has to hold what this station can do; what else it names is told, and does not happen. */
const listWith =
  (needed: string): Reader<readonly string[]> =>
  (given) =>
    words(given).includes(needed) ? words(given) : fault(`a list with ${needed}: there is nothing else yet`);

/** Asking for protection that is not there must not look as if it had been given. */
const noTls: Reader<boolean> = (given) => {
  const value = truth(given);
  return value === true ? fault("0: there is no TLS yet") : value;
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
  // 0: the steps of the pilot that ISO 15118-3 names, instead of the hint
  SLAC_WAIT_TIMEOUT_S: number(0, 3600),
  SLAC_INIT_TIMEOUT: number(1, 3600),
  ATTEN_RESULTS_TIMEOUT: number(0.1, 60),
  EVSE_CONTROLLER: oneOf("sim", "hal"),
  EVSE_HAL_ADAPTER: adapter,
  ESP_CP_PORT: text,
  EVSE_LOG_LEVEL: oneOf(...levels),
  LOG_LEVEL: oneOf(...levels),
  EVSE_LOG_FORMAT: oneOf("text", "json"),
  EVSE_LOG_FILE: text,
  EVSE_LOG_MAX_BYTES: number(4096, 1_073_741_824, true),
  EVSE_LOG_BACKUPS: number(0, 100, true),
  PROTOCOLS: listWith("ISO_15118_2"),
  AUTH_MODES: listWith("EIM"),
  SECC_ENFORCE_TLS: noTls,
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
  /** What was given and does nothing here, with the reason; told once each. */
  readonly ignored: readonly { readonly name: string; readonly because: string }[];
}

const notYet = "what it asks for does not exist here yet";

/** Settings that are understood and have no effect, unless they ask for what is there anyway. */
const idle: { readonly [Name in Variable]?: (value: NonNullable<Settings[Name]>) => boolean } = {
  PKI_PATH: () => true,
  ATTEN_RESULTS_TIMEOUT: () => true,
  PROTOCOLS: (names) => names.length > 1,
  AUTH_MODES: (names) => names.length > 1,
  ENABLE_TLS_1_3: (on) => on,
  FREE_CERT_INSTALL_SERVICE: (on) => on,
  ALLOW_CERT_INSTALL_SERVICE: (on) => on,
  STANDBY_ALLOWED: (on) => on,
};

/** Two names of one thing; the first stands over the second, but in one file both must not say different things. */
const synonyms: readonly (readonly [Variable, Variable])[] = [
  ["IFACE", "NETWORK_INTERFACE"],
  ["EVSE_LOG_LEVEL", "LOG_LEVEL"],
];

interface Given {
  readonly name: string;
  readonly value: string;
  /** Where it stands, for a person. */
  readonly at: string;
}

class Reading {
  readonly faults: string[] = [];
  readonly ignored = new Map<string, string>();
  readonly settings: Record<string, unknown> = {};

  take(given: readonly Given[], unknown: (given: Given) => void): void {
    for (const each of given) {
      const { name, value, at } = each;
      if (!Object.hasOwn(variables, name)) {
        unknown(each);
        continue;
      }
      const read = variables[name as Variable](value);
      if (typeof read === "object" && "fault" in read)
        this.faults.push(`${at}: ${name}=${shown(value)}: ${read.fault} is needed`);
      else this.settings[name] = read;
    }
    for (const [one, other] of synonyms) {
      const [first, second] = [one, other].map((wanted) => given.find(({ name }) => name === wanted));
      if (first && second && first.value !== second.value && !first.at.startsWith("environment"))
        this.faults.push(`${second.at}: ${one} and ${other} are two names of one thing and say different things`);
    }
  }
}

/** A value in a message: on one line, and not without end. */
const shown = (value: string): string => JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);

/** The name that was meant, if it can be guessed. */
function meant(name: string): string {
  const like = Object.keys(variables).find((known) => distance(known, name.toUpperCase()) <= 2);
  return like === undefined ? `allowed are ${Object.keys(variables).join(", ")}` : `${like} was meant?`;
}

/** Letters that have to be added, taken away or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}

const most = 20;

/**
 * Settings from `.env` files, later ones over earlier ones, and the environment over all.
 * @param strict an unknown name in a file is a fault; else it is only told: files of the predecessor hold names of other programs
 * @throws CommandError naming every fault of every source at once
 */
export function readSettings(
  files: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  strict = false,
): SettingsRead {
  const reading = new Reading();
  for (const file of files) {
    const { entries, faults } = readEnvFile(file);
    reading.faults.push(...faults);
    reading.take(entries, ({ name, at }) => {
      if (strict) reading.faults.push(`${at}: ${name} is not known; ${meant(name)}`);
      else reading.ignored.set(name, "unknown");
    });
  }
  // What is empty there is not set: that is how a shell or a service file takes a variable away.
  const set = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [{ name, value, at: "environment" }],
  );
  // An environment is full of other programs' names.
  reading.take(set, () => undefined);
  const { faults } = reading;
  const told = faults.length > most ? [...faults.slice(0, most), `and ${faults.length - most} more`] : faults;
  if (told.length > 0) throw new CommandError("usage", told.join("\n         "));
  const settings = reading.settings as Settings;
  for (const [name, does] of Object.entries(idle) as [Variable, (value: unknown) => boolean][])
    if (settings[name] !== undefined && does(settings[name])) reading.ignored.set(name, notYet);
  return { settings, ignored: [...reading.ignored].map(([name, because]) => ({ name, because })) };
}
