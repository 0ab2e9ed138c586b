import { Option } from "commander";
import type { Clock } from "../core/clock";
import { EnvironmentError } from "../drivers/linux/environment";
import { addressProblem } from "../drivers/linux/interfaces";
import { LinuxNetwork } from "../drivers/linux/network";
import type { LinkLog } from "./link";
import { numberBetween } from "./options";

/** Seconds that a person named, or true: as long as it takes. */
export type WaitIface = number | true;

export const waitIfaceOption = (): Option =>
  new Option(
    "--wait-iface [seconds]",
    "wait for the interface and its address as long as it takes, or so many seconds; without it the start fails (status 3)",
  ).argParser(numberBetween(0, 86_400));

/**
 * IPv6 of the interface, waited for if a person wants that (CF04).
 * @throws EnvironmentError with what is wrong with the interface
 */
export function openNetwork(
  iface: string,
  clock: Clock,
  log: LinkLog,
  wait: WaitIface | undefined,
): Promise<LinuxNetwork> {
  const problem = wait === undefined ? undefined : addressProblem(iface);
  if (problem) log(`Waiting: ${new EnvironmentError(problem).message}`);
  const limit = wait === true ? Number.POSITIVE_INFINITY : (wait ?? 0) * 1000;
  return LinuxNetwork.open({ interface: iface, clock, log, ...(wait !== undefined && { wait: limit }) });
}
