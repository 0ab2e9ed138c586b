import type { EventOf, Millis, Node, PilotState, PowerSample, TraceEvent } from "../core";
import { cycleName, fold } from "./folding";
import { byTime, isFrame, isTimeout, likeness, type Transmission, transmissions } from "./wire";

export type Side = "evcc" | "secc";
type Timed = { readonly t: Millis };

/** What one row of a sequence chart shows. */
export type Row =
  | (Timed & { kind: "frame"; passage: Transmission; beside: { evcc?: string; secc?: string } })
  | (Timed & { kind: "pilot"; state: PilotState; text: string })
  | (Timed & { kind: "note"; side: Side; tone: "plain" | "warn"; text: string })
  | (Timed & { kind: "stimulus"; text: string })
  | (Timed & { kind: "connection"; text: string; reset: boolean })
  | (Timed & { kind: "judgement"; event: EventOf<"judgement"> })
  | (Timed & { kind: "fold"; until: Millis; hidden: number; names: string; every: Millis })
  | (Timed & { kind: "gap"; ms: Millis })
  | (Timed & { kind: "section"; text: string })
  | (Timed & { kind: "omitted"; rows: number });

type Recorded = Exclude<Row, { kind: "fold" | "gap" | "section" | "omitted" }>;

export interface RowOptions {
  /** Rows after which the middle is left out; failed judgements and their surroundings always stay. */
  readonly maxRows?: number;
}

/** A silence from which on the chart shows a break. */
const gapFrom = 1000;

const sideOf = (node: Node): Side => (node === "evcc" ? "evcc" : "secc");

/** The rows of a chart in order: frames with what happened beside them, notes, folds and breaks. */
export function chartRows(events: readonly TraceEvent[], options: RowOptions = {}): Row[] {
  const folded = fold(recordedRows(byTime(events)), keyOf).map(
    (entry): Row => (entry.fold ? foldRow(entry.fold) : entry.item),
  );
  return withBreaks(thinned(folded, options.maxRows ?? 150));
}

function recordedRows(events: readonly TraceEvent[]): Recorded[] {
  const passages = new Map(transmissions(events).map((each) => [each.event, each] as const));
  const expiring = expiringTimers(events);
  const rows: Recorded[] = [];
  let power: PowerSample | undefined;
  for (const event of events) {
    if (isFrame(event)) {
      const passage = passages.get(event);
      if (passage) addFrame(rows, passage);
    } else if (event.type === "state") addState(rows, event);
    else if (event.type === "power") {
      const text = power ? powerEdges(power, event) : "";
      if (text) rows.push({ kind: "note", t: event.t, side: "secc", tone: "plain", text });
      power = event;
    } else {
      const row = rowOf(event, expiring);
      if (row) rows.push(row);
    }
  }
  return rows;
}

function rowOf(event: TraceEvent, expiring: ReadonlySet<number>): Recorded | undefined {
  const { t } = event;
  const side = sideOf(event.node);
  switch (event.type) {
    case "pilot": {
      const duty = event.dutyPercent === undefined ? "" : ` · ${event.dutyPercent} %`;
      return { kind: "pilot", t, state: event.state, text: `pilot ${event.state}${duty}` };
    }
    case "timer": {
      const length = event.ms === undefined ? "" : ` ${event.ms >= 1000 ? `${event.ms / 1000} s` : `${event.ms} ms`}`;
      if (!isTimeout(event.name)) return undefined;
      const long = (event.ms ?? 0) >= 1000;
      const name = event.name.replace("slac.", "");
      if (event.op === "expire")
        return { kind: "note", t, side, tone: long ? "warn" : "plain", text: `${name} expired` };
      return long && expiring.has(event.seq)
        ? { kind: "note", t, side, tone: "plain", text: `${name}${length} starts` }
        : undefined;
    }
    case "stimulus":
      return { kind: "stimulus", t, text: event.what };
    case "connection": {
      // One end tells the story: that which acts, and of an opening the vehicle, which connects.
      if (event.op === "open" ? event.node !== "evcc" : event.by === "peer") return undefined;
      const text = { open: "TCP open", refused: "TCP refused", fin: "TCP closed", reset: "TCP reset" }[event.op];
      return {
        kind: "connection",
        t,
        text: `${text} by ${event.node.toUpperCase()}`,
        reset: event.op === "reset" || event.op === "refused",
      };
    }
    case "judgement":
      return { kind: "judgement", t, event };
    case "log":
      return event.level === "error" || event.level === "warn"
        ? { kind: "note", t, side, tone: "warn", text: event.text }
        : undefined;
    default:
      return undefined;
  }
}

function addFrame(rows: Recorded[], passage: Transmission): void {
  const { t, from, to, event } = passage;
  if (from !== "modem" && to !== "modem") return void rows.push({ kind: "frame", t, passage, beside: {} });
  const side = sideOf(event.node);
  // Keys change what a modem hears; its other talk with its host is polling.
  if (event.name !== "CM_SET_KEY.REQ") return;
  const text = `to modem: ${event.name}`;
  const last = rows.at(-1);
  if (last?.kind === "frame" && !last.beside[side] && t - last.t < 50) last.beside[side] = text;
  else rows.push({ kind: "note", t, side, tone: "plain", text });
}

/** A new state stands beside the frame that brought it about, or by itself when no frame did. */
function addState(rows: Recorded[], { t, node, to }: EventOf<"state">): void {
  const side = sideOf(node);
  const last = rows.findLast((row) => row.kind === "frame");
  if (!to) return;
  if (last?.kind === "frame" && t - last.t < 50) last.beside[side] = to;
  else if (last) rows.push({ kind: "note", t, side, tone: "plain", text: to });
}

/** Numbers of the `arm` events whose timer later expires; all others would only be noise. */
function expiringTimers(events: readonly TraceEvent[]): Set<number> {
  const armed = new Map<string, number>();
  const expiring = new Set<number>();
  for (const event of events) {
    if (event.type !== "timer" || !isTimeout(event.name)) continue;
    const key = `${event.node} ${event.name}`;
    if (event.op === "arm") armed.set(key, event.seq);
    else if (event.op === "expire" && armed.has(key)) expiring.add(armed.get(key)!);
  }
  return expiring;
}

function powerEdges(before: PowerSample, now: PowerSample): string {
  const turned = (name: "supply" | "evseContactor" | "evContactor" | "locked", on: string, off: string) =>
    before[name] === now[name] ? [] : [now[name] ? on : off];
  return [
    ...turned("locked", "plug locked", "plug unlocked"),
    ...turned("supply", "supply on", "supply off"),
    ...turned("evseContactor", "EVSE contactor closed", "EVSE contactor open"),
    ...turned("evContactor", "EV contactor closed", "EV contactor open"),
    ...(before.isolation === now.isolation ? [] : [`isolation ${now.isolation}`]),
  ].join(" · ");
}

function keyOf(row: Recorded): string | undefined {
  if (row.kind === "note") return `note ${row.side} ${row.text}`;
  return row.kind === "frame" ? likeness(row.passage) : undefined;
}

function foldRow(run: { hidden: number; period: number; items: readonly Recorded[] }): Row {
  const first = run.items[0]!;
  const cycle = run.items.slice(0, run.period);
  const names = cycle.map((row) =>
    row.kind === "frame" ? row.passage.event.name : row.kind === "note" ? row.text : "",
  );
  const until = run.items.at(-1)!.t;
  const starts = run.items.filter((_, index) => index % run.period === 0);
  const every = starts.length > 1 ? (starts.at(-1)!.t - first.t) / (starts.length - 1) : until - first.t;
  return { kind: "fold", t: first.t, until, hidden: run.hidden, names: cycleName(names), every };
}

/** Leaves out of a chart that would be too long what lies between its ends, its stimuli and its judgements. */
function thinned(rows: Row[], limit: number): Row[] {
  if (rows.length <= limit) return rows;
  const keep = new Set<number>();
  const share = Math.floor(limit * 0.3);
  const mark = (from: number, to: number) => {
    for (let index = Math.max(0, from); index < Math.min(rows.length, to); index++) keep.add(index);
  };
  mark(0, share);
  mark(rows.length - share, rows.length);
  const failed = rows.flatMap((row, index) =>
    row.kind === "judgement" && row.event.verdict !== "pass" ? [index] : [],
  );
  const telling = rows.flatMap((row, index) => (row.kind === "judgement" || row.kind === "stimulus" ? [index] : []));
  for (const index of failed.slice(0, 10)) mark(index - 6, index + 3);
  for (const index of telling) if (keep.size < limit) mark(index - 4, index + 3);
  const shown: Row[] = [];
  rows.forEach((row, index) => {
    const last = shown.at(-1);
    if (keep.has(index)) shown.push(row);
    else if (last?.kind === "omitted") shown[shown.length - 1] = { ...last, rows: last.rows + 1 };
    else shown.push({ kind: "omitted", t: row.t, rows: 1 });
  });
  return shown;
}

const sections = { mme: "Matching (SLAC)", sdp: "Discovery (SDP)", v2g: "V2G session" } as const;

function withBreaks(rows: readonly Row[]): Row[] {
  const broken: Row[] = [];
  const begun = new Set<string>();
  let last: Millis | undefined;
  for (const row of rows) {
    if (last !== undefined && row.t - last >= gapFrom && row.kind !== "omitted")
      broken.push({ kind: "gap", t: last, ms: row.t - last });
    const layer = row.kind === "frame" ? row.passage.event.type : row.kind === "connection" ? "v2g" : undefined;
    if (layer && !begun.has(layer)) {
      begun.add(layer);
      broken.push({ kind: "section", t: row.t, text: sections[layer] });
    }
    broken.push(row);
    last = row.kind === "fold" ? row.until : row.t;
  }
  return broken;
}
