import type { PowerFault } from "../../../core/power";
import type { DcPath } from "./dc-path";

/** What the station's own hardware notices: how it shows, and how long (seconds) before it counts. */
const watched: readonly { fault: PowerFault; after: number; shows: (path: DcPath) => boolean }[] = [
  {
    // Above its reference a converter gives current only when its regulation has failed (9 ms: IEC 61851-23 6.3.1.106).
    fault: "OverVoltage",
    after: 0.009,
    shows: ({ supply, outlet }) => supply.amperes > 0 && outlet > supply.volts * 1.05 + 10,
  },
  {
    fault: "OverCurrent",
    after: 0.01,
    shows: ({ supply, current }) => supply.amperes > 0 && current > supply.limit * 1.1 + 5,
  },
  {
    // Only one that leaves nearly no voltage: behind some ohms more a short circuit looks like a battery.
    fault: "ShortCircuit",
    after: 0.01,
    shows: ({ supply, outlet, current }) =>
      supply.amperes > 0 && current > 0.8 * supply.limit && outlet < 0.1 * supply.volts && supply.volts > 50,
  },
];

/** Reports each of them once, when it has lasted; again after it was gone. */
export class Protection {
  private readonly lasted = watched.map(() => 0);

  /** Answers a fault that has just come to count. */
  check(path: DcPath, seconds: number): PowerFault | undefined {
    let found: PowerFault | undefined;
    for (let at = 0; at < watched.length; at++) {
      const { fault, after, shows } = watched[at]!;
      const before = this.lasted[at]!;
      const now = shows(path) ? before + seconds : 0;
      this.lasted[at] = now;
      if (before < after && now >= after) found = fault;
    }
    return found;
  }
}
