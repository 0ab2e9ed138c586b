import { hex } from "../../core/bytes";
import { macOf } from "../../protocol/homeplug";
import { EnvironmentError } from "./environment";
import { frameProblem, readInterface } from "./interfaces";

/**
 * Which frames come in. `homeplug`: EtherType 0x88E1 for this host, as a peer hears them. `all`: everything on the cable that
 * this host has not sent, as a modem hears it. `tap`: everything in both directions, as one who looks on sees it.
 */
export type Selection = keyof typeof FILTER;

export interface CaptureOptions {
  readonly interface: string;
  readonly select: Selection;
  /** `at` is a reading of `process.hrtime.bigint()`. */
  readonly onFrame: (frame: Uint8Array, at: bigint) => void;
  /** The listener threw; a handler of the library must not. */
  readonly onError: (error: Error) => void;
}

/** What is used of the package `cap`, which brings no types. */
interface Cap {
  open(device: string, filter: string, ringBytes: number, frame: Buffer): string;
  on(event: "packet", heard: (bytes: number) => void): void;
  send(frame: Buffer, bytes: number): void;
  close(): void;
}

/** A slot of the ring is as long as the longest frame, 64 KiB: this holds 160 frames while the event loop is busy. */
const RING_BYTES = 10 * 1024 * 1024;
const LONGEST_FRAME = 65_535;
/** Without its checksum, which the hardware adds. Shorter frames pass a veth, but no real cable. */
const SHORTEST_FRAME = 60;
const HOMEPLUG = 0x88e1;
/** In the kernel, where a frame that nobody wants costs least; `mac` is the interface's own. */
const FILTER = {
  homeplug: (mac: string) => `ether proto 0x88e1 and not ether src ${mac} and (ether dst ${mac} or ether[0] & 1 = 1)`,
  all: (mac: string) => `not ether src ${mac}`,
  tap: () => "",
} as const;

export const isSelection = (text: string | undefined): text is Selection => text !== undefined && text in FILTER;

/**
 * Raw frames of one interface, in this process. The library under it aborts its process when the interface goes down, so this
 * is for processes that may die of it: see `RawLink` for one that may not.
 */
export class Capture {
  readonly mac: Uint8Array;
  /** Which device it is: the same name may be another one later. */
  readonly index: number;
  private readonly cap: Cap;
  /** Overwritten by each frame. The library keeps a bare pointer to it: it has to live as long as the handle. */
  private readonly buffer = Buffer.alloc(LONGEST_FRAME);
  private readonly options: CaptureOptions;
  private closed = false;

  /** @throws EnvironmentError */
  constructor(options: CaptureOptions) {
    const name = options.interface;
    // A handle that failed to open crashes the process when it is let go: everything that can be known is checked before.
    const problem = frameProblem(name);
    if (problem) throw new EnvironmentError(problem);
    const state = readInterface(name);
    if (!state) throw new EnvironmentError({ kind: "NoInterface", interface: name });
    this.mac = state.mac;
    this.index = state.index;
    this.options = options;
    this.cap = newCap();
    this.open(name);
    this.cap.on("packet", (bytes) => this.heard(bytes));
  }

  /** @throws Error when the kernel refuses the frame, as when it is longer than the interface's MTU */
  send(frame: Uint8Array): void {
    if (this.closed) return;
    const padded = Buffer.alloc(Math.max(SHORTEST_FRAME, frame.length));
    padded.set(frame);
    this.cap.send(padded, padded.length);
  }

  close(): void {
    if (!this.closed) this.cap.close();
    this.closed = true;
  }

  private open(name: string): void {
    try {
      this.cap.open(name, FILTER[this.options.select](macOf(this.mac)), RING_BYTES, this.buffer);
    } catch (error) {
      handlesThatFailed.push(this.cap);
      const { message } = error as Error;
      const what = `open ${name} for raw frames`;
      // The library's own text; it has no code.
      if (/permi/i.test(message)) throw new EnvironmentError({ kind: "NotPermitted", what, needs: "CAP_NET_RAW" });
      throw new EnvironmentError({ kind: "Refused", what, code: message });
    }
  }

  private heard(bytes: number): void {
    const at = process.hrtime.bigint();
    try {
      const frame = new Uint8Array(this.buffer.subarray(0, bytes));
      if (!this.closed && this.isWanted(frame)) this.options.onFrame(frame, at);
    } catch (error) {
      this.options.onError(error as Error);
    }
  }

  /** The library listens promiscuously, shows what others on this host send, and lets VLAN-tagged frames pass its filter. */
  private isWanted(frame: Uint8Array): boolean {
    if (frame.length < 14) return false;
    if (this.options.select === "tap") return true;
    if (hex(frame.subarray(6, 12)) === hex(this.mac)) return false;
    if (this.options.select === "all") return true;
    const toAll = ((frame[0] ?? 0) & 1) === 1;
    const type = ((frame[12] ?? 0) << 8) | (frame[13] ?? 0);
    return type === HOMEPLUG && (toAll || hex(frame.subarray(0, 6)) === hex(this.mac));
  }
}

/** Kept for ever: letting go of one crashes the process. */
const handlesThatFailed: Cap[] = [];

function newCap(): Cap {
  try {
    return new (require("cap") as { Cap: new () => Cap }).Cap();
  } catch {
    throw new EnvironmentError({ kind: "NoCaptureLibrary" });
  }
}
