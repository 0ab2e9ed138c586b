import { readFileSync } from "node:fs";
import { Option } from "commander";
import { CommandError } from "./errors";

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
  const { source, given } = parsed(text);
  const known = config as Json;
  const faults = Object.entries(given).flatMap(([name, value]) => faultOf(known, optional, name, value));
  if (faults.length > 0) throw new CommandError("usage", `${source}: ${faults.join("; ")}`);
  const all = { ...known, ...given };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as Config;
}

function parsed(text: string): { source: string; given: Json } {
  const inline = text.trimStart().startsWith("{");
  const source = inline ? "--config" : text;
  try {
    const given: unknown = JSON.parse(inline ? text : readFileSync(text, "utf8"));
    if (kindOf(given) === "an object") return { source, given: given as Json };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CommandError("usage", `${source}: ${code === undefined ? message : `cannot be read: ${code}`}`);
  }
  throw new CommandError("usage", `${source}: a JSON object is needed`);
}

function faultOf(known: Json, optional: readonly string[], name: string, value: unknown): string[] {
  if (optional.includes(name)) return [];
  if (!Object.hasOwn(known, name)) return [`there is no ${name} (there is ${Object.keys(known).join(", ")})`];
  const [wanted, given] = [kindOf(known[name]), kindOf(value)];
  return wanted === given ? [] : [`${name} is ${wanted}, not ${given}`];
}

const kindOf = (value: unknown): string =>
  Array.isArray(value)
    ? "an array"
    : value === null
      ? "null"
      : typeof value === "object"
        ? "an object"
        : `a ${typeof value}`;
