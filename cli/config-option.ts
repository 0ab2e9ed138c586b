import { Option } from "commander";
import { CommandError } from "./errors";
import { jsonGiven } from "./json-file";

/** Settings that have no option or variable of their own; a harness sets all of them this way. */
export const configOption = (): Option =>
  new Option("--config <json>", "settings over all others: JSON, or a file of it; null takes an optional one away");

type Json = Record<string, unknown>;

/**
 * A configuration with what `--config` says over it.
 * @param optional names of settings that the configuration need not have
 * @throws CommandError naming every setting that does not exist or is of another type
 */
export function configured<Config extends object>(
  config: Config,
  text: string | undefined,
  optional: readonly string[] = [],
): Config {
  if (text === undefined) return config;
  const { source, value } = jsonGiven("--config", text);
  if (kindOf(value) !== "an object") throw new CommandError("usage", `${source}: a JSON object is needed`);
  const given = value as Json;
  const known = config as Json;
  const faults = Object.entries(given).flatMap(([name, value]) => faultOf(known, optional, name, value));
  if (faults.length > 0) throw new CommandError("usage", `${source}: ${faults.join("; ")}`);
  const all = { ...known, ...given };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as Config;
}

/** Settings that have only some values. */
const choices: Readonly<Record<string, readonly unknown[]>> = {
  link: ["slac", "none"],
  authorisation: ["free", "external"],
  tls: ["never", "accept", "require"],
};

function faultOf(known: Json, optional: readonly string[], name: string, value: unknown, path = name): string[] {
  if (optional.includes(path)) return [];
  if (!Object.hasOwn(known, name)) return [`there is no ${path} (there is ${Object.keys(known).join(", ")})`];
  const [wanted, given] = [kindOf(known[name]), kindOf(value)];
  if (wanted !== given) return [`${path} is ${wanted}, not ${given}`];
  const some = choices[path];
  if (some && !some.includes(value)) return [`${path} is ${some.join(" or ")}`];
  if (typeof value === "number" && value < 0) return [`${path} is not below 0`];
  return whole.includes(path) ? partFaults(known[name] as Json, value as Json, path) : [];
}

/** Settings that are replaced as a whole, and have to be one. */
const whole: readonly string[] = ["limits", "duplicateResend"];

function partFaults(known: Json, given: Json, path: string): string[] {
  const missing = Object.keys(known).filter((name) => !Object.hasOwn(given, name));
  return [
    ...Object.entries(given).flatMap(([name, value]) => faultOf(known, [], name, value, `${path}.${name}`)),
    ...missing.map((name) => `${path}.${name} is missing`),
  ];
}

const kindOf = (value: unknown): string =>
  Array.isArray(value)
    ? "an array"
    : value === null
      ? "null"
      : typeof value === "object"
        ? "an object"
        : `a ${typeof value}`;
