import { connect, type Socket } from "node:net";
import { type Found, FrameAssembler } from "../protocol/v2gtp";
import { CommandError } from "./errors";

const longestPayload = 1_048_576;

/** A plain TCP client for by-hand tests of a station: frames in order, with a limit on every wait. */
export class TcpClient {
  private readonly socket: Socket;
  private readonly found: Found[] = [];
  private wake: () => void = () => undefined;
  closed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    const assembler = new FrameAssembler(longestPayload);
    socket.on("data", (bytes) => {
      assembler.push(bytes, (each) => this.found.push(each));
      this.wake();
    });
    socket.on("close", () => {
      this.closed = true;
      this.wake();
    });
    socket.on("error", () => undefined);
  }

  /** @throws CommandError when nobody answers there */
  static open(host: string, port: number, timeoutMs = 5_000): Promise<TcpClient> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port, timeout: timeoutMs });
      const failed = (why: string) => (): void => {
        socket.destroy();
        reject(new CommandError("environment", `cannot connect to ${host} port ${port}: ${why}`));
      };
      socket.once("timeout", failed(`no answer within ${timeoutMs / 1000} s`));
      socket.once("error", (error: NodeJS.ErrnoException) => failed(causeOf(error, host))());
      socket.once("connect", () => {
        socket.removeAllListeners("timeout").removeAllListeners("error").setTimeout(0).setNoDelay(true);
        resolve(new TcpClient(socket));
      });
    });
  }

  send(bytes: Uint8Array): void {
    if (!this.closed) this.socket.write(bytes);
  }

  /** Next frame, or undefined when none came in time or the peer has closed. */
  async next(timeoutMs: number): Promise<Found | undefined> {
    if (this.found.length === 0 && !this.closed) await this.wait(timeoutMs);
    return this.found.shift();
  }

  close(): void {
    this.socket.destroy();
  }

  private wait(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** The kernel's own word does not say that a link-local address is one of each interface. */
const causeOf = ({ code, message }: NodeJS.ErrnoException, host: string): string =>
  code === "EINVAL" && /^fe80:[^%]*$/i.test(host) ? `the interface is missing, as in ${host}%eth0` : (code ?? message);
