import type { Clock, Millis } from "../core/clock";
import type { Entropy } from "../core/entropy";
import type { EvsePilot, PilotReading } from "../core/pilot";
import type { EventOf, Trace } from "../core/trace";
import { Plant, type PlantOptions } from "../drivers/virtual/plant";
import { amount, type Bodies } from "../protocol/v2g";

/** How often the physics catches up with the clock. */
const tick: Millis = 5;

/** A plant in this process on a clock that runs by itself. */
export function runningPlant(
  clock: Clock,
  trace: Trace,
  entropy: Entropy,
  config: PlantOptions = {},
): { plant: Plant; stop: () => void } {
  const plant = new Plant({ clock, trace, entropy, config });
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
  // A station that shows F (S04) has not seen the plug out yet, and would not see it come.
  const replug = (): void => {
    if (plant.evsePilot.read().state === "A") plant.plug();
    else clock.after(500, replug);
  };
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
      clock.after(2_000, replug);
    }
  });
}

/**
 * What is behind a real pilot whose power path is simulated: the plug is in when the pilot says so, the car shows what it shows, and its
 * contactor is closed while power is delivered.
 */
export function shadowCar(plant: Plant, pilot: EvsePilot, trace: Trace): void {
  const follow = ({ state }: PilotReading): void => {
    if (state === "A") plant.unplug("by force");
    if (state !== "B" && state !== "C" && state !== "D") return;
    plant.plug();
    plant.evPilot.present(state);
  };
  follow(pilot.read());
  pilot.onChange(follow);
  trace.onEvent((event) => {
    if (event.type === "state" && event.node === "secc" && event.machine === "session")
      plant.inlet.contactor(event.to === "AwaitCurrentDemandReq");
  });
}

/**
 * A station's body without its computer (`--pilot sim` of the car): 5 % on the line, and at the outlet what the car asks for, so that a
 * real SECC on the wire finds a car that measures what it expects.
 */
export function obligingStation(plant: Plant, trace: Trace, clock: Clock): void {
  const { evsePilot, powerPath } = plant;
  const release = (): void => {
    powerPath.supply("off");
    powerPath.contactor(false);
    clock.after(1_000, () => powerPath.lock(false));
  };
  const give = (request: EventOf<"v2g">): void => {
    const { EVTargetVoltage, EVTargetCurrent } = request.fields as Asked;
    powerPath.supply({ voltage: amount(EVTargetVoltage), current: amount(EVTargetCurrent) });
  };
  evsePilot.drive({ out: "x2", dutyPercent: 5 });
  plant.plug();
  trace.onEvent((event) => {
    if (event.node !== "evcc") return;
    if (event.type === "v2g" && event.dir === "tx") {
      if (event.name === "CableCheckReq") {
        powerPath.lock(true);
        powerPath.contactor(true);
      }
      if (event.name === "PreChargeReq" || event.name === "CurrentDemandReq") give(event);
      if (event.name === "WeldingDetectionReq") release();
    }
    if (event.type !== "state" || event.machine !== "car" || event.to !== "AwaitUnplug") return;
    release();
    clock.after(2_000, () => plant.unplug());
    clock.after(3_000, () => plant.plug());
  });
}

type Asked = Pick<Bodies["CurrentDemandReq"], "EVTargetVoltage" | "EVTargetCurrent">;
