import type { PhysicalValue } from "../iso15118-2";

type Unit = PhysicalValue["Unit"];

const largest = 32_767;

/** `value` in `unit` as a PhysicalValue, with the finest multiplier (10^-2 at best) at which it fits; what does not fit at all is clipped. */
export function physical(value: number, Unit: Unit): PhysicalValue {
  for (let Multiplier = Number.isInteger(value) ? 0 : -2; Multiplier <= 3; Multiplier++) {
    const Value = Math.round(value / 10 ** Multiplier);
    if (Math.abs(Value) <= largest) return { Multiplier, Unit, Value };
  }
  return { Multiplier: 3, Unit, Value: Math.sign(value) * largest };
}

/** Number meant by a PhysicalValue, in its unit. */
export const amount = ({ Value, Multiplier }: PhysicalValue): number =>
  Multiplier >= 0 ? Value * 10 ** Multiplier : Value / 10 ** -Multiplier;
