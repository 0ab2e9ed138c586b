import type { EventOf } from "../core";
import type { Row, Side } from "./chart-rows";
import { isRefusal, responseCode, summary } from "./fields";
import { fit, line, markup, point, rect, text, widthOf, wrap } from "./svg";
import { type Colour, colour } from "./theme";

/** Columns in pixels: time, ribbon of the pilot, where notes begin, the station's lifeline, the right edge. */
export const column = { time: 74, ribbon: 84, left: 98, secc: 760, right: 1040 } as const;

/** Where the vehicle's lifeline stands: further right when there are notes beside it. */
export interface Layout {
  readonly evcc: number;
}

const heights: Readonly<Record<Row["kind"], number>> = {
  frame: 27,
  pilot: 22,
  note: 20,
  stimulus: 24,
  connection: 24,
  judgement: 22,
  fold: 30,
  gap: 26,
  section: 30,
  omitted: 30,
};

export const heightOf = (row: Row): number =>
  row.kind === "judgement" && row.event.verdict !== "pass" ? 32 + 15 * explained(row.event).length : heights[row.kind];

const boxed = column.right - column.left - 12;

const explained = (event: EventOf<"judgement">): string[] => [
  ...wrap(`required  ${event.required}${event.tolerance ? ` (${event.tolerance})` : ""}`, boxed - 20, 11),
  ...wrap(`measured  ${event.measured}`, boxed - 20, 11),
];

export function drawRow(row: Row, y: number, height: number, layout: Layout): string {
  const middle = y + height / 2 + 4;
  const centre = (layout.evcc + column.secc) / 2;
  const aside = (content: string) => text(centre, middle, content, { fill: "muted", size: 11, anchor: "middle" });
  switch (row.kind) {
    case "frame":
      return drawFrame(row, y + height - 6, layout);
    case "pilot":
      return text(column.left, middle, row.text, {
        fill: `pilot-${row.state.toLowerCase()}` as Colour,
        size: 11,
        bold: true,
      });
    case "note":
      return beside(row.side, middle, row.text, row.tone === "warn" ? "warn" : "muted", layout);
    case "stimulus":
      return pill(y + 3, height - 6, `▸ ${row.text}`, "stimulus", layout);
    case "connection":
      return pill(y + 3, height - 6, row.text, row.reset ? "bad" : "muted", layout);
    case "judgement":
      return drawJudgement(row.event, y, height);
    case "fold":
      return drawFold(row, y, height, layout);
    case "gap":
      return aside(`${(row.ms / 1000).toFixed(row.ms < 10_000 ? 2 : 1)} s pass`);
    case "section":
      return drawSection(row.text, y, height);
    case "omitted":
      return aside(`${row.rows} rows are not drawn here; the list of messages has them`);
  }
}

function drawFrame(row: Row & { kind: "frame" }, base: number, layout: Layout): string {
  const { event, lost, from } = row.passage;
  const [start, finish] = from === "evcc" ? [layout.evcc, column.secc] : [column.secc, layout.evcc];
  const end = lost ? start + (finish - start) * 0.55 : finish;
  const error = event.type === "v2g" ? event.error : undefined;
  const code = responseCode(event.fields);
  const tone: Colour = error || lost || isRefusal(code) ? "bad" : event.type;
  const tip = lost
    ? `M${point(end - 4, base - 4)}l8 8m0 -8l-8 8`
    : `M${point(end, base)}l${from === "evcc" ? -8 : 8} -3.5v7z`;
  const dashed = error || lost ? ' stroke-dasharray="5 4"' : "";
  const arrow = `<path class="arrow-${tone}" d="M${point(start, base)}H${end}"${dashed}/><path class="arrow-${tone}" d="${tip}"/>`;
  const notes = (["evcc", "secc"] as const).map((side) =>
    beside(side, base + 1, row.beside[side] ?? "", "muted", layout),
  );
  return arrow + frameLabel(event.name, detailOf(row, code, error), base - 6, tone, layout) + notes.join("");
}

function detailOf(row: Row & { kind: "frame" }, code: string | undefined, error: string | undefined): string {
  const { event, lost } = row.passage;
  if (error) return error;
  const fields = event.type === "mme" ? [] : summary(event.fields, event.name, 3);
  const others = fields.filter((field) => !field.startsWith("ResponseCode=") && !field.startsWith("+"));
  const shown = code && code !== "OK" ? [code, ...others] : others;
  return [...(lost ? ["lost"] : []), ...shown.map((field) => field.replace(/^EVSEProcessing=/, ""))].join("  ");
}

/** Name and the fields that matter, centred between the lifelines; what does not fit is cut. */
function frameLabel(name: string, detail: string, y: number, tone: Colour, layout: Layout): string {
  const nameWidth = widthOf(name, 12, true);
  const room = column.secc - layout.evcc - 44 - nameWidth;
  const shown = detail && room > 30 ? fit(detail, room, 11) : "";
  const whole = nameWidth + (shown ? 8 + widthOf(shown, 11) : 0);
  const x = Math.round((layout.evcc + column.secc) / 2 - whole / 2);
  const first = `<tspan class="fr-name">${markup(name)}</tspan>`;
  const second = shown ? `<tspan dx="8" class="fr-${tone === "bad" ? "bad" : "fields"}">${markup(shown)}</tspan>` : "";
  return `<text x="${x}" y="${Math.round(y)}">${first}${second}</text>`;
}

function beside(side: Side, y: number, content: string, tone: Colour, layout: Layout): string {
  if (!content) return "";
  const room = side === "secc" ? column.right - column.secc - 16 : layout.evcc - column.left - 16;
  const style = { fill: tone, size: 11, bold: tone === "warn" } as const;
  const shown = fit(content, room, 11);
  return side === "secc"
    ? text(column.secc + 12, y, shown, style)
    : text(layout.evcc - 12, y, shown, { ...style, anchor: "end" });
}

function pill(y: number, height: number, content: string, tone: Colour, layout: Layout): string {
  const centre = (layout.evcc + column.secc) / 2;
  const width = Math.min(column.secc - layout.evcc - 24, widthOf(content, 11, true) + 22);
  const edge = `rx="${height / 2}" stroke="${colour(tone)}" stroke-width="1"`;
  const label = text(centre, y + height / 2 + 4, fit(content, width - 10, 11), {
    fill: tone,
    size: 11,
    anchor: "middle",
    bold: true,
  });
  return rect(centre - width / 2, y, width, height, "paper", edge) + label;
}

function drawFold(row: Row & { kind: "fold" }, y: number, height: number, layout: Layout): string {
  const width = column.secc - layout.evcc - 24;
  const edge = `rx="5" stroke="${colour("rule")}" stroke-dasharray="3 3"`;
  const period = row.every < 1000 ? `${Math.round(row.every)} ms` : `${(row.every / 1000).toFixed(2)} s`;
  const tail = `× ${row.hidden} more${row.every > 0 ? `, every ${period}` : ""}`;
  const label = `${fit(row.names, width - widthOf(tail, 11, true) - 30, 11)}  ${tail}`;
  const style = { anchor: "middle", size: 11, fill: "muted", bold: true } as const;
  return (
    rect(layout.evcc + 12, y + 4, width, height - 8, "panel", edge) +
    text((layout.evcc + column.secc) / 2, y + height / 2 + 4, label, style)
  );
}

function drawSection(title: string, y: number, height: number): string {
  const base = y + height / 2 + 6;
  const label = title.toUpperCase();
  const words = text(column.left, base + 3.5, label, { fill: "muted", size: 10, bold: true });
  const start = column.left + label.length * 8.4 + 8;
  return `${line(start, base, column.right - 12, base, "rule")}<g letter-spacing="0.6">${words}</g>`;
}

const toneOf: Readonly<Record<string, Colour>> = {
  pass: "good",
  "pass-tolerant": "warn",
  "fail-perf": "warn",
  "not applicable": "muted",
};

function drawJudgement(event: EventOf<"judgement">, y: number, height: number): string {
  const tone = toneOf[event.verdict] ?? "bad";
  const ids = event.requirements.join(" ");
  if (event.verdict === "pass") {
    return text(column.left, y + height / 2 + 4, fit(`✓ ${event.text}  ${ids}`, boxed, 11), { fill: tone, size: 11 });
  }
  const panel = tone === "bad" ? "bad-panel" : "warn-panel";
  const box = rect(column.left - 4, y + 2, boxed + 4, height - 4, panel, 'rx="5"');
  const bar = rect(column.left - 4, y + 2, 4, height - 4, tone, 'rx="2"');
  const head = fit(`✗ ${event.verdict}: ${event.text}`, boxed - widthOf(ids, 11, true) - 40);
  const title = text(column.left + 8, y + 19, head, { fill: tone, bold: true });
  const right = text(column.right - 20, y + 19, ids, { fill: tone, size: 11, anchor: "end", bold: true });
  const lines = explained(event).map((content, index) =>
    text(column.left + 8, y + 35 + 15 * index, content, { size: 11 }),
  );
  return box + bar + title + right + lines.join("");
}
