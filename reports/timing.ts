import type { Direction, EventOf, Millis, TraceEvent } from "../core";
import type { Captured } from "./port-capture";
import { slacMatches } from "./slac";
import { Sniffer } from "./sniffer";
import { byTime } from "./wire";

/** A side whose times are measured. */
export type Side = "secc" | "evcc";

/** How long one side took for the same thing, each time it did it, beside what it may take. */
export interface Timing {
  readonly of: Side;
  readonly layer: "slac" | "v2g";
  /** From which message to which. */
  readonly what: string;
  /** Its name is that of a timer, or the id of a requirement. */
  readonly limit: { readonly name: string; readonly ms: Millis };
  /** In the order in which they were measured. */
  readonly times: readonly Millis[];
}

export interface Seen {
  readonly events: readonly TraceEvent[];
  readonly captured?: Captured | undefined;
}

/** What one side took in a scenario: to answer, or to go on, and in each part of a match that it ends. */
export const timingsOf = (seen: Seen, of: Side): Timing[] => [...phases(seen.events, of), ...turns(seen, of)];

function phases(events: readonly TraceEvent[], of: Side): Timing[] {
  const found = new Found();
  for (const { name: what, by, limit, ms } of slacMatches(events, of).flatMap((match) => match.phases))
    if (by === of || by === "both") found.add({ of, layer: "slac", what, limit }, ms);
  return found.all;
}

/** A message at the interface of the side that is measured. */
interface Message {
  readonly t: Millis;
  readonly dir: Direction;
  readonly name: string;
  readonly connection: number | string;
}

/**
 * From a request to its own response for a station, from a response to the next request for a car, at that side's interface. A message
 * that was followed by another one first has no time.
 */
function turns(seen: Seen, of: Side): Timing[] {
  const open = new Map<Message["connection"], Message>();
  const found = new Found();
  for (const message of messagesOf(seen, of)) {
    const { t, dir, name, connection } = message;
    const heard = open.get(connection);
    if (dir === "rx") open.set(connection, message);
    else open.delete(connection);
    if (dir === "rx" || !heard || !(of === "secc" ? isAnswer(heard.name, name) : isNext(heard.name, name))) continue;
    const what = `${heard.name} → ${of === "secc" ? "Res" : "next request"}`;
    found.add({ of, layer: "v2g", what, limit: limitOf(heard.name, of) }, t - heard.t);
  }
  return found.all;
}

/** Times by what they are of. */
class Found {
  private readonly byWhat = new Map<string, Timing & { times: Millis[] }>();

  get all(): Timing[] {
    return [...this.byWhat.values()];
  }

  add(of: Omit<Timing, "times">, time: Millis): void {
    const known = this.byWhat.get(of.what);
    if (known) known.times.push(time);
    else this.byWhat.set(of.what, { ...of, times: [time] });
  }
}

const isAnswer = (heard: string, said: string): boolean =>
  heard.endsWith("Req") && said === heard.replace(/Req$/, "Res");
const isNext = (heard: string, said: string): boolean => heard.endsWith("Res") && said.endsWith("Req");

/** At the port of its modem where there is a capture that can be read; else as the trace has it, from the other end if need be. */
function messagesOf({ events, captured }: Seen, of: Side): Message[] {
  const atPort = captured ? messagesAt(captured, of) : [];
  if (atPort.length > 0) return atPort;
  const frames = byTime(events).filter((event): event is EventOf<"v2g"> => event.type === "v2g");
  const own = frames.filter(({ node }) => node === of);
  if (own.length > 0) return own;
  return frames.map(({ t, dir, name, connection }) => ({ t, dir: dir === "tx" ? "rx" : "tx", name, connection }));
}

function messagesAt({ frames }: Captured, of: Side): Message[] {
  const sniffer = new Sniffer();
  const own = frames.filter(({ node }) => node === of).sort((a, b) => a.t - b.t);
  return own.flatMap(({ t, dir, frame }) =>
    sniffer
      .hear(t, frame)
      .filter(({ layer }) => layer === "v2g")
      .map(({ name }): Message => ({ t, dir: dir === "in" ? "tx" : "rx", name, connection: "at the port" })),
  );
}

/** What a station may take for a request that has a time of its own; for all others HIL-TM06. */
const performanceTimes: Readonly<Record<string, Timing["limit"]>> = {
  PowerDeliveryReq: { name: "HIL-TM07", ms: 4_500 },
  CertificateInstallationReq: { name: "HIL-TM07", ms: 4_500 },
  CertificateUpdateReq: { name: "HIL-TM07", ms: 4_500 },
  CurrentDemandReq: { name: "HIL-TM08", ms: 25 },
};
const otherwise: Readonly<Record<Side, Timing["limit"]>> = {
  secc: { name: "HIL-TM06", ms: 1_500 },
  evcc: { name: "HIL-TM09", ms: 40_000 },
};
const limitOf = (from: string, of: Side): Timing["limit"] =>
  (of === "secc" ? performanceTimes[from] : undefined) ?? otherwise[of];
