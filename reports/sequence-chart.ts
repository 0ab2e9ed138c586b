import type { PilotState, TraceEvent } from "../core";
import { column, drawRow, heightOf, type Layout } from "./chart-drawing";
import { chartRows, type Row, type RowOptions, type Side } from "./chart-rows";
import { drawing, line, path, rect, text } from "./svg";
import { type Colour, colour } from "./theme";

export interface ChartOptions extends RowOptions {
  readonly title?: string;
  /** Marked at its lifeline. */
  readonly underTest?: Side;
}

const head = 58;

const timeless: readonly Row["kind"][] = ["gap", "section", "omitted"];

/** The exchange of a trace as an SVG drawing: who sent what to whom and when, repetition folded, judgements at their place. */
export function sequenceChart(events: readonly TraceEvent[], options: ChartOptions = {}): string {
  const rows = chartRows(events, options);
  const layout: Layout = { evcc: rows.some(hasLeftNote) ? 312 : 214 };
  const parts: string[] = [];
  let y = head;
  for (const row of rows) {
    parts.push(drawRow(row, y, heightOf(row), layout));
    y += heightOf(row);
  }
  if (rows.length === 0) {
    const middle = (layout.evcc + column.secc) / 2;
    parts.push(text(middle, y + 24, "nothing was recorded", { fill: "muted", anchor: "middle" }));
    y += 40;
  }
  const behind = [lifelines(rows, layout), pilotRibbon(rows), times(rows), heads(layout, options.underTest)];
  return drawing(column.right, y + 18, options.title ?? "Sequence chart", [...behind, ...parts].join(""));
}

/** Seconds down the left side, each once. */
function times(rows: readonly Row[]): string {
  const labels: string[] = [];
  let y = head;
  let last = "";
  for (const row of rows) {
    const time = timeless.includes(row.kind) ? last : (row.t / 1000).toFixed(3);
    if (time !== last)
      labels.push(`<text x="${column.time}" y="${y + Math.min(heightOf(row), 30) / 2 + 4}">${time}</text>`);
    last = time;
    y += heightOf(row);
  }
  return `<g fill="${colour("muted")}" font-size="11" text-anchor="end">${labels.join("")}</g>`;
}

const hasLeftNote = (row: Row): boolean =>
  (row.kind === "note" && row.side === "evcc") || (row.kind === "frame" && row.beside.evcc !== undefined);

/** Both lifelines, broken where time passes or rows are left out. */
function lifelines(rows: readonly Row[], layout: Layout): string {
  const whole: string[] = [];
  const broken: string[] = [];
  let y = head;
  let from = head;
  const span = (parts: string[], start: number, end: number) => {
    if (end > start) parts.push(`M${layout.evcc} ${start}V${end}M${column.secc} ${start}V${end}`);
  };
  for (const row of rows) {
    const end = y + heightOf(row);
    if (row.kind === "gap" || row.kind === "omitted") {
      span(whole, from, y);
      span(broken, y, end);
      from = end;
    }
    y = end;
  }
  span(whole, from, y);
  const look = `stroke="${colour("rule")}" stroke-width="1.5"`;
  return path(whole.join(""), look) + (broken.length ? path(broken.join(""), `${look} stroke-dasharray="2 5"`) : "");
}

/** The state of the pilot down the left side, in the colour of the state. */
function pilotRibbon(rows: readonly Row[]): string {
  const parts: string[] = [];
  let y = head;
  let from = head;
  let state: PilotState | undefined;
  const until = (end: number) => {
    const fill: Colour = `pilot-${(state ?? "A").toLowerCase()}` as Colour;
    if (state) parts.push(rect(column.ribbon, from, 6, Math.max(2, end - from), fill, 'rx="1.5"'));
  };
  for (const row of rows) {
    const height = heightOf(row);
    if (row.kind === "pilot") {
      until(y + height / 2 - 1);
      from = y + height / 2 + 1;
      state = row.state;
    }
    y += height;
  }
  until(y);
  return parts.join("");
}

function heads(layout: Layout, underTest: Side | undefined): string {
  const one = (x: number, name: string, what: string, side: Side) => {
    const mark = underTest === side;
    const edge = `rx="7" stroke="${colour(mark ? "v2g" : "rule")}" stroke-width="${mark ? 1.6 : 1}"`;
    const title = text(x, 24, name, { anchor: "middle", bold: true, size: 13 });
    const role = text(x, 39, mark ? `${what} · under test` : what, { anchor: "middle", fill: "muted", size: 11 });
    return rect(x - 74, 8, 148, 38, "panel", edge) + title + role + line(x, 46, x, head, "rule", 'stroke-width="1.5"');
  };
  const unit = text(column.time, 39, "seconds", { fill: "muted", size: 10, anchor: "end" });
  return one(layout.evcc, "EVCC", "vehicle", "evcc") + one(column.secc, "SECC", "station", "secc") + unit;
}
