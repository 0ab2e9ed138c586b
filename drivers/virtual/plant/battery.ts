import type { BatteryConfig } from "./config";

/** Open-circuit volts of one NMC cell over its state of charge in percent. */
const cell: readonly (readonly [number, number])[] = [
  [0, 3.0],
  [5, 3.35],
  [10, 3.45],
  [20, 3.55],
  [35, 3.63],
  [50, 3.7],
  [65, 3.83],
  [80, 3.98],
  [90, 4.07],
  [100, 4.18],
];

/** @param soc percent; outside 0 to 100 the ends hold */
export function cellVolts(soc: number): number {
  for (let at = 1; at < cell.length; at++) {
    const [low, from] = cell[at - 1]!;
    const [high, to] = cell[at]!;
    if (soc < high) return soc <= low ? from : from + ((to - from) * (soc - low)) / (high - low);
  }
  return cell[cell.length - 1]![1];
}

/** Mean of the curve, which ties watt-hours to ampere-hours. */
const meanCellVolts = cell.slice(1).reduce((sum, [high, to], at) => {
  const [low, from] = cell[at]!;
  return sum + ((to + from) / 2) * ((high - low) / 100);
}, 0);

/** A battery behind its internal resistance. Charge moves its open-circuit voltage along the curve. */
export class Battery {
  /** Percent. */
  soc: number;
  /** Open-circuit volts. */
  volts = 0;
  private readonly cells: number;
  /** Coulombs between empty and full. */
  private readonly capacity: number;

  constructor({ cellsInSeries, wattHours, soc }: BatteryConfig) {
    this.cells = cellsInSeries;
    this.capacity = (wattHours * 3600) / (cellsInSeries * meanCellVolts);
    this.soc = soc;
    this.take(0);
  }

  /** Coulombs in (positive) or out. */
  take(charge: number): void {
    this.soc = Math.min(100, Math.max(0, this.soc + (100 * charge) / this.capacity));
    this.volts = cellVolts(this.soc) * this.cells;
  }
}
