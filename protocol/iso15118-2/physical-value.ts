import { example, integers, oneOf, short, type TypeOf } from "../schema";
import { dataTypes } from "./namespaces";

export const unitMultiplierType = integers(-3, 3);

export const unitSymbolType = oneOf("h", "m", "s", "A", "V", "W", "Wh");

export const PhysicalValueType = dataTypes.type({
  Multiplier: unitMultiplierType,
  Unit: unitSymbolType,
  Value: short,
});
export type PhysicalValue = TypeOf<typeof PhysicalValueType>;

export type Unit = PhysicalValue["Unit"];
const measured =
  (Unit: Unit) =>
  (Value: number, Multiplier = 0) =>
    example(PhysicalValueType, { Multiplier, Unit, Value });

/* Fields whose default is this value: `EVTargetVoltage: volts(400)`. The second argument is the power of ten. */
export const volts = measured("V");
export const amperes = measured("A");
export const watts = measured("W");
export const wattHours = measured("Wh");
export const seconds = measured("s");

/** The value in its unit: 4000 V × 10^-1 is 400. */
export const amount = ({ Multiplier, Value }: PhysicalValue): number =>
  Multiplier < 0 ? Value / 10 ** -Multiplier : Value * 10 ** Multiplier;

const LARGEST = 32767;

/** A quantity with the finest multiplier at which its value fits 16 bits, rounded; beyond ±32767 × 10^3 it is clamped. */
export function physical(quantity: number, Unit: Unit): PhysicalValue {
  for (let Multiplier = -3; Multiplier <= 3; Multiplier++) {
    const Value = Math.round(Multiplier < 0 ? quantity * 10 ** -Multiplier : quantity / 10 ** Multiplier);
    if (Math.abs(Value) <= LARGEST) return shortest({ Multiplier, Unit, Value });
  }
  return { Multiplier: 3, Unit, Value: Math.sign(quantity) * LARGEST };
}

/** 400 V × 10^0 rather than 4000 V × 10^-1. */
function shortest({ Multiplier, Unit, Value }: PhysicalValue): PhysicalValue {
  if (Value === 0) return { Multiplier: 0, Unit, Value: 0 };
  return Multiplier < 0 && Value % 10 === 0
    ? shortest({ Multiplier: Multiplier + 1, Unit, Value: Value / 10 })
    : { Multiplier, Unit, Value };
}
