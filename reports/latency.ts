import type { EventOf, Millis, TraceEvent } from "../core";
import { drawing, fit, line, rect, text } from "./svg";
import { byTime } from "./wire";

type Frame = EventOf<"v2g">;

/** Response times of one kind of request, in the order in which they were measured. */
export interface ResponseTimes {
  /** Name of the request. */
  readonly name: string;
  readonly times: readonly Millis[];
}

/** Fewer than these are no distribution. */
const fewest = 5;

/**
 * From a request to its response, as the station's end has seen both, or the car's where the station's records nothing. A request that got
 * no response, or another message first, has no time.
 */
export function responseTimes(events: readonly TraceEvent[]): ResponseTimes[] {
  const frames = byTime(events).filter((event): event is Frame => event.type === "v2g");
  const end = frames.some(({ node }) => node === "secc") ? "secc" : "evcc";
  const asks = end === "secc" ? "rx" : "tx";
  const open = new Map<number, Frame>();
  const found = new Map<string, Millis[]>();
  for (const frame of frames) {
    if (frame.node !== end) continue;
    if (frame.dir === asks) {
      open.set(frame.connection, frame);
      continue;
    }
    const request = open.get(frame.connection);
    open.delete(frame.connection);
    if (!request?.name.endsWith("Req") || frame.name !== request.name.replace(/Req$/, "Res")) continue;
    const times = found.get(request.name) ?? [];
    times.push(frame.t - request.t);
    found.set(request.name, times);
  }
  return [...found].map(([name, times]) => ({ name, times }));
}

/** What a station may take at most, by request, in ms; the times without a row are HIL-TM06, PowerDeliveryReq HIL-TM07, loops HIL-TM08. */
const performanceTimes: Readonly<Record<string, Millis>> = {
  PowerDeliveryReq: 4_500,
  CertificateInstallationReq: 4_500,
  CertificateUpdateReq: 4_500,
  CurrentDemandReq: 25,
};
const performanceTime = (name: string): Millis => performanceTimes[name] ?? 1_500;

const area = { left: 500, right: 1000, width: 1040, row: 44, bar: 30 } as const;
/** The axis has the decades from 0.1 ms to 10 s; what is shorter stands before it. */
const decades = { from: -1, to: 4 } as const;
const binsPerDecade = 8;
const bins = (decades.to - decades.from) * binsPerDecade;
const binWidth = (area.right - area.left) / (bins + 1);

/** 0 is for what is before the axis; the last one takes what is beyond it. */
const binOf = (time: Millis): number =>
  time <= 0 ? 0 : Math.max(0, Math.min(bins, 1 + Math.floor((Math.log10(time) - decades.from) * binsPerDecade)));

const xOf = (time: Millis): number => area.left + binWidth * (1 + (Math.log10(time) - decades.from) * binsPerDecade);

const shown = (time: Millis): string =>
  time >= 1000 ? `${(time / 1000).toFixed(2)} s` : `${time < 10 ? time.toFixed(2) : time.toFixed(0)} ms`;

/** The smallest time that so large a share of them does not exceed. */
function quantile(sorted: readonly Millis[], share: number): Millis {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/**
 * How long the station took to answer, a histogram for each request that came five times at least, with what it may take beside it.
 * Undefined where no request came so often.
 */
export function latencyHistogram(events: readonly TraceEvent[]): string | undefined {
  const rows = responseTimes(events).filter(({ times }) => times.length >= fewest);
  if (rows.length === 0) return undefined;
  const top = 54;
  const bottom = top + rows.length * area.row;
  const heads = [
    text(16, 24, "Response times of the station", { bold: true, size: 14 }),
    ...columns.map(({ x, name }) => text(x, 42, name, { size: 11, fill: "muted", anchor: "end" })),
  ];
  const body = [...heads, grid(top, bottom), ...rows.map((row, index) => histogram(row, top + index * area.row))];
  return drawing(area.width, bottom + 34, "Response times of the station", body.join(""));
}

const columns = [
  { x: 244, name: "number", of: (sorted: readonly Millis[]) => String(sorted.length) },
  { x: 310, name: "median", of: (sorted: readonly Millis[]) => shown(quantile(sorted, 0.5)) },
  { x: 376, name: "99 %", of: (sorted: readonly Millis[]) => shown(quantile(sorted, 0.99)) },
  { x: 442, name: "longest", of: (sorted: readonly Millis[]) => shown(sorted.at(-1) ?? 0) },
] as const;

function grid(top: number, bottom: number): string {
  const marks = Array.from({ length: decades.to - decades.from + 1 }, (_, index) => 10 ** (decades.from + index));
  const lines = marks.map((time) => line(xOf(time), top, xOf(time), bottom, "rule"));
  const labels = marks.map((time) =>
    text(xOf(time), bottom + 16, time >= 1000 ? `${time / 1000} s` : `${time} ms`, {
      size: 11,
      fill: "muted",
      anchor: "middle",
    }),
  );
  return [...lines, ...labels].join("");
}

function histogram({ name, times }: ResponseTimes, y: number): string {
  const sorted = [...times].sort((a, b) => a - b);
  const limit = performanceTime(name);
  const counts = Array<number>(bins + 1).fill(0);
  for (const time of sorted) counts[binOf(time)]!++;
  const most = Math.max(...counts);
  const base = y + area.row - 8;
  const late = sorted.filter((time) => time > limit).length;
  const bars = counts.map((count, bin) => {
    if (count === 0) return "";
    const height = Math.max(2, (area.bar * count) / most);
    const over = late > 0 && bin > binOf(limit);
    return rect(area.left + bin * binWidth + 0.5, base - height, binWidth - 1, height, over ? "bad" : "v2g");
  });
  const words = late > 0 ? `${late} over ${shown(limit)}` : `at most ${shown(limit)}`;
  return [
    text(16, base - 6, fit(name.replace(/Req$/, ""), 190)),
    ...columns.map(({ x, of }) => text(x, base - 6, of(sorted), { size: 11, anchor: "end" })),
    line(area.left, base, area.right, base, "rule"),
    ...bars,
    line(xOf(limit), y + 4, xOf(limit), base, late > 0 ? "bad" : "warn", 'stroke-dasharray="3 2"'),
    text(xOf(limit) + 4, y + 14, words, { size: 10, fill: late > 0 ? "bad" : "warn" }),
  ].join("");
}
