import { inletContract } from "../../inlet.contract";
import { pilotContract } from "../../pilot.contract";
import { powerPathContract } from "../../power-path.contract";
import { plantBench } from "./bench";

const times = { actuator: 400, ramp: 1500, isolation: 4000 };
const close = (): void => undefined;

pilotContract("plant", () => {
  const { plant, wait } = plantBench();
  const { evsePilot: evse, evPilot: ev } = plant;
  return { evse, ev, plug: () => plant.plug(), unplug: () => plant.unplug(), wait, close, latency: 20 };
});

powerPathContract("plant", () => {
  const { plant, wait } = plantBench();
  return { path: plant.powerPath, plug: () => plant.plug(), wait, close, times };
});

inletContract("plant", () => {
  const { plant, wait } = plantBench();
  return { inlet: plant.inlet, path: plant.powerPath, plug: () => plant.plug(), wait, close, times };
});
