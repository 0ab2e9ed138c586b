import type { Cancel, Clock } from "../../core/clock";
import type { SerialLine } from "../../core/serial-line";
import { EnvironmentError } from "../linux/environment";
import { LineSplitter } from "./line-splitter";

/** What we use of the package `serialport`, so that a build does without it. */
interface Port {
  open(done: (error: Error | null) => void): void;
  write(data: string): boolean;
  flush(): void;
  close(done: () => void): void;
  on(event: "data", listener: (bytes: Uint8Array) => void): void;
  on(event: "close" | "error", listener: (error: Error | null) => void): void;
  readonly isOpen: boolean;
}
type PortClass = new (options: { path: string; baudRate: number; autoOpen: false }) => Port;

const packageName = "serialport";
const reopenMs = 500;

/** @throws EnvironmentError when the optional package is absent */
function portClass(): PortClass {
  try {
    return (require(packageName) as { SerialPort: PortClass }).SerialPort;
  } catch {
    throw new EnvironmentError({ kind: "NoSerialLibrary" });
  }
}

export interface SerialLineOptions {
  /** Device of the line, such as `/dev/serial0`. */
  readonly path: string;
  readonly clock: Clock;
  /** Bits per second; 8 data bits, no parity, one stop bit. */
  readonly baudRate?: number;
}

/** Opens the line, and opens it again whenever it has been lost: a helper may be unplugged. */
export class SerialPortLine implements SerialLine {
  problem?: string;
  private readonly Port = portClass();
  private readonly options: SerialLineOptions;
  private readonly lineListeners: ((text: string) => void)[] = [];
  private readonly openListeners: ((open: boolean) => void)[] = [];
  private readonly splitter = new LineSplitter();
  private port: Port | undefined;
  private retry: Cancel | undefined;
  private told = false;
  private closed = false;

  constructor(options: SerialLineOptions) {
    this.options = options;
    this.retry = options.clock.after(0, () => this.connect());
  }

  get open(): boolean {
    return this.told;
  }

  write(text: string): void {
    if (this.port?.isOpen) this.port.write(`${text}\n`);
  }

  onLine(listener: (text: string) => void): void {
    this.lineListeners.push(listener);
  }

  onOpen(listener: (open: boolean) => void): void {
    this.openListeners.push(listener);
  }

  close(): void {
    this.closed = true;
    this.retry?.();
    const { port } = this;
    this.port = undefined;
    if (port?.isOpen) port.close(() => undefined);
  }

  private connect(): void {
    const { path, baudRate = 115200 } = this.options;
    const port = new this.Port({ path, baudRate, autoOpen: false });
    this.port = port;
    port.on("error", (error) => this.lose(port, error));
    port.on("close", (error) => this.lose(port, error));
    port.on("data", (bytes) => {
      if (port !== this.port) return;
      for (const line of this.splitter.feed(bytes)) for (const listener of this.lineListeners) listener(line);
    });
    port.open((error) => {
      if (error) return this.lose(port, error);
      if (port !== this.port) return port.close(() => undefined);
      // What a driver has kept from before is no longer true.
      port.flush();
      delete this.problem;
      this.tell(true);
    });
  }

  private lose(port: Port, error: Error | null): void {
    if (port !== this.port || this.closed) return;
    this.port = undefined;
    this.problem = error?.message ?? "closed";
    this.splitter.clear();
    if (port.isOpen) port.close(() => undefined);
    this.tell(false);
    this.retry = this.options.clock.after(reopenMs, () => this.connect());
  }

  private tell(open: boolean): void {
    if (open === this.told) return;
    this.told = open;
    for (const listener of this.openListeners) listener(open);
  }
}
