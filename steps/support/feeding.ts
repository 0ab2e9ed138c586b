import type { Millis } from "../../core/clock";
import type { EventOf, PowerSample, TraceEvent } from "../../core/trace";
import { lookup } from "./fields";
import { type HarnessWorld, timing } from "./world";

/** What is known of the vehicle and its session from the outer interfaces of the station, at one time. */
interface Known {
  readonly sample?: PowerSample;
  readonly charging: boolean;
  /** A stop was granted: the vehicle may show B while the last amperes go. */
  readonly stopped: boolean;
  /** What the vehicle has last asked for by PowerDeliveryReq. */
  readonly progress?: unknown;
  readonly authorised: boolean;
  /** The connection on which a session was set up. */
  readonly session?: number | undefined;
}

/** A condition of feeding, and how long it may be hurt before the power has to be off. */
interface Condition {
  readonly text: string;
  readonly holds: (known: Known, sample: PowerSample) => boolean;
  readonly grace: Millis;
}

/** More than a cable check or pre-charge may take (S09, S15), with what a ripple adds. */
const delivers = ({ current }: PowerSample): boolean => current > 2.5;

const conditions: readonly Condition[] = [
  { text: "locked (S20)", holds: (_, { locked }) => locked, grace: 100 },
  { text: "in state C or D (S01, S02)", holds: ({ charging, stopped }) => charging || stopped, grace: 100 },
  { text: "authorised", holds: ({ authorised }) => authorised, grace: 0 },
  { text: "in a session (TC03)", holds: ({ session }) => session !== undefined, grace: 1_000 },
  // An error shutdown asks the vehicle to stop and leaves it time (CC.5.1).
  { text: "insulated (S13)", holds: (_, sample) => !delivers(sample) || sample.isolation === "Valid", grace: 12_000 },
];

const nothingKnown: Known = { charging: false, stopped: false, authorised: false };

/** What an event adds to it. */
function learnt(known: Known, event: TraceEvent): Known {
  switch (event.type) {
    case "power":
      return { ...known, sample: event };
    case "pilot":
      return { ...known, charging: event.state === "C" || event.state === "D" };
    case "connection":
      return event.op !== "open" && event.connection === known.session ? { ...known, session: undefined } : known;
    case "v2g":
      if (event.node !== "secc") return known;
      return event.dir === "tx" ? answered(known, event) : asked(known, event);
    default:
      return known;
  }
}

const asked = (known: Known, { name, fields }: EventOf<"v2g">): Known =>
  name === "PowerDeliveryReq" ? { ...known, progress: lookup(fields, "ChargeProgress") } : known;

function answered(known: Known, { name, fields, connection }: EventOf<"v2g">): Known {
  if (!String(lookup(fields, "ResponseCode")).startsWith("OK")) return known;
  if (name === "SessionSetupRes") return { ...known, session: connection, authorised: false, stopped: false };
  if (name === "AuthorizationRes" && lookup(fields, "EVSEProcessing") === "Finished")
    return { ...known, authorised: true };
  if (name === "PowerDeliveryRes") return { ...known, stopped: known.progress !== "Start" };
  return known;
}

const fed = ({ supply, evseContactor }: PowerSample): boolean => supply && evseContactor;

/** Texts of the conditions that were hurt for longer than they may be, with the time. */
function offences({ bench, secc }: HarnessWorld): string[] {
  const found = new Set<string>();
  const since = new Map<Condition, Millis>();
  let known = nothingKnown;
  let permitted = secc.authorisation !== "external";
  // What is seen by different eyes may be told in another order.
  const events = [...bench.trace.events].sort((a, b) => a.t - b.t || a.seq - b.seq);
  for (const event of events) {
    if (event.type === "stimulus" && event.what === "authorise") permitted = true;
    const before = known;
    known = learnt(known, event);
    if (known === before && since.size === 0) continue;
    for (const condition of conditions) {
      const { sample } = known;
      const right =
        !sample || !fed(sample) || condition.holds({ ...known, authorised: known.authorised && permitted }, sample);
      if (right) since.delete(condition);
      else if (!since.has(condition)) since.set(condition, event.t);
      const from = since.get(condition);
      if (from !== undefined && event.t - from >= condition.grace + (condition.grace > 0 ? timing : 0))
        found.add(`not ${condition.text} at ${from.toFixed(0)} ms`);
    }
  }
  return [...found];
}

/** The station's power path against all of its conditions, from the beginning of the trace; a silent look judges only what is wrong. */
export function judgeFeeding(world: HarnessWorld, silent = false): void {
  const found = offences(world);
  if (silent && found.length === 0) return;
  world.judge({
    text: "power at the outlet (HIL-S27)",
    required: "only to a vehicle that is authorised, locked, in C or D, insulated, in a session",
    measured: found.join("; ") || "so",
    passed: found.length === 0,
  });
}
