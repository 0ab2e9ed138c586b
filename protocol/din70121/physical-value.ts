import { example, integers, oneOf, short, type TypeOf, usual } from "../schema";
import { dataTypes } from "./namespaces";

export const unitMultiplierType = integers(-3, 3);

export const unitSymbolType = oneOf("h", "m", "s", "A", "Ah", "V", "VA", "W", "W/s", "Wh");

export const PhysicalValueType = dataTypes.type({
  Multiplier: unitMultiplierType,
  Unit: usual(unitSymbolType),
  Value: short,
});
export type PhysicalValue = TypeOf<typeof PhysicalValueType>;

export type Unit = NonNullable<PhysicalValue["Unit"]>;
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
