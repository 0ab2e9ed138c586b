import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { LineSplitter } from "../drivers/serial/line-splitter";
import { readLine } from "../drivers/serial/messages";
import { make } from "./build";
import { happening, randomly, rubbish } from "./rubbish";

/** What we use of the package `serialport` here: bytes, and their end. */
interface Port {
  on(event: "data", listener: (bytes: Uint8Array) => void): void;
  once(event: "open" | "close", listener: () => void): void;
  write(bytes: Uint8Array, done: () => void): boolean;
  close(): void;
}

export interface FuzzResult {
  readonly pieces: number;
  readonly bytes: number;
  /** Lines of the helper in all, and those that no host reads. */
  readonly lines: number;
  readonly unreadable: readonly string[];
  /** Lines that the helper has counted as none; how often its contactor has closed. */
  readonly badLines: number;
  readonly closures: number;
  /** Longest time from the first ping after a burst to its answer, milliseconds. */
  readonly slowest: number;
  /** Resident kilobytes after the first quarter, and at the end. */
  readonly memory: readonly [number, number];
  /** What the sanitizers, or the end of the process, had to say. */
  readonly complaint?: string;
}

/** Characters of a line of the helper (PROTOCOL.md, chapter 1). */
const longest = 640;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Throws pieces at the helper's serial line, in bursts at full speed and with pauses, while things happen at its pins: the host build under
 * sanitizers, on its pseudo-terminal. After each burst a ping has to be answered, or nothing more is thrown.
 */
export async function fuzzLine(pieces: number, seed: number): Promise<FuzzResult> {
  await make("build/cp-helper-sanitized");
  // What was freed is given back soon, or the sanitizer itself would seem to leak.
  const env = { ...process.env, ASAN_OPTIONS: "quarantine_size_mb=1:detect_leaks=1" };
  const child = spawn(`${__dirname}/build/cp-helper-sanitized`, ["--die-with-parent"], { env });
  const words: string[] = [];
  const told = createInterface(child.stderr).on("line", (line) => words.push(line));
  const ended = once(child, "exit");
  const [path] = (await once(told, "line")) as [string];
  const fuzz = new Fuzz(child, await portAt(path));
  try {
    await fuzz.run(pieces, seed);
  } finally {
    fuzz.close();
    // Its end by a signal that it obeys, so that leaks are told.
    if (child.exitCode === null) child.kill("SIGTERM");
  }
  const [status] = (await ended) as [number | null];
  const rest = words.slice(1).join("\n");
  const complaint = status === 0 && rest === "" ? undefined : `it ended with status ${status}\n${rest}`;
  return { ...fuzz.result, pieces, ...(complaint !== undefined && { complaint }) };
}

async function portAt(path: string): Promise<Port> {
  const { SerialPort } = require("serialport") as { SerialPort: new (options: object) => Port };
  const port = new SerialPort({ path, baudRate: 115_200 });
  await new Promise<void>((resolve) => port.once("open", resolve));
  return port;
}

class Fuzz {
  private readonly child: ChildProcess;
  private readonly port: Port;
  private readonly splitter = new LineSplitter();
  private readonly unreadable: string[] = [];
  private bytes = 0;
  private lines = 0;
  private pongs = 0;
  private badLines = 0;
  private closures = 0;
  private closed = false;
  private slowest = 0;
  private memory: [number, number] = [0, 0];

  constructor(child: ChildProcess, port: Port) {
    this.child = child;
    this.port = port;
    port.on("data", (bytes) => {
      for (const line of this.splitter.feed(bytes)) this.heard(line);
    });
    child.stdout?.resume();
    child.stdin?.on("error", () => undefined);
  }

  get result(): Omit<FuzzResult, "pieces"> {
    const { bytes, lines, unreadable, badLines, closures, slowest, memory } = this;
    return { bytes, lines, unreadable, badLines, closures, slowest, memory };
  }

  async run(pieces: number, seed: number): Promise<void> {
    const below = randomly(seed);
    const piece = rubbish(below);
    for (let sent = 0; sent < pieces; ) {
      const burst = Array.from({ length: Math.min(1 + below(200), pieces - sent) }, piece);
      sent += burst.length;
      if (below(3) > 0) await this.write(Buffer.concat(burst));
      else for (const each of burst) await this.write(each, below(10) === 0 ? below(15) : 0);
      for (let times = below(4); times > 0; times--) this.happens(happening(below));
      if (below(4) === 0) await this.closes();
      if (!(await this.answers())) return;
      if (sent <= pieces / 4 || this.memory[0] === 0) this.memory[0] = this.resident();
      this.memory[1] = this.resident();
    }
  }

  close(): void {
    this.port.close();
  }

  private get gone(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private async write(bytes: Uint8Array, pause = 0): Promise<void> {
    this.bytes += bytes.length;
    await new Promise<void>((resolve) => this.port.write(bytes, resolve));
    if (pause > 0) await sleep(pause);
  }

  /** At its pins. */
  private happens(what: object): void {
    this.child.stdin?.write(`${JSON.stringify(what)}\n`);
  }

  /** A host that means it: a car in state C, and the contactor is to close. */
  private async closes(): Promise<void> {
    for (const what of [{ aux: "follows" }, { car: "C" }]) this.happens(what);
    await this.write(
      Buffer.from(
        '\n{"cmd":"set_mode","mode":"dc"}\n{"cmd":"cp.set_thresholds","t12":2400,"t9":2000,"t6":1700,"t3":1450,"t0":625}\n',
      ),
      120,
    );
    const [arm, close] = ["sys.arm", "contactor.set"].map((method) => ({
      type: "req",
      id: 1,
      method,
      params: { on: true },
    }));
    await this.write(Buffer.from(`${JSON.stringify(arm)}\n${JSON.stringify(close)}\n`), 60);
  }

  /** A rest of what came before spoils the first ping: it is given again. False when there is nobody left to answer. */
  private async answers(): Promise<boolean> {
    const { pongs } = this;
    const began = performance.now();
    for (let asked = 0; this.pongs === pongs && !this.gone; asked++) {
      if (asked % 20 === 0) await this.write(Buffer.from('\n{"cmd":"ping"}\n'));
      await sleep(5);
    }
    this.slowest = Math.max(this.slowest, performance.now() - began);
    return !this.gone;
  }

  private heard(text: string): void {
    this.lines++;
    const line = readLine(text);
    if (line.kind === "Unreadable" || text.length > longest) this.unreadable.push(text);
    if (line.kind === "Pong") this.pongs++;
    if (line.kind !== "Status") return;
    const { badLines = 0, contactor = false } = line.status;
    this.badLines = badLines;
    if (contactor && !this.closed) this.closures++;
    this.closed = contactor;
  }

  private resident(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
  }
}

async function main(pieces: number, seed: number): Promise<void> {
  console.log(JSON.stringify({ seed, ...(await fuzzLine(pieces, seed)) }, undefined, 1));
}

/** `node -r ts-node/register firmware/fuzz-line.ts [PIECES [SEED]]` */
if (require.main === module) {
  const [pieces = 100_000, seed = Date.now() % 1_000_000_007] = process.argv.slice(2).map(Number);
  void main(pieces, seed);
}
