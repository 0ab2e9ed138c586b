import { configure, defaultConfig, type PlantConfig, type PlantOptions } from "../../virtual/plant/config";
import { isObject } from "../protocol";

/**
 * A plant's configuration from what somebody has written: sections and figures that differ from the default, as deep as it goes.
 * @throws RangeError naming what is unknown, or what no plant can have
 */
export function readPlantOptions(given: unknown): PlantOptions {
  const whole = merge("plant", defaultConfig, given) as PlantConfig;
  configure(whole);
  return whole;
}

function merge(path: string, usual: object, given: unknown): object {
  if (!isObject(given)) throw new RangeError(`${path}: an object is needed`);
  const whole: Record<string, unknown> = { ...usual };
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(usual, name)) {
      throw new RangeError(`${path}: there is no "${name}"; there are ${Object.keys(usual).join(", ")}`);
    }
    const known = whole[name];
    whole[name] = isObject(known) ? merge(`${path}.${name}`, known, value) : figure(`${path}.${name}`, value);
  }
  return whole;
}

function figure(path: string, value: unknown): number {
  if (typeof value !== "number") throw new RangeError(`${path}: a number is needed`);
  return value;
}
