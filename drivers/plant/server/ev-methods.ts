import { inletForm } from "../power-forms";
import type { Json } from "../protocol";
import type { Client } from "./client";
import { paced } from "./evse-methods";
import { asking, type Methods, method, oneOf, truth } from "./method";
import { Refusal } from "./refusal";
import type { Rig } from "./rig";

const inlet = ({ rig }: Client): Json => inletForm(rig.plant.inlet.read());

/** What a car can tell of the wire. */
export const dutyForm = ({ plant }: Rig): Json => {
  const { plugged, dutyPercent, high } = plant.evPilot.read();
  return { plugged, duty: dutyPercent ?? null, high: Math.round(high * 1000) / 1000 };
};

/** What the car's socket answers. */
export const evMethods: Methods = {
  "ev.pilot": method(
    { load: oneOf("B", "C", "D") },
    {
      holds: "load",
      act: ({ load }, { rig }) => rig.car.present(load),
    },
  ),
  "ev.pilot.read": asking(({ rig }) => dutyForm(rig)),
  "ev.contactor.set": method(
    { on: truth },
    {
      holds: "ev_contactor",
      allowed({ on }, { rig }) {
        if (on && rig.car.contactor.busy) throw new Refusal("busy");
      },
      act: ({ on }, { rig }) => rig.car.contactor.tell(on),
    },
  ),
  "inlet.read": asking(inlet),
  ...paced("inlet", inlet),
  "battery.read": asking(({ rig }) => {
    const { batteryVoltage: v, current: i, soc } = rig.plant.inlet.read();
    return { v, i, soc, wh: rig.plant.config.battery.wattHours };
  }),
};
