import { inletContract } from "../inlet.contract";
import { pilotContract } from "../pilot.contract";
import { powerPathContract } from "../power-path.contract";
import { clientsBench } from "./bench.contract";

/** Swift where the contracts only wait. */
const config = {
  supply: { voltsPerSecond: 1000 },
  isolation: { selfTestMs: 50, measureMs: 100 },
  actuators: { lock: { onMs: 50, offMs: 50 } },
};
const times = { actuator: 500, ramp: 1200, isolation: 800 };

/** Not waited for: a change may reach the station before its answer reaches the observer. */
const without = (answer: Promise<unknown>): void => void answer;

pilotContract("plant's process", async () => {
  const { station, car, observer, wait, close } = await clientsBench(config);
  const [plug, unplug] = [() => without(observer.plug()), () => without(observer.unplug())];
  return { evse: station.pilot, ev: car.pilot, plug, unplug, wait, close, latency: 300 };
});

powerPathContract("plant's process", async () => {
  const { station, observer, wait, close } = await clientsBench(config);
  return { path: station.power, plug: () => without(observer.plug()), wait, close, times };
});

inletContract("plant's process", async () => {
  const { station, car, observer, wait, close } = await clientsBench(config);
  return { path: station.power, inlet: car.inlet, plug: () => without(observer.plug()), wait, close, times };
});
