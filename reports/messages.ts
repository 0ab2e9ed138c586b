import type { Millis, TraceEvent } from "../core";
import { fieldsOf, summary } from "./fields";
import { cycleName, fold } from "./folding";
import { byTime, isFrame, isTimeout, likeness, type Party, type Transmission, transmissions } from "./wire";

export interface MessageListing {
  /** Every field of every message, one below the other, instead of the few that matter. */
  readonly full?: boolean;
  /**
   * A longer listing has repeated exchanges only at their beginning and end, and no polling of modems; of one that is still longer the
   * middle is left out. Either is said in its place.
   */
  readonly maxLines?: number;
}

/** A message, or what happened between messages. */
interface Item {
  readonly t: Millis;
  readonly name: string;
  readonly passage?: Transmission;
}

const party = (who: Party): string => (who === "evcc" || who === "secc" ? who.toUpperCase() : who);

/** Seconds with microseconds, right-aligned: `   12.034123`. */
export const seconds = (t: number): string => (t / 1000).toFixed(6).padStart(12);

/**
 * What was said on all layers as text, one line a message: seconds, sender → receiver, name, fields that matter. Between the messages
 * stand connections, pilot changes, stimuli and judgements, each marked in the first column.
 */
export function messagesText(events: readonly TraceEvent[], options: MessageListing = {}): string {
  const { full = false, maxLines = 4000 } = options;
  const passages = new Map(transmissions(events).map((each) => [each.event, each] as const));
  const items: Item[] = [];
  for (const event of byTime(events)) {
    if (isFrame(event)) {
      const passage = passages.get(event);
      if (passage) items.push({ t: passage.t, name: event.name, passage });
    } else {
      const text = remark(event);
      if (text) items.push({ t: event.t, name: text });
    }
  }
  const lines = full || items.length <= maxLines ? items.flatMap((item) => linesOf(item, full)) : foldedLines(items);
  return `${cut(lines, maxLines).join("\n")}\n`;
}

const linesOf = ({ t, name, passage }: Item, full = false): string[] =>
  passage ? messageLines(passage, full) : [`${seconds(t)}  ${name}`];

const isPolling = ({ from, to, event }: Transmission): boolean =>
  (from === "modem" || to === "modem") && !/SET_KEY|ATTEN_PROFILE/.test(event.name);

function foldedLines(items: readonly Item[]): string[] {
  const told = items.filter(({ passage }) => !passage || !isPolling(passage));
  const entries = fold(told, ({ passage }) => (passage ? likeness(passage) : undefined));
  const lines = entries.flatMap((entry) => {
    if (!entry.fold) return linesOf(entry.item);
    const { hidden, period, items: cycles } = entry.fold;
    const names = cycleName(cycles.slice(0, period).map((item) => item.name));
    return [`${seconds(cycles[0]!.t)}  … ${names} × ${hidden} more, until ${seconds(cycles.at(-1)!.t).trim()}`];
  });
  return told.length < items.length
    ? [...lines, `              … ${items.length - told.length} messages of hosts to their own modems are left out`]
    : lines;
}

function messageLines(passage: Transmission, full: boolean): string[] {
  const { event } = passage;
  const error = event.type === "v2g" && event.error ? [`! ${event.error}`] : [];
  const short = full ? [] : summary(event.fields, event.name);
  const head = `${seconds(passage.t)}  ${`${party(passage.from)} → ${party(passage.to)}`.padEnd(13)}  ${event.name.padEnd(28)}`;
  const line = [head, ...short, ...error, ...(passage.lost ? ["(lost)"] : [])].join(" ").trimEnd();
  if (!full) return [line];
  return [line, ...fieldsOf(event.fields, event.name).map((field) => `${" ".repeat(31)}${field.path} = ${field.text}`)];
}

/** What happened besides messages, as one line; nothing for what only the drawn reports show. */
export function remark(event: TraceEvent): string | undefined {
  const at = party(event.node);
  switch (event.type) {
    case "connection": {
      const text = { open: "opened", refused: "refused", fin: "closed", reset: "reset" }[event.op];
      return `-- ${at} connection ${event.connection} ${text} ${event.by === "local" ? "by itself" : "by its peer"}`;
    }
    case "pilot":
      return `-- pilot ${event.state}${event.dutyPercent === undefined ? "" : ` ${event.dutyPercent} %`} (${event.high} V)`;
    case "stimulus":
      return `>> ${event.what}`;
    case "timer":
      return event.op === "expire" && isTimeout(event.name)
        ? `-- ${at} timer ${event.name} expired after ${event.ms} ms`
        : undefined;
    case "judgement":
      return `== ${event.verdict}: ${event.text} [${event.requirements.join(" ")}] required ${event.required}, measured ${event.measured}`;
    case "log":
      return event.level === "warn" || event.level === "error" ? `-- ${at} ${event.level}: ${event.text}` : undefined;
    default:
      return undefined;
  }
}

function cut(lines: string[], limit: number): string[] {
  if (lines.length <= limit) return lines;
  const head = Math.ceil(limit / 2);
  const tail = limit - head;
  return [
    ...lines.slice(0, head),
    `${" ".repeat(14)}… ${lines.length - limit} lines left out …`,
    ...lines.slice(lines.length - tail),
  ];
}

/** One JSON object a message: `t` in ms, `from`, `to`, `layer`, `name`, `fields`, `hex`, and `received`, `error`, `lost` where they apply. */
export function messagesJsonLines(events: readonly TraceEvent[]): string {
  const lines = transmissions(events).map((passage) => {
    const { event, received, sent } = passage;
    return JSON.stringify({
      t: passage.t,
      from: passage.from,
      to: passage.to,
      layer: event.type,
      name: event.name,
      fields: event.fields,
      hex: event.hex,
      ...(sent && received && { received: received.t }),
      ...(event.type === "v2g" && {
        connection: event.connection,
        ...(event.error !== undefined && { error: event.error }),
      }),
      ...(passage.lost && { lost: true }),
    });
  });
  return lines.length ? `${lines.join("\n")}\n` : "";
}
