import type { PilotState } from "../../core/pilot";

/** What stands on the line by the helper's rule, or by the host's `cp.drive`. */
export type HelperDrive = "auto" | "x1" | "x2" | "e" | "f";

/** The helper's periodic report, as far as we use it (firmware/PROTOCOL.md, chapter 2). */
export interface HelperStatus {
  readonly state: PilotState;
  readonly mode: "dc" | "manual";
  /** Duty cycle really on the line, percent; 100 is steady +12 V. */
  readonly out: number;
  /** Plateaus in volts; absent in protocol 1. */
  readonly volts?: { readonly high: number; readonly low: number };
  /** Upper plateau at the ADC. */
  readonly millivolts: number;
  /** Milliseconds since the helper started; absent in protocol 1. */
  readonly ts?: number;
  readonly drive?: HelperDrive;
  readonly diode?: "ok" | "missing" | "unknown";
  readonly contactor?: boolean;
  readonly badLines?: number;
}

export interface HelperEvent {
  readonly method: string;
  readonly ts: number;
  readonly result: Readonly<Record<string, unknown>>;
}

/** One line of the helper. `Unreadable` is a line that is none, or a status that says what cannot be. */
export type HelperLine =
  | { readonly kind: "Status"; readonly status: HelperStatus }
  | { readonly kind: "Event"; readonly event: HelperEvent }
  | { readonly kind: "Result"; readonly id: number; readonly result: Readonly<Record<string, unknown>> }
  | { readonly kind: "Refusal"; readonly id: number; readonly code: number; readonly message: string }
  | { readonly kind: "Pong" }
  | { readonly kind: "Ok"; readonly command?: string }
  | { readonly kind: "Scan"; readonly millivolts: Readonly<Record<string, unknown>> }
  | { readonly kind: "Error"; readonly message: string }
  | { readonly kind: "Unreadable"; readonly status: boolean; readonly why: string };

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const oneOf = <T extends string>(value: unknown, ...allowed: readonly T[]): value is T =>
  (allowed as readonly unknown[]).includes(value);

export const isPilotState = (value: unknown): value is PilotState => oneOf(value, "A", "B", "C", "D", "E", "F");

/** Volts of an event or status; undefined when it has none, or none that can be. */
export function voltsOf(value: unknown): { high: number; low: number } | undefined {
  if (!isObject(value) || !isNumber(value.high) || !isNumber(value.low)) return undefined;
  return { high: value.high, low: value.low };
}

const unreadable = (why: string, status = false): HelperLine => ({ kind: "Unreadable", status, why });

/** Reads one line without its end. Never throws. */
export function readLine(text: string): HelperLine {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return unreadable("no JSON");
  }
  if (!isObject(json)) return unreadable("no object");
  switch (json.type) {
    case "status":
      return readStatus(json);
    case "evt":
      return readEvent(json);
    case "res":
      return readResult(json);
    case "pong":
      return { kind: "Pong" };
    case "ok":
      return { kind: "Ok", ...(typeof json.cmd === "string" && { command: json.cmd }) };
    case "error":
      return { kind: "Error", message: typeof json.msg === "string" ? json.msg : "" };
    default:
      return unreadable("unknown type");
  }
}

function readStatus(json: Json): HelperLine {
  const { state, mode, pwm, cp_mv: millivolts } = json;
  if (!isPilotState(state)) return unreadable("a state that does not exist", true);
  if (!oneOf(mode, "dc", "manual")) return unreadable("a mode that does not exist", true);
  if (!isObject(pwm) || !isNumber(pwm.out) || pwm.out < 0 || pwm.out > 100) return unreadable("no duty", true);
  if (!isNumber(millivolts)) return unreadable("no measurement", true);
  const volts = voltsOf(json.cp_v);
  if (json.cp_v !== undefined && !volts) return unreadable("no volts", true);
  return {
    kind: "Status",
    status: {
      state,
      mode,
      out: pwm.out,
      millivolts,
      ...(volts && { volts }),
      ...(isNumber(json.ts) && { ts: json.ts }),
      ...(oneOf(json.drive, "auto", "x1", "x2", "e", "f") && { drive: json.drive }),
      ...(oneOf(json.diode, "ok", "missing", "unknown") && { diode: json.diode }),
      ...(typeof json.contactor === "boolean" && { contactor: json.contactor }),
      ...(isNumber(json.bad_lines) && { badLines: json.bad_lines }),
    },
  };
}

function readEvent(json: Json): HelperLine {
  const { method, ts, result } = json;
  if (typeof method !== "string" || !isNumber(ts) || !isObject(result)) return unreadable("half an event");
  if (method === "evt:cp.state" && !isPilotState(result.state)) return unreadable("a state that does not exist", true);
  return { kind: "Event", event: { method, ts, result } };
}

function readResult(json: Json): HelperLine {
  const { id, result, error, cmd, mv } = json;
  if (cmd === "cp.scan" && isObject(mv)) return { kind: "Scan", millivolts: mv };
  if (!isNumber(id)) return unreadable("an answer to nothing");
  if (isObject(error) && isNumber(error.code)) {
    return { kind: "Refusal", id, code: error.code, message: typeof error.message === "string" ? error.message : "" };
  }
  return isObject(result) ? { kind: "Result", id, result } : unreadable("half an answer");
}
