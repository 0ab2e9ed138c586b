import { Option } from "commander";
import { insideHarnessNamespace } from "../drivers/linux/namespace";
import { CommandError } from "./errors";

/** A peer that is wrong on purpose is for the harness to prove itself by; no help page offers it. */
export const deviationOption = (): Option =>
  new Option("--deviation <name>", "be wrong on purpose, in one way; only in a namespace of the harness").hideHelp();

/**
 * The deviation of that name.
 * @throws CommandError when there is none, and anywhere but in a network namespace that the harness has made: a real car or charger
 * must never meet one
 */
export function chosenDeviation<Kind>(name: string | undefined, find: (name: string) => Kind | undefined) {
  if (name === undefined) return undefined;
  if (!insideHarnessNamespace())
    throw new CommandError("usage", "--deviation is refused: this is no network namespace that the harness has made");
  const found = find(name);
  if (!found) throw new CommandError("usage", `there is no deviation ${JSON.stringify(name)}`);
  return found;
}
