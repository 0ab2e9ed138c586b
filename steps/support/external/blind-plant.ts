import { obligingCar, obligingStation, runningPlant } from "../../../cli/simulated-plant";
import type { Clock } from "../../../core/clock";
import { Trace } from "../../../core/trace";
import { SystemEntropy } from "../../../drivers/linux/entropy";
import type { Plant } from "../../../drivers/virtual/plant";
import type { BenchPlant } from "../bench";
import { NotApplicable } from "../judgement";
import type { Sut } from "../parameters";

const unseen = (): never => {
  throw new NotApplicable("this bench sees neither pilot nor power path of the side under test");
};

/**
 * Pilot and power path where nothing is wired: the tester's machine is shown a simulated one that does what it should, and nothing of it
 * is evidence of the side under test.
 */
export class BlindPlant implements BenchPlant {
  readonly observed = false;
  readonly present = {};
  readonly fault = unseen;
  private readonly plant: Plant;
  private readonly stop: () => void;
  private readonly oblige: () => void;
  private plugged = false;

  /** @param trace of the tester, whose messages the simulated other side obliges */
  constructor(tester: Sut, trace: Trace, clock: Clock) {
    const { plant, stop } = runningPlant(clock, new Trace(() => clock.now(), 0), new SystemEntropy());
    this.plant = plant;
    this.stop = stop;
    this.oblige = () => (tester === "evcc" ? obligingStation : obligingCar)(plant, trace, clock);
  }

  get evsePilot() {
    return this.plant.evsePilot;
  }

  get evPilot() {
    return this.plant.evPilot;
  }

  get powerPath() {
    return this.plant.powerPath;
  }

  get inlet() {
    return this.plant.inlet;
  }

  sample(): never {
    return unseen();
  }

  clear(): void {}

  plug(): void {
    if (this.plugged) this.plant.plug();
    else this.oblige();
    this.plugged = true;
  }

  unplug(): void {
    this.plant.unplug("by force");
  }

  close(): void {
    this.stop();
  }
}
