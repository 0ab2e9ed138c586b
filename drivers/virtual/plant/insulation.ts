import type { IsolationConfig } from "./config";
import type { ActiveFaults } from "./faults";

/** What is connected, and the volts between the poles of it. */
export interface Wiring {
  readonly volts: number;
  /** The station's contactor is closed: the monitor sees the cable. */
  readonly cable: boolean;
  /** The connector is plugged in as well: it sees the inlet, if PE is there. */
  readonly inlet: boolean;
}

export interface Insulation {
  /** Both poles to PE in parallel, as a monitor with a superimposed voltage measures it. */
  readonly ohms: number;
  readonly volts: number;
  /** Volts of DC+ and DC− against PE. */
  readonly poles: readonly [number, number];
}

/** Resistances of both poles against PE, as seen from the station. */
export function insulation({ poleOhms }: IsolationConfig, faults: ActiveFaults, wiring: Wiring): Insulation {
  const { volts, cable, inlet } = wiring;
  const car = inlet && !faults.peLost;
  const healthy = (car ? 2 : 1) / poleOhms;
  const fault = faults.isolation;
  const seen = fault && (fault.where === "cable" ? cable : car) ? 1 / fault.ohms : 0;
  const plus = healthy + (fault?.pole === "plus" ? seen : 0);
  const minus = healthy + (fault?.pole === "minus" ? seen : 0);
  const shift = faults.earthShift?.volts ?? 0;
  return {
    ohms: 1 / (plus + minus),
    volts,
    poles: [(volts * minus) / (plus + minus) + shift, (-volts * plus) / (plus + minus) + shift],
  };
}
