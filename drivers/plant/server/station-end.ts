import type { Clock, Millis } from "../../../core/clock";
import type { Plant } from "../../virtual/plant";
import type { Json, Thing } from "../protocol";
import { Move } from "./move";

/** A bolt that has not moved by then will not (chapter 5.2). */
const lockMs: Millis = 600;
/** The plant's own supervision comes first. */
const marginMs: Millis = 5;

/** The station's end of the plant as it was commanded last, whoever did it. */
export class StationEnd {
  readonly contactor: Move;
  readonly lock: Move;
  mode: "hw" | "sim" = "hw";
  /** Limits given to the supply; 0 before the first. */
  set: { readonly v: number; readonly i: number } = { v: 0, i: 0 };
  measuring = false;
  /** Why the contactor was last moved. */
  reason: "start" | "command" | "keepalive" | "aux" = "start";
  private readonly plant: Plant;

  constructor(plant: Plant, clock: Clock) {
    this.plant = plant;
    const { powerPath, config } = plant;
    const { evseContactor, feedbackMs } = config.actuators;
    this.contactor = new Move({
      clock,
      at: () => powerPath.read().contactor,
      command: (on) => powerPath.contactor(on),
      within: (on) => (on ? evseContactor.onMs : evseContactor.offMs) + feedbackMs + marginMs,
      missed: () => this.forceOff(),
    });
    this.lock = new Move({
      clock,
      at: () => powerPath.read().locked,
      command: (on) => powerPath.lock(on),
      within: () => lockMs,
    });
  }

  supply(v: number, i: number): Json {
    this.plant.powerPath.supply({ voltage: v, current: i });
    this.set = { v, i };
    return { on: true, v_set: v, i_set: i };
  }

  supplyOff(): Json {
    this.plant.powerPath.supply("off");
    return { on: this.plant.powerPath.read().supply };
  }

  supplyReading(): Json {
    const { supply, voltage, current } = this.plant.powerPath.read();
    return { on: supply, v_set: this.set.v, i_set: this.set.i, v: voltage, i: current };
  }

  monitor(on: boolean): Json {
    this.measuring = on;
    this.plant.powerPath.measureIsolation(on);
    return this.monitorReading();
  }

  monitorReading(): Json {
    return { isolation: this.plant.powerPath.read().isolation, measuring: this.measuring };
  }

  /** Supply off, then contactor open: whoever held one of them is gone. @returns what was on or closed */
  release(): Thing[] {
    const was: Thing[] = [];
    if (this.plant.powerPath.read().supply) was.push("supply");
    if (this.contactor.commanded) was.push("contactor");
    this.supplyOff();
    if (this.contactor.commanded) this.reason = "keepalive";
    this.contactor.override(false, "forced_open");
    return was;
  }

  private forceOff(): void {
    this.reason = "aux";
    this.contactor.commanded = false;
    this.plant.powerPath.contactor(false);
  }
}
