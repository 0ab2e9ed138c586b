import type { PhysicalValue } from "../../protocol/iso15118-2";
import { amount } from "../../protocol/v2g";

/** Fields of a decoded message, as the trace has them. */
export type Fields = Readonly<Record<string, unknown>>;

/** What stands at a path of names, if anything does. */
export const at = (fields: Fields, path: string): unknown =>
  path
    .split(".")
    .reduce<unknown>(
      (value, name) => (typeof value === "object" && value !== null ? (value as Fields)[name] : undefined),
      fields,
    );

/** A PhysicalValue, or a plain number, in its unit; null where there is none. */
export function quantity(fields: Fields, path: string): number | null {
  const value = at(fields, path);
  if (typeof value === "number") return value;
  if (typeof value !== "object" || value === null || !("Value" in value) || !("Multiplier" in value)) return null;
  return amount(value as PhysicalValue);
}

export const textAt = (fields: Fields, path: string): string | null => {
  const value = at(fields, path);
  return typeof value === "string" ? value : null;
};
