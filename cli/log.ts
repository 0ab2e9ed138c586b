import { closeSync, createWriteStream, fstatSync, openSync, renameSync, rmSync, type WriteStream } from "node:fs";
import { CommandError } from "./errors";
import { Repetitions } from "./repetitions";

const levels = ["debug", "info", "warn", "error"] as const;
export type Level = (typeof levels)[number];

export interface LogOptions {
  readonly level: Level;
  readonly format: "text" | "json";
  readonly file?: string;
  /** Size in bytes at which the file is put aside as FILE.1, FILE.1 as FILE.2 and so on. */
  readonly maxBytes?: number;
  /** Files put aside that are kept. */
  readonly backups?: number;
}

/** Loggers by the names that a user of the predecessor filters by, and three more. */
export const loggers = [
  ...(["evse.main", "hlc", "esp.cp", "orchestrator", "precharge", "api"] as const),
  ...(["evcc", "plant", "modem"] as const),
] as const;
export type Logger = (typeof loggers)[number];

/** Structured log lines, one event a line, for people (`text`) or machines (`json`). */
export class Log {
  private readonly least: number;
  private readonly format: LogOptions["format"];
  private readonly out: { write(line: string): void };
  private readonly repetitions = new Repetitions(() => Date.now());

  /** @throws CommandError when the file cannot be written */
  constructor({ level, format, file, maxBytes = 10_485_760, backups = 5 }: LogOptions) {
    this.least = levels.indexOf(level);
    this.format = format;
    this.out = file === undefined ? process.stderr : new RotatedFile(file, maxBytes, backups);
  }

  write(level: Level, logger: Logger, text: string, fields: object = {}): void {
    if (levels.indexOf(level) < this.least) return;
    // Debug is asked for to see everything.
    const kind = level === "info" ? `${logger} ${text} ${JSON.stringify(fields)}` : `${level} ${logger} ${text}`;
    const { pass, held } = this.repetitions.take(level === "debug" ? undefined : kind);
    for (const [what, times] of held) this.line("warn", "evse.main", "Lines were held back", { times, like: what });
    if (pass) this.line(level, logger, text, fields);
  }

  private line(level: Level, logger: Logger, text: string, fields: object): void {
    const time = new Date().toISOString();
    const line =
      this.format === "json"
        ? JSON.stringify({ time, level, logger, message: text, ...fields }, withoutSecrets)
        : `${time} ${level.toUpperCase().padEnd(5)} ${logger.padEnd(12)} ${plain(text)}${pairs(fields)}`;
    this.out.write(`${line}\n`);
  }
}

/** Keys of the link, of the interface and of certificates: whoever reads a log must not get them. */
const secret =
  /^(nmk|newkey|token|authorization|password|passphrase|private_?key|dhpublickey|contractsignatureencryptedprivatekey)$/i;

const withoutSecrets = (name: string, value: unknown): unknown =>
  typeof value === "string" && secret.test(name) ? "(secret)" : value;

/** What a peer says must not begin a line of its own. */
const plain = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  text.replace(/[\u0000-\u001f\u007f\u2028\u2029]/g, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`);

const pairs = (fields: object): string =>
  Object.entries(fields)
    .map(([name, value]) => [name, withoutSecrets(name, value)] as const)
    .map(
      ([name, value]) =>
        ` ${name}=${plain(typeof value === "object" ? JSON.stringify(value, withoutSecrets) : String(value))}`,
    )
    .join("");

/** A full disk or a card that stalls must neither stop a session nor fill the memory. */
const mostWaiting = 1_048_576;

const files = new Set<RotatedFile>();

/** Until all lines stand in their files; a process that exits before would lose the last ones. A disk that hangs is not waited for. */
export async function logsWritten(): Promise<void> {
  const patience = 300;
  const written = Promise.all([...files].map((file) => file.written()));
  await Promise.race([written, new Promise((resolve) => setTimeout(resolve, patience))]);
}

/** A file that is put aside when it has grown to a size. */
class RotatedFile {
  private readonly file: string;
  private readonly maxBytes: number;
  private readonly backups: number;
  private stream: WriteStream;
  private size = 0;
  /** A device is written to, and never put aside. */
  private plain = true;
  private lost = 0;
  private broken = false;

  /** @throws CommandError */
  constructor(file: string, maxBytes: number, backups: number) {
    this.file = file;
    this.maxBytes = maxBytes;
    this.backups = backups;
    try {
      this.stream = this.open();
    } catch (error) {
      throw new CommandError("environment", `cannot write the log file ${file}: ${codeOf(error)}`);
    }
    files.add(this);
  }

  written(): Promise<void> {
    return new Promise((resolve) => {
      if (this.broken) resolve();
      else this.stream.write("", () => resolve());
    });
  }

  write(line: string): void {
    if (this.broken) return void process.stderr.write(line);
    const bytes = Buffer.byteLength(line);
    if (this.plain && this.size > 0 && this.size + bytes > this.maxBytes) this.rotate();
    if (this.stream.writableLength > mostWaiting) {
      this.lost++;
      return;
    }
    if (this.lost > 0)
      this.stream.write(`${new Date().toISOString()} ${this.lost} lines were lost: the file is too slow\n`);
    this.lost = 0;
    this.size += bytes;
    this.stream.write(line);
  }

  private open(): WriteStream {
    const fd = openSync(this.file, "a", 0o640);
    const state = fstatSync(fd);
    if (!state.isFile() && !state.isCharacterDevice()) {
      closeSync(fd);
      throw Object.assign(new Error("no plain file"), { code: "no plain file" });
    }
    this.size = state.size;
    this.plain = state.isFile();
    const stream = createWriteStream(this.file, { fd });
    stream.on("error", (error) => this.fail(error));
    return stream;
  }

  private rotate(): void {
    try {
      this.stream.end();
      if (this.backups === 0) rmSync(this.file);
      for (let at = this.backups; at > 0; at--) {
        const from = at === 1 ? this.file : `${this.file}.${at - 1}`;
        renameIfThere(from, `${this.file}.${at}`);
      }
      this.stream = this.open();
    } catch (error) {
      this.fail(error);
    }
  }

  /** From here on the log goes to the standard error output: it is better there than nowhere. */
  private fail(error: unknown): void {
    if (this.broken) return;
    this.broken = true;
    process.stderr.write(`ccs-hil: cannot write the log file ${this.file}: ${codeOf(error)}; the log goes on here\n`);
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? (error as Error).message;

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
