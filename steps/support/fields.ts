import type { PhysicalValue } from "../../protocol/iso15118-2";
import { amount, physical } from "../../protocol/v2g";

type Fields = Record<string, unknown>;

/** Value at a path such as `DC_EVSEStatus.EVSENotification` or `AppProtocol[0].Priority`; undefined where there is none. */
export function lookup(fields: object | undefined, path: string): unknown {
  return keys(path).reduce<unknown>((value, key) => (value as Fields | undefined)?.[key], fields);
}

/** A copy of the fields with one changed: `absent` removes it, `400 V` is a physical value, `"42"` a text, numbers and booleans are such. */
export function withField(fields: object, path: string, text: string): object {
  const copy = structuredClone(fields) as Fields;
  const steps = keys(path);
  const last = steps.pop() ?? "";
  const parent = steps.reduce<Fields>((value, key) => {
    value[key] ??= {};
    return value[key] as Fields;
  }, copy);
  if (text === "absent") delete parent[last];
  // A text of digits stays a text where one is.
  else parent[last] = typeof parent[last] === "string" && /^\d+$/.test(text) ? text : parse(text);
  return copy;
}

const keys = (path: string): string[] => path.replaceAll("[", ".").replaceAll("]", "").split(".");

const quantity = /^(-?\d+(?:\.\d+)?) (h|m|s|A|V|W|Wh)$/;

function parse(text: string): unknown {
  const measured = quantity.exec(text);
  if (measured) return physical(Number(measured[1]), measured[2] as PhysicalValue["Unit"]);
  if (text.startsWith('"')) return text.slice(1, -1);
  if (text === "true" || text === "false") return text === "true";
  return /^(-?\d{1,15}|0x[0-9A-Fa-f]+)$/.test(text) ? Number(text) : text;
}

/** Whether a value is what a table says: a literal, `any`, `absent`, `not …`, `one of a, b`, or a list `a, b` of which each has to be there. */
export function agrees(value: unknown, wanted: string): boolean {
  if (wanted === "absent") return value === undefined;
  if (wanted.startsWith("one of ")) return list(wanted.slice(7)).some((each) => agrees(value, each));
  if (value === undefined) return false;
  if (wanted === "any") return true;
  if (wanted.startsWith("not ")) return !agrees(value, wanted.slice(4));
  if (Array.isArray(value)) return list(wanted).every((each) => value.map(String).includes(each));
  const measured = quantity.exec(wanted);
  if (measured && isPhysical(value)) return amount(value) === Number(measured[1]) && value.Unit === measured[2];
  if (wanted.startsWith("0x")) return value === Number(wanted);
  return String(value) === wanted;
}

const list = (text: string): string[] => text.split(",").map((each) => each.trim());

export const isPhysical = (value: unknown): value is PhysicalValue =>
  typeof value === "object" && value !== null && "Unit" in value && "Multiplier" in value;

/** A value as a judgement shows it. */
export function show(value: unknown): string {
  if (value === undefined) return "absent";
  if (isPhysical(value)) return `${amount(value)} ${value.Unit}`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
