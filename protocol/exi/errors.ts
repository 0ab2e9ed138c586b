/** A stream that its schema set does not describe: the sender's fault. */
export class Undecodable extends Error {
  readonly layer = "exi";
  /** Position of the refusal, in bits from the start of the stream. */
  readonly offset: number;
  /** Where in the message, element by element: "V2G_Message/Body/SessionSetupReq/EVCCID". */
  readonly path: string;
  readonly reason: string;

  constructor(offset: number, path: string, reason: string) {
    super(`${reason} (bit ${offset}${path === "" ? "" : `, in ${path}`})`);
    this.name = "Undecodable";
    this.offset = offset;
    this.path = path;
    this.reason = reason;
  }
}

/** A value that the schema set has no stream for: our own fault. */
export class Unencodable extends Error {
  readonly layer = "exi";
  readonly path: string;
  readonly reason: string;

  constructor(path: string, reason: string) {
    super(`${reason}${path === "" ? "" : ` (in ${path})`}`);
    this.name = "Unencodable";
    this.path = path;
    this.reason = reason;
  }
}

/** A refusal on its way out: each level it leaves adds its name to the path. */
export class Refusal extends Error {
  readonly path: string[] = [];
  /** In bits; decoding only. */
  readonly offset: number;

  constructor(reason: string, offset = 0) {
    super(reason);
    this.offset = offset;
  }
}

/** Adds one step to the path of a refusal; anything else passes as it is. */
export function at(step: string, error: unknown): unknown {
  if (error instanceof Refusal) error.path.push(step);
  return error;
}

export const pathOf = (refusal: Refusal): string => refusal.path.toReversed().join("/");

/** The reason for refusing what strict senders never write: an event that the schema does not foresee. */
export const deviation = "an EXI event for a deviation from the schema";

export const wrong = (expected: string, actual: unknown): never => {
  throw new Refusal(`${expected} expected, not ${describe(actual)}`);
};

/** A short text for what stands where something else should. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return value.length > 40 ? `"${value.slice(0, 40)}…"` : `"${value}"`;
  if (Array.isArray(value)) return "an array";
  return typeof value === "number" || typeof value === "boolean" ? String(value) : `a value of type ${typeof value}`;
}
