import { readFileSync } from "node:fs";
import { CommandError } from "./errors";

export interface Given {
  /** How it is called in what is told of it: an option's name, or the file's. */
  readonly source: string;
  readonly value: unknown;
}

/**
 * JSON as an option gives it: itself, or the name of a file of it.
 * @throws CommandError with `file:line:column` of what is no JSON (CF01)
 */
export function jsonGiven(option: string, text: string): Given {
  const inline = text.trimStart().startsWith("{");
  const source = inline ? option : text;
  const content = inline ? text : contentOf(text);
  try {
    return { source, value: JSON.parse(content) };
  } catch {
    const { line, column, wanted } = misfit(content);
    throw new CommandError("usage", `${source}:${line}:${column}: ${wanted} is expected`);
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reasons: Readonly<Record<string, string>> = { ENOENT: "no such file", EISDIR: "is a folder, not a file" };
    throw new CommandError("usage", `${file}: ${reasons[code ?? ""] ?? `cannot be read: ${code}`}`);
  }
}

const token =
  /\s*(?:(?<string>"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(?<plain>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|(?<mark>[{}[\],:])|(?<other>.?))/suy;

type Wanted = "a value" | "a name" | "a colon" | "a comma" | "the end";

/** Where a text stops being JSON: the platform does not always say. Line and column count from 1. */
export function misfit(text: string): { line: number; column: number; wanted: string } {
  const open: string[] = [];
  let wanted: Wanted = "a value";
  let fresh = false;
  token.lastIndex = 0;
  for (;;) {
    const found = token.exec(text)?.groups ?? {};
    const { string, plain, mark } = found;
    const word = string ?? plain ?? mark ?? found.other ?? "";
    const value = string !== undefined || plain !== undefined;
    const closes = word !== "" && word === { "{": "}", "[": "]" }[open.at(-1) ?? ""];
    const done = (): Wanted => (open.length > 0 ? "a comma" : "the end");
    if (closes && (wanted === "a comma" || fresh)) {
      open.pop();
      wanted = done();
    } else if (wanted === "a value" && value) wanted = done();
    else if (wanted === "a value" && (mark === "{" || mark === "[")) {
      open.push(mark);
      wanted = mark === "{" ? "a name" : "a value";
      fresh = true;
      continue;
    } else if (wanted === "a name" && string !== undefined) wanted = "a colon";
    else if (wanted === "a colon" && mark === ":") wanted = "a value";
    else if (wanted === "a comma" && mark === ",") wanted = open.at(-1) === "{" ? "a name" : "a value";
    else {
      const before = text.slice(0, token.lastIndex - word.length).split("\n");
      return { line: before.length, column: (before.at(-1) ?? "").length + 1, wanted };
    }
    fresh = false;
  }
}
