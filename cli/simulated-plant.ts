import type { Clock, Millis } from "../core/clock";
import type { Entropy } from "../core/entropy";
import type { Trace } from "../core/trace";
import { Plant } from "../drivers/virtual/plant";

/** How often the physics catches up with the clock. */
const tick: Millis = 5;

/** A plant in this process on a clock that runs by itself. */
export function runningPlant(clock: Clock, trace: Trace, entropy: Entropy): { plant: Plant; stop: () => void } {
  const plant = new Plant({ clock, trace, entropy });
  let reached = clock.now();
  let running = true;
  const advance = (): void => {
    if (!running) return;
    const now = clock.now();
    while (reached < now) reached = plant.advance(reached, now);
    clock.after(tick, advance);
  };
  clock.after(0, advance);
  return {
    plant,
    stop: () => {
      running = false;
    },
  };
}

/**
 * A car's body without its computer (`--pilot sim`): it is plugged in, shows C when the station waits for a cable check, and B
 * after the loop, so that a real EVCC on the wire finds a pilot and a power path to play with.
 */
export function obligingCar(plant: Plant, trace: Trace, clock: Clock): void {
  plant.plug();
  trace.onEvent((event) => {
    if (event.type !== "state" || event.node !== "secc") return;
    const { machine, to } = event;
    if (machine === "session" && to === "AwaitCableCheckReq") plant.evPilot.present("C");
    if (machine === "session" && to === "AwaitCurrentDemandReq") plant.inlet.contactor(true);
    if (machine === "session" && (to === "AwaitWeldingDetectionReq" || to === "Closed")) {
      plant.inlet.contactor(false);
      plant.evPilot.present("B");
    }
    if (machine === "station" && to === "AwaitUnplug") {
      clock.after(1_000, () => plant.unplug());
      clock.after(2_000, () => plant.plug());
    }
  });
}
