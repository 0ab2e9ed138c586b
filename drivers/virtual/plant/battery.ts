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
  private cells = 1;
  /** The straight piece of the curve that holds the present state of charge: its ends, volts at the lower, volts per percent. */
  private low = 0;
  private high = 0;
  private from = 0;
  private slope = 0;
  /** Coulombs between empty and full. */
  private capacity = 1;

  constructor(config: BatteryConfig) {
    this.soc = config.soc;
    this.become(config);
  }

  /** Another battery, as of another car. */
  become({ cellsInSeries, wattHours, soc }: BatteryConfig): void {
    this.cells = cellsInSeries;
    this.capacity = (wattHours * 3600) / (cellsInSeries * meanCellVolts);
    this.soc = soc;
    this.findPiece();
    this.take(0);
  }

  /** Coulombs in (positive) or out. */
  take(charge: number): void {
    this.soc = Math.min(100, Math.max(0, this.soc + (100 * charge) / this.capacity));
    if (!(this.soc >= this.low && this.soc < this.high)) this.findPiece();
    this.volts = this.from + this.slope * (this.soc - this.low);
  }

  private findPiece(): void {
    const at = Math.max(1, cell.findLastIndex(([start]) => start <= this.soc) + 1);
    const [low, from] = cell[Math.min(at, cell.length - 1) - 1]!;
    const [high, to] = cell[Math.min(at, cell.length - 1)]!;
    this.low = low;
    this.high = high;
    this.from = from * this.cells;
    this.slope = ((to - from) * this.cells) / (high - low);
  }
}
