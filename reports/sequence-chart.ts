import type { PilotState, TraceEvent } from "../core";
import { column, drawRow, heightOf, type Layout } from "./chart-drawing";
import { chartRows, type Row, type RowOptions, type Side } from "./chart-rows";
import { type DrawingOptions, drawing, line, rect, text } from "./svg";
import { type Colour, colour } from "./theme";

export interface ChartOptions extends RowOptions, DrawingOptions {
  readonly title?: string;
  /** Marked at its lifeline. */
  readonly underTest?: Side;
}

const head = 58;

const timeless: readonly Row["kind"][] = ["gap", "section", "omitted"];

/** The exchange of a trace as an SVG drawing: who sent what to whom and when, repetition folded, judgements at their place. */
export function sequenceChart(events: readonly TraceEvent[], options: ChartOptions = {}): string {
  const rows = chartRows(events, options);
  const layout: Layout = { evcc: rows.some(hasLeftNote) ? 300 : 214 };
  const behind: string[] = [];
  const parts: string[] = [];
  let y = head;
  let lastTime = "";
  for (const row of rows) {
    const height = heightOf(row);
    const time = timeless.includes(row.kind) ? "" : (row.t / 1000).toFixed(3);
    if (time && time !== lastTime) {
      parts.push(text(column.time, y + Math.min(height, 30) / 2 + 4, time, { fill: "muted", size: 11, anchor: "end" }));
      lastTime = time;
    }
    behind.push(lifelines(layout, y, height, row.kind === "gap" || row.kind === "omitted"));
    parts.push(drawRow(row, y, height, layout));
    y += height;
  }
  if (rows.length === 0) {
    const middle = (layout.evcc + column.secc) / 2;
    parts.push(text(middle, y + 24, "nothing was recorded", { fill: "muted", anchor: "middle" }));
    y += 40;
  }
  const body = [...behind, pilotRibbon(rows), heads(layout, options.underTest), ...parts].join("");
  return drawing(column.right, y + 18, options.title ?? "Sequence chart", body, options);
}

const hasLeftNote = (row: Row): boolean =>
  (row.kind === "note" && row.side === "evcc") || (row.kind === "frame" && row.beside.evcc !== undefined);

const lifelines = (layout: Layout, y: number, height: number, broken: boolean): string =>
  [layout.evcc, column.secc]
    .map((x) =>
      line(x, y, x, y + height, "rule", broken ? 'stroke-width="1.5" stroke-dasharray="2 5"' : 'stroke-width="1.5"'),
    )
    .join("");

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
