import { connect, type Socket } from "node:net";
import { unhex } from "../../../core/bytes";
import type { Millis } from "../../../core/clock";
import type { LineEvent } from "../../virtual/line";
import type { ModemOptions } from "../../virtual/modem";
import { EnvironmentError } from "../environment";
import { eachLine } from "../lines";
import type { CommandName } from "./commands";

type Json = Readonly<Record<string, unknown>>;

/** A frame at one of the modems' ports, `t` in ms since the reader's origin. */
export interface TimedPassage {
  readonly port: string;
  readonly dir: "in" | "out";
  readonly t: Millis;
  readonly frame: Uint8Array;
}

export interface ModemClientOptions {
  readonly path: string;
  /** Reading of `process.hrtime.bigint()` at the time 0 of what is told to the listeners. */
  readonly origin: bigint;
  readonly onPassage?: (passage: TimedPassage) => void;
  readonly onEvent?: (event: LineEvent & { readonly t: Millis }) => void;
  /** The process has gone. */
  readonly onLost?: () => void;
}

/** A frame of 1514 bytes in hex, with what stands around it. */
const longestLine = 16_384;

/** The other end of `ModemControl`. */
export class ModemClient {
  ports: readonly { readonly port: string; readonly mac: string; readonly role: ModemOptions["role"] }[] = [];
  private readonly options: ModemClientOptions;
  private readonly socket: Socket;
  private readonly waiting: { resolve: (result: Json) => void; reject: (error: Error) => void }[] = [];
  /** From the modem's time to ours, in ms. */
  private shift = 0;
  private greeted: (() => void) | undefined;
  private closed = false;

  /** @throws EnvironmentError when nothing answers there as a modem does */
  static open(options: ModemClientOptions): Promise<ModemClient> {
    const { path } = options;
    return new Promise((resolve, reject) => {
      const socket = connect(path);
      const fail = (why: string): void => reject(new EnvironmentError({ kind: "NoModem", path, why }));
      const client = new ModemClient(socket, options);
      client.greeted = () => resolve(client);
      socket.once("error", ({ code, message }: NodeJS.ErrnoException) => fail(code ?? message));
      socket.once("close", () => fail("it has hung up"));
    });
  }

  private constructor(socket: Socket, options: ModemClientOptions) {
    this.socket = socket;
    this.options = options;
    eachLine(
      socket,
      longestLine,
      (line) => this.take(line),
      () => socket.destroy(),
    );
    socket.on("error", () => undefined);
    socket.on("close", () => this.lost());
  }

  /**
   * Rejects when the command is refused, and when the modem goes before it has answered.
   * @param members of the command, see `commands`
   */
  do(name: CommandName, members: Json = {}): Promise<Json> {
    if (this.socket.destroyed) return Promise.reject(new Error(`${name}: the modem is gone`));
    this.socket.write(`${JSON.stringify({ do: name, ...members })}\n`);
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject: (error) => reject(new Error(`${name}: ${error.message}`)) });
    });
  }

  close(): void {
    this.closed = true;
    this.socket.destroy();
  }

  private take(line: string): void {
    let told: Json;
    try {
      told = JSON.parse(line) as Json;
    } catch {
      return void this.socket.destroy();
    }
    const { event, ok, t, ...rest } = told;
    if (event === "hello") return this.hear(rest);
    if (ok !== undefined) return this.answered(ok === true, rest);
    const at = (t as Millis) + this.shift;
    if (event === "passage") {
      const { port, dir, hex } = rest as { port: string; dir: "in" | "out"; hex: string };
      return this.options.onPassage?.({ port, dir, t: at, frame: unhex(hex) });
    }
    this.options.onEvent?.({ kind: event, ...rest, t: at } as LineEvent & { t: Millis });
  }

  private hear({ origin, ports }: Json): void {
    this.shift = Number(BigInt(origin as string) - this.options.origin) / 1e6;
    this.ports = ports as ModemClient["ports"];
    this.greeted?.();
  }

  private answered(ok: boolean, result: Json): void {
    const asked = this.waiting.shift();
    if (ok) asked?.resolve(result);
    else asked?.reject(new Error(String(result.error)));
  }

  private lost(): void {
    for (const { reject } of this.waiting.splice(0)) reject(new Error("the modem is gone"));
    if (!this.closed) this.options.onLost?.();
  }
}
