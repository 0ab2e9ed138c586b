import type { ChildProcess } from "node:child_process";
import { connect } from "node:net";
import type { Millis } from "../../../core/clock";
import type { Happening } from "../../../core/trace";
import { Inconclusive } from "../judgement";
import { readiness } from "./process";

export interface BlackBoxOptions {
  /** `station` or `car`. */
  readonly name: string;
  /** In a line of its output: it is ready. */
  readonly ready: string;
  /** Socket of its stimuli. */
  readonly stimuli: string;
  /** What its output says, and its end when nobody asked for it. */
  readonly tell: (happening: Happening) => void;
}

/** The side under test as a process: what it prints, its stimuli and its end. */
export class BlackBox {
  private readonly child: ChildProcess;
  private readonly options: BlackBoxOptions;
  private ending = false;
  /** From its start until it was ready. */
  startedAfter: Millis = Number.NaN;

  /** @throws Inconclusive when it does not get ready */
  static async start(child: ChildProcess, options: BlackBoxOptions): Promise<BlackBox> {
    const box = new BlackBox(child, options);
    const began = performance.now();
    const awaited = { ...options, name: `the ${options.name}`, onLine: (line: string) => options.tell(said(line)) };
    await readiness(child, awaited).catch(async (error: Error) => {
      await box.kill();
      throw error;
    });
    box.startedAfter = performance.now() - began;
    return box;
  }

  private constructor(child: ChildProcess, options: BlackBoxOptions) {
    this.child = child;
    this.options = options;
    child.once("exit", (code, signal) => {
      if (this.ending) return;
      options.tell({ type: "log", level: "error", text: "the process has ended", fields: { code, signal } });
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** What a person does to it. @throws Inconclusive when it does not take that */
  stimulus(what: string): Promise<void> {
    this.options.tell({ type: "stimulus", what });
    return new Promise((resolve, reject) => {
      const fail = (why: string): void =>
        reject(new Inconclusive(`the ${this.options.name} does not take "${what}": ${why}`));
      const socket = connect(this.options.stimuli, () => socket.write(`${JSON.stringify({ stimulus: what })}\n`));
      socket.setTimeout(5_000, () => fail("no answer"));
      socket.once("error", (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
      socket.once("data", (answer) => {
        socket.destroy();
        if (answer.toString().includes('"ok":true')) resolve();
        else fail(answer.toString().trim());
      });
    });
  }

  /** At once: the scenario is over, and the plant lets go what it held. */
  kill(): Promise<void> {
    this.ending = true;
    if (this.child.exitCode !== null || this.child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.child.once("exit", () => resolve());
      this.child.kill("SIGKILL");
    });
  }
}

/** A line of output as an event; the counters of a session stand in a line of their own. */
function said(line: string): Happening {
  const { level, message, time: _time, logger: _logger, ...fields } = parsed(line) ?? { message: line };
  const counters = typeof message === "string" && message.startsWith("{") ? parsed(message) : undefined;
  if (counters && "rx_decode_errors" in counters)
    return { type: "log", level: "info", text: "metrics", fields: counters };
  const known = (["debug", "info", "warn", "error"] as const).find((each) => each === level);
  return { type: "log", level: known ?? "info", text: String(message), ...(Object.keys(fields).length && { fields }) };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
