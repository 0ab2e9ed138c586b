import type { EventOf, Millis, Node, TraceEvent } from "../core";
import { fieldsOf, leafName } from "./fields";

export type FrameEvent = EventOf<"mme"> | EventOf<"sdp"> | EventOf<"v2g">;

/** Who spoke or was spoken to; `modem` is the local power-line modem of a node, which records nothing itself. */
export type Party = Node | "modem";

/**
 * One frame on its way. A frame recorded at both ends is one transmission; one that was sent and never seen is `lost`, one that was
 * seen and not sent (a modem's own MME, a sender that records nothing, a frame damaged on the way) has no `sent`.
 */
export interface Transmission {
  readonly t: Millis;
  readonly from: Party;
  readonly to: Party;
  readonly event: FrameEvent;
  readonly sent?: FrameEvent;
  readonly received?: FrameEvent;
  readonly lost: boolean;
}

/** MMEs between a host and its own modem, by name without the suffix; all others cross the power line. */
const modemMmes = /^(VS_|CM_SET_KEY|CM_GET_KEY|CM_ATTEN_PROFILE|CM_NW_INFO|CM_NW_STATS|CM_GET_PROPERTY|CC_)/;

/** The address a host uses for "whichever modem I am wired to", upper-case hex. */
const localcast = "00B052000001";

export const isFrame = (event: TraceEvent): event is FrameEvent =>
  event.type === "mme" || event.type === "sdp" || event.type === "v2g";

const other = (node: Node): Party => (node === "secc" ? "evcc" : node === "evcc" ? "secc" : "bench");

/** Whether a HomePlug frame is between a host and its own modem. */
export const isForModem = (name: string, hex: string): boolean =>
  modemMmes.test(name) || hex.slice(0, 12).toUpperCase() === localcast;

const isModemMme = (event: FrameEvent): boolean => event.type === "mme" && isForModem(event.name, event.hex);

const keyOf = (event: FrameEvent): string => `${event.type} ${event.hex}`;

/** Events by time; those of equal time stay in the order in which they were recorded. */
export function byTime(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const ordered = events.every((event, index) => index === 0 || events[index - 1]!.t <= event.t);
  return ordered ? events : [...events].sort((a, b) => a.t - b.t || a.seq - b.seq);
}

/** The frames of a trace, each once, in order of time. Linear in the trace. */
export function transmissions(events: readonly TraceEvent[]): Transmission[] {
  const ordered = byTime(events);
  const listening = new Set<string>();
  for (const event of ordered) if (isFrame(event) && event.dir === "rx") listening.add(`${event.node} ${event.type}`);
  const sentBy = new Map<string, Mutable[]>();
  const all: Mutable[] = [];
  for (const event of ordered) {
    if (!isFrame(event)) continue;
    if (event.dir === "tx") {
      const to = isModemMme(event) ? "modem" : other(event.node);
      const lost = to !== "modem" && listening.has(`${to} ${event.type}`);
      const at: Mutable = { t: event.t, from: event.node, to, event, sent: event, lost };
      all.push(at);
      const key = keyOf(event);
      const waiting = sentBy.get(key);
      if (waiting) waiting.push(at);
      else sentBy.set(key, [at]);
      continue;
    }
    const match = take(sentBy.get(keyOf(event)), event);
    if (match) {
      match.received = event;
      match.lost = false;
      match.to = event.node;
    } else {
      const from = isModemMme(event) ? "modem" : other(event.node);
      all.push({ t: event.t, from, to: event.node, event, received: event, lost: false });
    }
  }
  return all;
}

type Mutable = { -readonly [K in keyof Transmission]: Transmission[K] };

/** On a stream the oldest equal frame arrives first; on the line an older one that is still missing was lost. */
function take(waiting: Mutable[] | undefined, event: FrameEvent): Mutable | undefined {
  if (!waiting) return undefined;
  const fits = (sent: Mutable) => sent.from !== event.node;
  const index = event.type === "v2g" ? waiting.findIndex(fits) : waiting.findLastIndex(fits);
  return index < 0 ? undefined : waiting.splice(index, 1)[0];
}

/** Equal for passages that a reader takes for the same: same way, name and outcome, whatever their values. */
export function likeness({ event, from, lost }: Transmission): string {
  const telling = fieldsOf(event.fields).filter(({ path }) => /ResponseCode|EVSEProcessing/.test(leafName(path)));
  const error = event.type === "v2g" ? (event.error ?? "") : "";
  return [from, event.name, lost, error, ...telling.map((field) => field.text)].join(" ");
}

/** Timers whose end means something to a reader; the others pace, poll and watch. */
export const isTimeout = (name: string): boolean => /^(?:slac\.)?(?:TT_|V2G_|SDP_|TCP_)/.test(name);
