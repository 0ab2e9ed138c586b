import type { Finding, Level } from "./finding";

export interface Look {
  /** Columns of the terminal. */
  readonly width: number;
  readonly colours: boolean;
}

const colour: Record<Level, number> = { ok: 32, warn: 33, fail: 31, skip: 2 };
const sign: Record<Level, string> = { ok: "ok", warn: "warn", fail: "FAIL", skip: "-" };
const columns = { level: 6, check: 20 } as const;

/** Findings as lines of a terminal: level, what was looked at, what was found, and under it what to do. */
export function render(findings: readonly Finding[], { width, colours }: Look): string {
  const indent = " ".repeat(columns.level + columns.check);
  const room = Math.max(24, width - indent.length);
  const lines = findings.flatMap(({ check, level, found, remedy }) => {
    const [first = "", ...more] = wrap(found, room);
    const shown = sign[level].padEnd(columns.level);
    const painted = colours ? `\x1b[${colour[level]}m${shown}\x1b[0m` : shown;
    const advice =
      remedy === undefined ? [] : wrap(remedy, room - 2).map((line, at) => `${at === 0 ? "→ " : "  "}${line}`);
    return [`${painted}${check.padEnd(columns.check)}${first}`, ...[...more, ...advice].map((line) => indent + line)];
  });
  return [...lines, "", summary(findings), ""].join("\n");
}

/** Text in lines of at most `room`; a word that is longer is cut. */
export function wrap(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).flatMap((whole) => whole.match(new RegExp(`.{1,${room}}`, "gu")) ?? [])) {
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

export function count(findings: readonly Finding[]): Record<Level, number> {
  const counts = { ok: 0, warn: 0, fail: 0, skip: 0 };
  for (const { level } of findings) counts[level]++;
  return counts;
}

function summary(findings: readonly Finding[]): string {
  const { ok, warn, fail, skip } = count(findings);
  return `${ok} ok, ${warn} warned, ${fail} failed${skip === 0 ? "" : `, ${skip} not looked at`}`;
}
