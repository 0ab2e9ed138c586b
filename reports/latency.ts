import type { Millis } from "../core";
import { drawing, fit, line, rect, text } from "./svg";
import type { Colour } from "./theme";
import type { Side, Timing } from "./timing";

export interface HistogramOptions {
  /** Rows of fewer times are left out: they are no distribution. */
  readonly fewest?: number;
  /** Where the longest time of a row leads to, as the target of a link. */
  readonly longestAt?: (timing: Timing) => string | undefined;
}

const area = { left: 760, right: 1116, width: 1132, top: 34, row: 40, bar: 26, head: 40 } as const;
/** The axis has the decades from 0.1 ms to 100 s; what is shorter stands before it. */
const decades = { from: -1, to: 5 } as const;
const binsPerDecade = 8;
const bins = (decades.to - decades.from) * binsPerDecade;
const binWidth = (area.right - area.left) / (bins + 1);

/** 0 is for what is before the axis; the last one takes what is beyond it. */
const binOf = (time: Millis): number =>
  time <= 0 ? 0 : Math.max(0, Math.min(bins, 1 + Math.floor((Math.log10(time) - decades.from) * binsPerDecade)));

const xOf = (time: Millis): number => area.left + binWidth * (1 + (Math.log10(time) - decades.from) * binsPerDecade);

const digits = (time: Millis): string => (time < 10 ? time.toFixed(2) : time.toFixed(time < 100 ? 1 : 0));
const shown = (time: Millis): string => (time >= 1000 ? `${digits(time / 1000)} s` : `${digits(time)} ms`);
/** A round figure. */
const bound = (time: Millis): string => (time >= 1000 ? `${time / 1000} s` : `${time} ms`);

/** The smallest time that so large a share of them does not exceed. */
function quantile(sorted: readonly Millis[], share: number): Millis {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

const columns = [
  { x: 352, name: "number", of: (sorted: readonly Millis[]) => String(sorted.length) },
  { x: 416, name: "median", of: (sorted: readonly Millis[]) => shown(quantile(sorted, 0.5)) },
  {
    x: 478,
    name: "jitter",
    hint: "between the 5 % shortest and the 5 % longest",
    of: (sorted: readonly Millis[]) => shown(quantile(sorted, 0.95) - quantile(sorted, 0.05)),
  },
  { x: 546, name: "99 %", of: (sorted: readonly Millis[]) => shown(quantile(sorted, 0.99)) },
] as const;
const longest = 614;
const limits = { ms: 670, name: 678 } as const;

/** What rows have in common, in the order in which they are drawn. */
const groups: readonly { of: Side; layer: Timing["layer"]; title: string; fill: Colour }[] = [
  { of: "secc", layer: "slac", title: "Station: its parts of the match", fill: "mme" },
  { of: "secc", layer: "v2g", title: "Station: from a request to its response", fill: "v2g" },
  { of: "evcc", layer: "slac", title: "Vehicle: its parts of the match", fill: "mme" },
  { of: "evcc", layer: "v2g", title: "Vehicle: from a response to its next request", fill: "v2g" },
];

/**
 * How long a side took for each thing it did: number, median, jitter, the longest time, and a histogram with what it may take beside it.
 * Undefined where there is nothing to show.
 */
export function latencyHistogram(timings: readonly Timing[], options: HistogramOptions = {}): string | undefined {
  const { fewest = 1, longestAt = () => undefined } = options;
  const rows = timings.filter(({ times }) => times.length >= fewest);
  if (rows.length === 0) return undefined;
  let y: number = area.top;
  const parts = groups.flatMap((group) => {
    const members = rows.filter(({ of, layer }) => of === group.of && layer === group.layer);
    if (members.length === 0) return [];
    const top = y + area.head;
    y = top + members.length * area.row;
    return [
      text(16, top - 14, group.title, { bold: true }),
      grid(top, y),
      ...members.map((each, index) => histogram(each, top + index * area.row, group.fill, longestAt(each))),
    ];
  });
  const ends = [...columns, { x: longest, name: "longest" }, { x: limits.ms, name: "at most" }];
  const heads = ends.map(({ x, name }) => text(x, 24, name, { size: 11, fill: "muted", anchor: "end" }));
  return drawing(area.width, y + 26, "Times", [...heads, scale(24), ...parts, scale(y + 14)].join(""));
}

const marks = Array.from({ length: decades.to - decades.from + 1 }, (_, index) => 10 ** (decades.from + index));

const grid = (top: number, bottom: number): string =>
  marks.map((time) => line(xOf(time), top, xOf(time), bottom, "rule")).join("");

const scale = (y: number): string =>
  marks.map((time) => text(xOf(time), y, bound(time), { size: 11, fill: "muted", anchor: "middle" })).join("");

function histogram({ what, times, limit }: Timing, y: number, fill: Colour, href: string | undefined): string {
  const sorted = [...times].sort((a, b) => a - b);
  const counts = Array<number>(bins + 1).fill(0);
  for (const time of sorted) counts[binOf(time)]!++;
  const most = Math.max(...counts);
  const base = y + area.row - 8;
  const late = sorted.filter((time) => time > limit.ms).length;
  const bars = counts.map((count, bin) => {
    if (count === 0) return "";
    const height = Math.max(2, (area.bar * count) / most);
    const over = late > 0 && bin > binOf(limit.ms);
    return rect(area.left + bin * binWidth + 0.5, base - height, binWidth - 1, height, over ? "bad" : fill);
  });
  const last = text(longest, base - 6, shown(sorted.at(-1) ?? 0), {
    size: 11,
    anchor: "end",
    ...(late > 0 ? { fill: "bad", bold: true } : href !== undefined ? { fill: "v2g" } : {}),
  });
  return [
    text(16, base - 6, fit(what.replaceAll("CM_", ""), 300)),
    ...columns.map(({ x, of }) => text(x, base - 6, of(sorted), { size: 11, anchor: "end" })),
    href === undefined ? last : `<a href="${href}">${last}</a>`,
    line(area.left, base, area.right, base, "rule"),
    ...bars,
    limitMark(limit, late, y, base),
  ].join("");
}

function limitMark({ name, ms }: Timing["limit"], late: number, y: number, base: number): string {
  const fill = late > 0 ? "bad" : "muted";
  return [
    text(limits.ms, base - 6, bound(ms), { size: 11, fill, anchor: "end" }),
    text(limits.name, base - 6, fit(name.replace(/^TT_/, ""), area.left - limits.name, 9), { size: 9, fill: "muted" }),
    line(xOf(ms), y + 2, xOf(ms), base, fill, 'stroke-dasharray="3 2"'),
    late > 0 ? text(xOf(ms) + 4, y + 11, `${late} late`, { size: 10, fill }) : "",
  ].join("");
}
