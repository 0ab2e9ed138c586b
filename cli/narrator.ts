import type { EventOf, PowerSample, TraceEvent } from "../core/trace";
import type { PhysicalValue } from "../protocol/iso15118-2";
import { amount } from "../protocol/v2g";

type Fields = Record<string, unknown>;

/** Tells a session as it happens, one line an event worth a line; polls of the same kind are counted instead of repeated. */
export class Narrator {
  private readonly write: (line: string) => void;
  private repeated = 0;
  private last = "";

  constructor(write: (line: string) => void) {
    this.write = write;
  }

  hear(event: TraceEvent): void {
    const told = tell(event);
    if (!told) return;
    const [who, what, kind] = told;
    if (kind !== undefined && kind === this.last) {
      this.repeated++;
      return;
    }
    this.flush();
    this.last = kind ?? "";
    this.write(`${stamp(event.t)}  ${who.padEnd(6)} ${what}`);
  }

  /** What has been counted and not yet told. */
  flush(): void {
    if (this.repeated > 0) this.write(`${"".padStart(10)}  ${"".padEnd(6)} … and ${this.repeated} more`);
    this.repeated = 0;
  }
}

const stamp = (t: number): string => `${(t / 1000).toFixed(3).padStart(9)}s`;

type Told = readonly [who: string, what: string, kind?: string | undefined];

function tell(event: TraceEvent): Told | undefined {
  switch (event.type) {
    case "stimulus":
      return ["bench", event.what];
    case "pilot":
      return event.node === "plant" ? ["pilot", pilot(event)] : undefined;
    case "mme":
      return event.dir === "tx" && slacNames.test(event.name)
        ? [event.node, event.name, `${event.node} ${event.name}`]
        : undefined;
    case "sdp":
      return event.dir === "tx" ? [event.node, event.name] : undefined;
    case "v2g":
      return event.dir === "tx" ? [event.node, `${event.name.padEnd(29)} ${gist(event)}`, poll(event)] : undefined;
    case "connection":
      return event.op === "open" && event.node === "evcc"
        ? ["evcc", `connected to [${event.peer.address}]:${event.peer.port}`]
        : closed(event);
    case "log":
      return event.text === "metrics" || event.level === "debug"
        ? undefined
        : [event.node, `${event.text} ${brief(event.fields)}`];
    default:
      return undefined;
  }
}

/** The messages of a match; what host and modem say to each other is left out. */
const slacNames = /^CM_(SLAC|START_ATTEN|MNBC|ATTEN_CHAR|VALIDATE)/;

const pilot = ({ state, dutyPercent, high }: EventOf<"pilot">): string =>
  `${state}  ${high.toFixed(1)} V${dutyPercent === undefined ? "" : `  ${dutyPercent} %`}`;

const closed = (event: EventOf<"connection">): Told | undefined =>
  event.by === "local" && event.op !== "open" ? [event.node, `connection closed (${event.op})`] : undefined;

const polls = /^(CableCheck|PreCharge|CurrentDemand|WeldingDetection|Authorization)Re[qs]$/;

/** Requests and responses of one poll are one kind: the first pair is told, the others are counted. */
const poll = ({ name, fields }: EventOf<"v2g">): string | undefined => {
  if (!polls.test(name)) return undefined;
  const finished = (fields as Fields | undefined)?.EVSEProcessing === "Finished";
  return finished ? undefined : name.replace(/Re[qs]$/, "");
};

/** The fields by which a person follows a session. */
function gist({ fields }: EventOf<"v2g">): string {
  const all = (fields ?? {}) as Fields;
  const shown = [
    "ResponseCode",
    "EVSEProcessing",
    "ChargeProgress",
    "EVSEPresentVoltage",
    "EVSEPresentCurrent",
    "EVTargetVoltage",
    "EVTargetCurrent",
  ];
  const values = shown.filter((name) => name in all && all[name] !== "OK").map((name) => short(name, all[name]));
  return values.join("  ");
}

const short = (name: string, value: unknown): string =>
  typeof value === "object" && value !== null && "Unit" in value
    ? `${name.replace(/^EVSE|^EV/, "")} ${amount(value as PhysicalValue)} ${(value as PhysicalValue).Unit}`
    : String(value);

const brief = (fields: object | undefined): string =>
  Object.entries(fields ?? {})
    .map(([name, value]) => `${name}=${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join(" ");

/** One line for the foot of a terminal. */
export const gauge = (t: number, { outlet, current, energy, soc, battery }: PowerSample): string =>
  `${stamp(t)}  ${outlet.toFixed(1).padStart(6)} V ${current.toFixed(1).padStart(6)} A  ${((outlet * current) / 1000).toFixed(1).padStart(5)} kW  ` +
  `${energy.toFixed(1)} Wh  battery ${battery.toFixed(1)} V ${soc.toFixed(2)} %`;
