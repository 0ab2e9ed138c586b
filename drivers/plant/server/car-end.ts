import type { Clock, Millis } from "../../../core/clock";
import type { PilotLoad } from "../../../core/pilot";
import type { Plant } from "../../virtual/plant";
import type { Json, Thing } from "../protocol";
import { Move } from "./move";

/** A contactor that has not moved so long after its travel will not (chapter 5.3). */
const feedbackMs: Millis = 100;

/** The car's end of the plant as it was commanded last. */
export class CarEnd {
  readonly contactor: Move;
  load: PilotLoad = "B";
  private readonly plant: Plant;

  constructor(plant: Plant, clock: Clock) {
    this.plant = plant;
    const { inlet, config } = plant;
    const { evContactor } = config.actuators;
    this.contactor = new Move({
      clock,
      at: () => inlet.read().contactor,
      command: (on) => inlet.contactor(on),
      within: (on) => (on ? evContactor.onMs : evContactor.offMs) + feedbackMs,
    });
  }

  present(load: PilotLoad): Json {
    this.load = load;
    this.plant.evPilot.present(load);
    return { load };
  }

  /** Contactor open and state B: whoever held one of them is gone. @returns what was otherwise */
  release(): Thing[] {
    const was: Thing[] = [];
    if (this.contactor.commanded) was.push("ev_contactor");
    if (this.load !== "B") was.push("load");
    this.contactor.override(false, "forced_open");
    this.present("B");
    return was;
  }
}
