import { Trace } from "../../../core/trace";
import { VirtualClock } from "../clock";
import { SeededEntropy } from "../entropy";
import type { PlantOptions } from "./config";
import { Plant } from "./plant";

/** A plant on a clock of its own, for tests. */
export function plantBench(config: PlantOptions = {}, seed = 1) {
  const clock = new VirtualClock();
  const trace = new Trace(() => clock.now());
  const plant = new Plant({ clock, trace, entropy: new SeededEntropy(seed), config });
  clock.process(plant);
  const { powerPath, inlet, evsePilot, evPilot } = plant;
  const wait = (ms: number): void => clock.advance(ms);
  return {
    clock,
    trace,
    plant,
    wait,
    /** Plugged in, state C under 5 %, both contactors closed, and this current into the battery. */
    charge(amperes: number): void {
      plant.plug();
      evsePilot.drive({ out: "x2", dutyPercent: 5 });
      evPilot.present("C");
      powerPath.lock(true);
      powerPath.contactor(true);
      wait(400);
      powerPath.supply({ voltage: inlet.read().batteryVoltage, current: 2 });
      wait(2500);
      inlet.contactor(true);
      wait(100);
      powerPath.supply({ voltage: plant.config.supply.maxVolts, current: amperes });
      wait((amperes / plant.config.supply.amperesPerSecond) * 1000 + 500);
    },
  };
}
