import { InvalidArgumentError } from "commander";

/** Parser of a number option within bounds. */
export const numberBetween =
  (least: number, most: number, integer = false) =>
  (text: string): number => {
    const value = Number(text);
    if (
      text.trim() === "" ||
      !Number.isFinite(value) ||
      value < least ||
      value > most ||
      (integer && !Number.isInteger(value))
    ) {
      throw new InvalidArgumentError(`${integer ? "an integer" : "a number"} from ${least} to ${most} is needed.`);
    }
    return value;
  };
