import type { EventOf, Millis, PilotState, PowerSample, TraceEvent } from "../core";
import { drawing, fit, line, path, point, rect, text, widthOf } from "./svg";
import { type Colour, colour } from "./theme";
import { byTime } from "./wire";

export interface PlotOptions {
  readonly title?: string;
}

const area = { left: 118, right: 960, width: 1040 } as const;

interface Axis {
  readonly from: Millis;
  readonly to: Millis;
}

const xOf = (axis: Axis, t: Millis): number =>
  area.left + ((t - axis.from) / (axis.to - axis.from)) * (area.right - area.left);

/** A quantity of the power path, drawn as a line that holds its value from sample to sample. */
interface Series {
  readonly label: string;
  readonly colour: Colour;
  readonly of: (sample: PowerSample) => number;
}

const panels: readonly { unit: string; height: number; series: readonly Series[] }[] = [
  {
    unit: "V",
    height: 150,
    series: [
      { label: "battery", colour: "battery", of: (sample) => sample.battery },
      { label: "inlet", colour: "inlet", of: (sample) => sample.inlet },
      { label: "outlet", colour: "outlet", of: (sample) => sample.outlet },
    ],
  },
  { unit: "A", height: 100, series: [{ label: "current", colour: "current", of: (sample) => sample.current }] },
  { unit: "%", height: 56, series: [{ label: "SOC", colour: "soc", of: (sample) => sample.soc }] },
];

const bars: readonly { label: string; colour: Colour; of: (sample: PowerSample) => boolean }[] = [
  { label: "plug locked", colour: "muted", of: (sample) => sample.locked },
  { label: "supply on", colour: "current", of: (sample) => sample.supply },
  { label: "EVSE contactor", colour: "outlet", of: (sample) => sample.evseContactor },
  { label: "EV contactor", colour: "battery", of: (sample) => sample.evContactor },
];

/**
 * Pilot, switches, volts, amperes and state of charge over time as an SVG drawing. Its size is bounded by its width in pixels, not by the
 * number of samples.
 */
export function plot(events: readonly TraceEvent[], options: PlotOptions = {}): string {
  const ordered = byTime(events);
  const samples = ordered.filter((event): event is EventOf<"power"> => event.type === "power");
  const axis = axisOf(ordered);
  const parts: string[] = [];
  let y = 14;
  parts.push(pilotBand(ordered, axis, y));
  y += 34;
  if (samples.length > 0) {
    for (const bar of bars) {
      parts.push(drawBar(bar, samples, axis, y));
      y += 14;
    }
    for (const panel of panels) {
      y += 18;
      parts.push(drawPanel(panel, samples, axis, y));
      y += panel.height;
    }
  }
  const marks = verdictMarks(ordered, axis, 8, y);
  const body = [timeGrid(axis, 44, y), ...parts, marks, timeLabels(axis, y)].join("");
  return drawing(area.width, y + 40, options.title ?? "Pilot and power over time", body);
}

/** All of the trace and a little after it, so that the last change can be seen. */
function axisOf(ordered: readonly TraceEvent[]): Axis {
  const from = ordered[0]?.t ?? 0;
  const length = Math.max(1, (ordered.at(-1)?.t ?? 0) - from);
  return { from, to: from + 1.02 * length };
}

/** Segments of one value: from when, until when. */
function runs<T>(items: readonly { t: Millis; value: T }[], end: Millis): { from: Millis; to: Millis; value: T }[] {
  const found: { from: Millis; to: Millis; value: T }[] = [];
  for (const { t, value } of items) {
    const last = found.at(-1);
    if (last?.value === value) continue;
    if (last) last.to = t;
    found.push({ from: t, to: end, value });
  }
  return found;
}

function pilotBand(events: readonly TraceEvent[], axis: Axis, y: number): string {
  const seen = events.filter((event): event is EventOf<"pilot"> => event.type === "pilot");
  const shown = (event: EventOf<"pilot">) =>
    `${event.state}${event.dutyPercent === undefined ? "" : ` ${event.dutyPercent} %`}`;
  const segments = runs(
    seen.map((event) => ({ t: event.t, value: shown(event) })),
    axis.to,
  );
  const boxes = segments.map(({ from, to, value }) => {
    const x = xOf(axis, from);
    const width = Math.max(1, xOf(axis, to) - x);
    const fill = `pilot-${(value[0] as PilotState).toLowerCase()}` as Colour;
    const steady = value.length === 1;
    const label = [value, value[0]!].find((words) => widthOf(words, 11, true) < width);
    const box = rect(x, y, Math.max(1, width - 1), 22, fill, `rx="2"${steady ? ' fill-opacity="0.45"' : ""}`);
    return label
      ? box +
          text(x + width / 2, y + 15, label, { size: 11, anchor: "middle", bold: true, fill: steady ? "ink" : "paper" })
      : box;
  });
  return text(area.left - 12, y + 15, "pilot", { anchor: "end", size: 11, fill: "muted" }) + boxes.join("");
}

function drawBar(bar: (typeof bars)[number], samples: readonly EventOf<"power">[], axis: Axis, y: number): string {
  const segments = runs(
    samples.map((sample) => ({ t: sample.t, value: bar.of(sample) })),
    axis.to,
  );
  const on = segments.filter((segment) => segment.value);
  const boxes = on.map(({ from, to }) =>
    rect(xOf(axis, from), y, Math.max(1, xOf(axis, to) - xOf(axis, from)), 7, bar.colour, 'rx="2"'),
  );
  const track = line(area.left, y + 3.5, area.right, y + 3.5, "rule");
  return text(area.left - 12, y + 7, bar.label, { anchor: "end", size: 10, fill: "muted" }) + track + boxes.join("");
}

function drawPanel(
  panel: (typeof panels)[number],
  samples: readonly EventOf<"power">[],
  axis: Axis,
  y: number,
): string {
  const values = samples
    .flatMap((sample) => panel.series.map((series) => series.of(sample)))
    .reduce(
      (range, value) =>
        Number.isFinite(value) ? { low: Math.min(range.low, value), high: Math.max(range.high, value) } : range,
      { low: 0, high: panel.unit === "%" ? 100 : 1 },
    );
  const step = niceStep((values.high - values.low) / (panel.height / 36));
  // A hair below zero is noise of the measurement and no reason to draw the half below.
  const low = values.low > -step / 4 ? 0 : Math.floor(values.low / step) * step;
  const high = Math.ceil(values.high / step) * step;
  const yOf = (value: number) =>
    y + panel.height - ((Math.max(low, Math.min(high, value)) - low) / (high - low)) * panel.height;
  const grid: string[] = [];
  for (let value = low; value <= high + step / 2; value += step) {
    grid.push(line(area.left, yOf(value), area.right, yOf(value), "rule", value === 0 ? 'stroke-width="1.4"' : ""));
    grid.push(
      text(area.left - 12, yOf(value) + 4, String(Number(value.toPrecision(6))), {
        anchor: "end",
        size: 10,
        fill: "muted",
      }),
    );
  }
  const curves = panel.series.map((series) => curve(samples, axis, series, yOf));
  return (
    grid.join("") +
    text(14, y + 12, panel.unit, { bold: true }) +
    curves.join("") +
    endLabels(panel.series, samples, y, panel.height, yOf)
  );
}

/** At most four points a pixel column: first, lowest, highest and last value in it. */
function curve(
  samples: readonly EventOf<"power">[],
  axis: Axis,
  series: Series,
  yOf: (value: number) => number,
): string {
  const d: string[] = [];
  let column = -1;
  let held: number[] = [];
  const flush = () => {
    if (held.length === 0) return;
    const kept = new Set([held[0]!, Math.min(...held), Math.max(...held), held.at(-1)!]);
    for (const value of kept) d.push(`${d.length ? "L" : "M"}${point(column, yOf(value))}`);
    held = [held.at(-1)!];
  };
  for (const sample of samples) {
    const value = series.of(sample);
    if (!Number.isFinite(value)) continue;
    const x = Math.round(xOf(axis, sample.t));
    if (x !== column) {
      flush();
      if (held.length) d.push(`L${point(x, yOf(held[0]!))}`);
      column = x;
    }
    held.push(value);
    if (held.length > 5000) held = [held[0]!, Math.min(...held), Math.max(...held), held.at(-1)!];
  }
  flush();
  if (held.length) d.push(`L${point(area.right, yOf(held[0]!))}`);
  return path(d.join(""), `fill="none" stroke="${colour(series.colour)}" stroke-width="1.6" stroke-linejoin="round"`);
}

/** Names at the right, in the order of the last values and never on top of each other. */
function endLabels(
  series: readonly Series[],
  samples: readonly EventOf<"power">[],
  y: number,
  height: number,
  yOf: (value: number) => number,
): string {
  const last = samples.at(-1)!;
  const placed = series
    .map((each) => ({ each, y: yOf(Number.isFinite(each.of(last)) ? each.of(last) : 0) }))
    .sort((a, b) => a.y - b.y);
  let free = y;
  for (const label of placed) {
    label.y = Math.max(free, label.y);
    free = label.y + 13;
  }
  const over = Math.max(0, free - 13 - (y + height));
  return placed
    .map(({ each, y: at }) =>
      text(area.right + 8, at - over + 4, each.label, { size: 11, fill: each.colour, bold: true }),
    )
    .join("");
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1e-6)));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
}

const ticks = (axis: Axis): number[] => {
  const step = niceStep((axis.to - axis.from) / 9);
  const first = Math.ceil(axis.from / step);
  return Array.from({ length: Math.floor(axis.to / step) - first + 1 }, (_, index) => (first + index) * step);
};

const timeGrid = (axis: Axis, top: number, bottom: number): string =>
  ticks(axis)
    .map((t) => line(xOf(axis, t), top, xOf(axis, t), bottom, "rule", 'stroke-dasharray="1 3"'))
    .join("");

function timeLabels(axis: Axis, y: number): string {
  const labels = ticks(axis).map((t) =>
    text(xOf(axis, t), y + 18, String(Number((t / 1000).toPrecision(6))), {
      anchor: "middle",
      size: 10,
      fill: "muted",
    }),
  );
  return `${labels.join("")}${text(area.right + 8, y + 18, "seconds", { size: 10, fill: "muted" })}`;
}

/** Where a judgement did not pass, across all panels. */
function verdictMarks(events: readonly TraceEvent[], axis: Axis, top: number, bottom: number): string {
  const failed = events.filter(
    (event): event is EventOf<"judgement"> => event.type === "judgement" && event.verdict !== "pass",
  );
  return failed
    .slice(0, 20)
    .map((event) => {
      const x = xOf(axis, event.t);
      const anchor = x > (area.left + area.right) / 2 ? "end" : "start";
      const label = fit(`✗ ${event.requirements[0] ?? event.verdict}`, 140, 10);
      const words = text(x + (anchor === "end" ? -4 : 4), bottom + 34, label, {
        size: 10,
        fill: "bad",
        bold: true,
        anchor,
      });
      return line(x, top, x, bottom + 26, "bad", 'stroke-width="1.4" stroke-dasharray="5 3"') + words;
    })
    .join("");
}
