import type { Millis } from "../core/clock";
import type { TraceEvent } from "../core/trace";
import type { StationView } from "../secc/api/view";
import type { Log } from "./log";

/** While power flows the dialogue stays where it is: one line in so long. */
const pace: Millis = 1_000;

/** One line under `hlc` for each step of the dialogue, and each second while it charges, with what car and station say of themselves. */
export class HlcLines {
  private readonly view: StationView;
  private readonly log: Log;
  private readonly whole: boolean;
  private last = Number.NEGATIVE_INFINITY;

  /** @param whole with everything that is known of the battery, for machines */
  constructor(view: StationView, log: Log, whole: boolean) {
    this.view = view;
    this.log = log;
    this.whole = whole;
  }

  hear(event: TraceEvent): void {
    if (event.node !== "secc") return;
    const moved = event.type === "state" && event.machine === "session" && event.to !== "";
    const loops = event.type === "v2g" && event.dir === "tx" && event.name === "CurrentDemandRes";
    if (!moved && !(loops && event.t - this.last >= pace)) return;
    this.last = event.t;
    const { bms } = this.view.live;
    const { present_voltage, target_voltage, target_current, present_soc } = bms;
    this.log.write("info", "hlc", "ISO 15118 state", {
      iso_state: this.view.hlc.protocol_state,
      ...{ present_voltage, target_voltage, target_current, present_soc },
      ...(this.whole && { bms, evse: this.view.ports.power.read() }),
    });
  }
}
