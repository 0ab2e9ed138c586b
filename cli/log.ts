import { createWriteStream, type WriteStream } from "node:fs";
import { CommandError } from "./errors";

const levels = ["debug", "info", "warn", "error"] as const;
export type Level = (typeof levels)[number];

export interface LogOptions {
  readonly level: Level;
  readonly format: "text" | "json";
  readonly file?: string;
}

/** Loggers by the names that a user of the predecessor filters by. */
export type Logger = "evse.main" | "hlc" | "esp.cp" | "orchestrator" | "precharge" | "api" | "evcc" | "plant" | "modem";

/** Structured log lines, one event a line, for people (`text`) or machines (`json`). */
export class Log {
  private readonly least: number;
  private readonly format: LogOptions["format"];
  private readonly out: NodeJS.WritableStream;

  /** @throws CommandError when the file cannot be written */
  constructor({ level, format, file }: LogOptions) {
    this.least = levels.indexOf(level);
    this.format = format;
    this.out = file === undefined ? process.stderr : opened(file);
  }

  write(level: Level, logger: Logger, text: string, fields: object = {}): void {
    if (levels.indexOf(level) < this.least) return;
    const time = new Date().toISOString();
    const line =
      this.format === "json"
        ? JSON.stringify({ time, level, logger, message: text, ...fields })
        : `${time} ${level.toUpperCase().padEnd(5)} ${logger.padEnd(12)} ${text}${pairs(fields)}`;
    this.out.write(`${line}\n`);
  }
}

function opened(file: string): WriteStream {
  const stream = createWriteStream(file, { flags: "a", mode: 0o640 });
  stream.on("error", (error: NodeJS.ErrnoException) => {
    process.stderr.write(`ccs-hil: cannot write the log file ${file}: ${error.code ?? error.message}\n`);
    process.exit(new CommandError("environment", "").exitCode);
  });
  return stream;
}

const pairs = (fields: object): string =>
  Object.entries(fields)
    .map(([name, value]) => ` ${name}=${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join("");
