import type { Clock } from "./clock";
import type { Network } from "./network";
import type { SerialLine } from "./serial-line";

/**
 * A peer that is faulty on purpose, in one way. The self-test runs the scenarios of `requirement` against it, and each of them
 * has to fail: a scenario that cannot fail proves nothing.
 */
export interface Deviation<Machine, Config> {
  /** kebab-case, names the fault: `never-times-out`. */
  readonly name: string;
  /** What this peer does wrong, in a few words. */
  readonly gist: string;
  /** Id of the requirement it breaks. */
  readonly requirement: string;
  /** Names of the scenarios under that requirement that have to catch it; all of them when absent. */
  readonly scenarios?: readonly string[];
  /** The faulty machine, made of the good one. */
  readonly wrap?: (machine: Machine) => Machine;
  /** Or a setting that no good peer would have. */
  readonly config?: Partial<Config>;
  /** A fault below the machine: what its network does with what it carries. */
  readonly network?: (network: Network) => Network;
  /** A fault below it on the other side: what its end of the helper's serial line does. */
  readonly serial?: (line: SerialLine, clock: Clock) => SerialLine;
}
