import { hex } from "../core";

/** A leaf of a message: its path, without the wrappers that every message has, and its value as text. */
export interface Field {
  readonly path: string;
  readonly text: string;
}

/** Wrappers that say nothing to a reader; the message's own name is dropped as well. */
const wrappers = new Set(["V2G_Message", "Header", "Body"]);

/** Last names of a path whose value a reader looks for first, in this order. */
const first = [
  "ResponseCode",
  "EVSEProcessing",
  "ChargeProgress",
  "ChargingSession",
  "SessionID",
  "EVSEStatusCode",
  "EVErrorCode",
  "EVTargetVoltage",
  "EVTargetCurrent",
  "EVSEPresentVoltage",
  "EVSEPresentCurrent",
  "RunID",
];

/** Names that summaries of a line leave out: addresses, lengths and constants of MMEs. */
const constant = new Set(
  "da sa mmv APPLICATION_TYPE SECURITY_TYPE M-SOUND_TARGET SenderID SOURCE_ID RESP_ID PEV_ID EVSE_ID RSVD Rnd OUI MVFLength PID PRN PMN CCoCapability AAG".split(
    " ",
  ),
);

/** Values that are as expected nearly always and are left out of one-line summaries. */
const unremarkable: Readonly<Record<string, readonly string[]>> = {
  EVErrorCode: ["NO_ERROR"],
  EVReady: ["true"],
  EVSEStatusCode: ["EVSE_Ready"],
  EVSENotification: ["None"],
  NotificationMaxDelay: ["0"],
  EVSEIsolationStatus: ["Valid"],
  EVSECurrentLimitAchieved: ["false"],
  EVSEVoltageLimitAchieved: ["false"],
  EVSEPowerLimitAchieved: ["false"],
  ChargingComplete: ["false"],
};

const longest = 48;

export const shorten = (text: string, length = longest): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

export const leafName = (path: string): string => path.slice(path.lastIndexOf(".") + 1).replace(/\[\d+\]$/, "");

/** A physical value of DIN 70121 or ISO 15118-2 (`Multiplier`, `Unit`, `Value`) or ISO 15118-20 (`Exponent`, `Value`). */
function physical(value: object): string | undefined {
  const { Multiplier, Exponent, Unit, Value } = value as Record<string, unknown>;
  const power = Multiplier ?? Exponent;
  if (power === undefined || Value === undefined) return undefined;
  const scaled = Number(Value) * 10 ** Number(power);
  return `${Number(scaled.toPrecision(12))}${Unit === undefined ? "" : ` ${Unit}`}`;
}

/** All leaves of a decoded message, in its own order, at most `limit` of them. Safe for cycles and depth. */
export function fieldsOf(value: object | undefined, name = "", limit = 400): Field[] {
  const found: Field[] = [];
  const walk = (item: unknown, path: string, depth: number): void => {
    if (found.length >= limit || item === undefined) return;
    const leaf = leafOf(item, depth);
    if (leaf !== undefined) return void found.push({ path: path || "value", text: leaf });
    for (const [key, inner] of Object.entries(item as object)) {
      const step = Array.isArray(item)
        ? `[${key}]`
        : wrappers.has(key) || key === name
          ? ""
          : `${path ? "." : ""}${key}`;
      walk(inner, `${path}${step}`, depth + 1);
    }
  };
  if (value) walk(value, "", 0);
  return found;
}

function leafOf(item: unknown, depth: number): string | undefined {
  if (item === null || typeof item !== "object") return String(item);
  if (item instanceof Uint8Array) return hex(item);
  if (depth > 24) return "…";
  if (Array.isArray(item)) return item.every((each) => typeof each !== "object") ? item.join(", ") : undefined;
  return physical(item);
}

/** The fields that tell one message from the next, as `Name=value`, remarkable ones first; at most `count`. */
export function summary(value: object | undefined, name = "", count = 6): string[] {
  const rank = (field: Field) => {
    const index = first.indexOf(leafName(field.path));
    return index < 0 ? first.length : index;
  };
  const told = (field: Field) => {
    const leaf = leafName(field.path);
    // Every message of a session carries the id; it tells something only where it is assigned.
    if (constant.has(leaf)) return false;
    return leaf === "SessionID" ? /^SessionSetup/.test(name) : !unremarkable[leaf]?.includes(field.text);
  };
  const fields = fieldsOf(value, name).filter(told);
  const ranked = fields
    .map((field, index) => ({ field, key: rank(field) * 1000 + index }))
    .sort((a, b) => a.key - b.key);
  const shown = ranked.slice(0, count).map(({ field }) => `${leafName(field.path)}=${shorten(field.text)}`);
  return fields.length > count ? [...shown, `+${fields.length - count}`] : shown;
}

/** The response code of a message, wherever it stands. */
export const responseCode = (value: object | undefined): string | undefined =>
  fieldsOf(value).find((field) => leafName(field.path) === "ResponseCode")?.text;

export const isRefusal = (code: string | undefined): boolean => code !== undefined && /^fail/i.test(code);
