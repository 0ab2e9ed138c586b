import type { External } from "./external/bench";
import type { Place } from "./qca7000/place";

/** Which side a run judges. A role, not a folder. */
export type Sut = "secc" | "evcc";

/** What a run is given in cucumber.js or by --world-parameters. */
export interface RunParameters {
  readonly profile: string;
  readonly bench: "virtual" | "veth" | "qca7000" | "external";
  readonly seed: number;
  /** Over what the profile says of a side under test that is already there. */
  readonly external?: Partial<External>;
  /** Over what the profile says of the interfaces of a station behind a QCA7000. */
  readonly qca7000?: Partial<Place>;
  /** Name of a deviation which the side under test is given; set by the self-test. */
  readonly deviation?: string;
  /** `all`: draw a plot for every scenario. `none`: leave no evidence at all (the self-test). */
  readonly plots?: "all" | "some" | "none";
  /** Requirements that every known peer misses are marked and not failed. */
  readonly tolerant?: boolean;
}
