import { readFileSync, statSync } from "node:fs";
import { parseEnv } from "node:util";

/** One `NAME=value` of a file. */
export interface Entry {
  readonly name: string;
  readonly value: string;
  /** `file:line:column` of its name. */
  readonly at: string;
}

export interface EnvFile {
  readonly entries: readonly Entry[];
  /** `file:line:column: reason`, or `file: reason` where there is nothing to point at. */
  readonly faults: readonly string[];
}

/** No settings are as long; a device or a log given by mistake is. */
const longest = 1_048_576;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EACCES: "not permitted to read it",
  ENOTDIR: "no such file",
};

/** Settings of an `.env` file. Of a name that stands there twice the last counts. Never throws. */
export function readEnvFile(file: string): EnvFile {
  const failed = (reason: string): EnvFile => ({ entries: [], faults: [`${file}: ${reason}`] });
  try {
    const state = statSync(file);
    if (state.isDirectory()) return failed("is a folder, not a file");
    if (!state.isFile()) return failed("is no plain file");
    if (state.size > longest) return failed(`has ${state.size} bytes: these are no settings`);
    const text = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
    return text.includes("\0") || text.includes("\uFFFD") ? failed("is no UTF-8 text") : parsed(file, text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return failed(reasons[code ?? ""] ?? `cannot be read: ${code ?? message}`);
  }
}

/** A line, or several where a quote goes on: nothing, a comment, an assignment, or what is none. */
const statement =
  /[^\S\n]*(?:(?<nothing>#[^\n]*)?|(?:export[^\S\n]+)?(?<name>[A-Za-z_]\w*)[^\S\n]*=[^\S\n]*(?<value>"[^"]*"[^\n]*|'[^']*'[^\n]*|`[^`]*`[^\n]*|[^\n]*)|(?<other>[^\n]+))(?:\n|$)/y;

/** The platform's parser gets one statement at a time: a bad line confuses it about the next. */
function parsed(file: string, text: string): EnvFile {
  const entries = new Map<string, Entry>();
  const faults: string[] = [];
  statement.lastIndex = 0;
  for (let at = 0; at < text.length; at = statement.lastIndex) {
    const found = statement.exec(text);
    if (!found) throw new RangeError(`nothing fits at ${position(text, at)}`);
    const { name, value, other } = found.groups ?? {};
    const place = (word: string): string => `${file}:${position(text, text.indexOf(word, at))}`;
    if (other !== undefined) faults.push(`${place(other)}: no NAME=value, and no comment`);
    if (name === undefined) continue;
    if (/^["'`]/.test(value ?? "") && !/^(["'`])[\s\S]*\1/.test(value ?? ""))
      faults.push(`${place(name)}: ${name}: a quote is not closed`);
    else entries.set(name, { name, value: parseEnv(`${name}=${value}`)[name] ?? "", at: place(name) });
  }
  return { entries: [...entries.values()], faults };
}

function position(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `${before.length}:${(before.at(-1) ?? "").length + 1}`;
}
