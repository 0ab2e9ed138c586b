import type { TraceEvent } from "../core";
import { type SlacMatch, type SlacPhase, slacMatches } from "./slac";
import { drawing, fit, line, rect, text } from "./svg";

const area = { width: 1040, left: 60, right: 1020 } as const;
const bars = { height: 150, top: 34 } as const;
const row = 20;
/** Matches that are drawn. */
const most = 4;
/** Where a phase's name ends, and its bar begins and ends. */
const columns = { name: 380, from: 400, to: 760 } as const;

/**
 * Matches of the trace as an SVG drawing: who, the attenuation of each carrier group as the station has reported it, and each phase
 * beside its limit. At the interface of the side under test where the trace has it.
 * @returns undefined when there is no match
 */
export function slacPlot(events: readonly TraceEvent[], underTest: "secc" | "evcc" = "secc"): string | undefined {
  const own = slacMatches(events, underTest);
  const matches = own.length > 0 ? own : slacMatches(events, underTest === "secc" ? "evcc" : "secc");
  if (matches.length === 0) return undefined;
  let y = 14;
  const parts = matches.slice(0, most).map((match) => {
    const part = drawMatch(match, y);
    y += heightOf(match);
    return part;
  });
  if (matches.length > most)
    parts.push(text(area.left, y, `${matches.length - most} further matches`, { fill: "muted" }));
  return drawing(area.width, y + 20, "SLAC: attenuation by carrier group, and phases", parts.join(""));
}

const heightOf = ({ phases }: SlacMatch): number => bars.top + bars.height + 44 + row * phases.length + 24;

function drawMatch(match: SlacMatch, top: number): string {
  const { t, evMac, evseMac, nid, runId, sounds } = match;
  const who = `EV ${evMac}   EVSE ${evseMac}   NID ${nid}   RunID ${runId}`;
  const head = `${(t / 1000).toFixed(3)} s   ${who}   ${sounds} soundings`;
  const phasesTop = top + bars.top + bars.height + 44;
  return [
    text(area.left, top + 8, fit(head, area.right - area.left, 12), { bold: true }),
    groupBars(match, top + bars.top),
    ...match.phases.map((phase, index) => drawPhase(phase, phasesTop + row * index)),
  ].join("");
}

function groupBars({ groups, attenuationDb }: SlacMatch, top: number): string {
  const bottom = top + bars.height;
  // Room above the highest for the words of the mean.
  const highest = Math.max(10, 10 * Math.ceil((Math.max(0, ...groups) + 3) / 10));
  const yOf = (db: number): number => bottom - (db / highest) * bars.height;
  const step = (area.right - area.left) / Math.max(1, groups.length);
  const marks = [0, highest / 2, highest].map(
    (db) =>
      line(area.left, yOf(db), area.right, yOf(db), "rule") +
      text(area.left - 8, yOf(db) + 4, `${db} dB`, { fill: "muted", size: 11, anchor: "end" }),
  );
  const drawn = groups.map((db, index) =>
    rect(area.left + index * step + 1, yOf(db), Math.max(1, step - 2), bottom - yOf(db), "mme"),
  );
  const numbers = groups.flatMap((_, index) =>
    index % 10 === 0 || index === groups.length - 1
      ? [text(area.left + (index + 0.5) * step, bottom + 14, `${index}`, { fill: "muted", size: 11, anchor: "middle" })]
      : [],
  );
  const level = yOf(attenuationDb);
  const mean = line(area.left, level, area.right, level, "warn", 'stroke-dasharray="4 3"');
  const words = `mean of ${groups.length} groups: ${attenuationDb.toFixed(1)} dB`;
  const said = text(area.right, Math.min(level, yOf(Math.max(0, ...groups))) - 5, words, {
    fill: "warn",
    size: 11,
    anchor: "end",
  });
  const axis = text(area.left, bottom + 28, "carrier group, and its attenuation", { fill: "muted", size: 11 });
  return [...marks, ...drawn, mean, said, ...numbers, axis].join("");
}

/** A bar as long as its share of the limit; beyond it, full and red. */
function drawPhase({ name, ms, limit }: SlacPhase, y: number): string {
  const room = columns.to - columns.from;
  const share = Math.min(1, ms / limit.ms);
  const late = ms > limit.ms;
  return [
    text(columns.name, y + 11, fit(name.replaceAll("CM_", ""), columns.name - area.left), { anchor: "end" }),
    rect(columns.from, y + 2, room, 10, "panel"),
    rect(columns.from, y + 2, Math.max(1, share * room), 10, late ? "bad" : "good"),
    text(columns.to + 10, y + 11, `${ms.toFixed(1)} ms of ${limit.ms} (${limit.name})`, {
      fill: late ? "bad" : "muted",
      size: 11,
    }),
  ].join("");
}
