import { hex } from "../../core/bytes";
import type { Clock, Millis } from "../../core/clock";
import type { Link } from "../../core/link";
import { Listeners, type Unsubscribe } from "../../core/listeners";
import type { Selection } from "./capture";
import { SystemClock } from "./clock";
import { EnvironmentError, type EnvironmentProblem } from "./environment";
import { awaitRemedy, frameProblem, type InterfaceState, readInterface } from "./interfaces";
import { type RawProcess, startRawProcess } from "./raw-process";

export interface RawLinkOptions {
  readonly interface: string;
  /** `homeplug` when left out. */
  readonly select?: Selection;
  readonly clock?: Clock;
  /** How long to wait for the interface to be there and up; not at all when left out. */
  readonly wait?: Millis;
  /** Lines for a field engineer: what was lost, refused, opened anew. */
  readonly log?: (text: string) => void;
}

/** How often to look whether the cable is in, and the interface back. */
const WATCH: Millis = 200;
/** From one start of the child to the next, doubled each time it dies young. */
const FIRST_BACKOFF: Millis = 200;
const LONGEST_BACKOFF: Millis = 5_000;
const YOUNG: Millis = 5_000;

/**
 * Raw frames of one interface over AF_PACKET, by the package `cap` in a child process of its own: the child dies when the
 * interface goes down, and is started anew when it is back. It ends with this process, however that ends.
 */
export class RawLink implements Link {
  /** As it was when the link was opened. */
  readonly mac: Uint8Array;
  private readonly options: Required<RawLinkOptions>;
  private readonly frames = new Listeners<[Uint8Array, bigint]>();
  private readonly states = new Listeners<[boolean]>();
  private readonly watch: NodeJS.Timeout;
  private child: RawProcess | undefined;
  private isOpen = false;
  /** Of the device that the child holds; another one by the same name is not it. */
  private index = 0;
  private wasUp: boolean;
  private closed = false;
  private startedAt: Millis = 0;
  private backoff: Millis = FIRST_BACKOFF;
  /** Of the first start only: later ones are told by `onState`. */
  private settled: ((problem?: EnvironmentProblem) => void) | undefined;

  /** @throws EnvironmentError */
  static async open(options: RawLinkOptions): Promise<RawLink> {
    const all = { select: "homeplug", clock: new SystemClock(), wait: 0, log: () => undefined, ...options } as const;
    await awaitRemedy(() => frameProblem(all.interface), all.clock, all.wait);
    const link = new RawLink(all);
    return new Promise((resolve, reject) => {
      link.settled = (problem) => {
        link.settled = undefined;
        if (!problem) return resolve(link);
        link.close();
        reject(new EnvironmentError(problem));
      };
      link.start();
    });
  }

  private constructor(options: Required<RawLinkOptions>) {
    this.options = options;
    const state = readInterface(options.interface);
    if (!state) throw new EnvironmentError({ kind: "NoInterface", interface: options.interface });
    this.mac = state.mac;
    this.wasUp = state.carrier;
    // Holds the process: with the child gone nothing else may, and the link is still wanted.
    this.watch = setInterval(() => this.look(), WATCH);
  }

  send(frame: Uint8Array): void {
    if (this.isOpen) this.child?.send(frame);
  }

  /** @param listener also told when the frame was read off the interface, a reading of `process.hrtime.bigint()` */
  onFrame(listener: (frame: Uint8Array, at: bigint) => void): Unsubscribe {
    return this.frames.add(listener);
  }

  onState(listener: (up: boolean) => void): Unsubscribe {
    return this.states.add(listener);
  }

  close(): void {
    this.closed = true;
    this.isOpen = false;
    clearInterval(this.watch);
    this.child?.close();
  }

  private start(): void {
    const { interface: name, select, clock } = this.options;
    this.startedAt = clock.now();
    this.child = startRawProcess(name, select, {
      frame: (frame, at) => {
        if (!this.closed) this.frames.tell(new Uint8Array(frame), at);
      },
      opened: (mac, index) => this.opened(mac, index),
      note: (text) => this.log(text),
      ended: (problem) => this.ended(problem),
    });
  }

  private opened(mac: Uint8Array, index: number): void {
    if (this.closed) return;
    this.index = index;
    this.isOpen = true;
    if (this.settled) return this.settled();
    this.log(hex(mac) === hex(this.mac) ? "opened again" : `opened again, with another address: ${hex(mac)}`);
    this.look();
  }

  private ended(problem: EnvironmentProblem): void {
    const cause = (this.isOpen && this.problemOf(readInterface(this.options.interface))) || problem;
    this.child = undefined;
    this.isOpen = false;
    if (this.closed) return;
    if (this.settled) return this.settled(cause);
    this.log(new EnvironmentError(cause).message);
    const young = this.options.clock.now() - this.startedAt < YOUNG;
    this.backoff = young ? Math.min(this.backoff * 2, LONGEST_BACKOFF) : FIRST_BACKOFF;
    this.look();
  }

  private look(): void {
    if (this.settled || this.closed) return;
    const state = readInterface(this.options.interface);
    const lost = this.isOpen && this.problemOf(state);
    if (lost) {
      // The child's death may be heard of only when the interface is there again: until then it looks as if all were well.
      this.child?.close();
      return this.ended(lost);
    }
    const up = this.isOpen && state?.carrier === true;
    if (up !== this.wasUp) {
      this.wasUp = up;
      this.states.tell(up);
    }
    const due = this.options.clock.now() - this.startedAt >= this.backoff;
    if (!this.child && due && !frameProblem(this.options.interface)) this.start();
  }

  /** Why the child's handle is dead or dying: of a device that has gone, or has been down, it never hears again. */
  private problemOf(state: InterfaceState | undefined): EnvironmentProblem | undefined {
    const { interface: name } = this.options;
    if (state?.index !== this.index) return { kind: "NoInterface", interface: name };
    return state.up ? undefined : { kind: "InterfaceDown", interface: name };
  }

  private log(text: string): void {
    this.options.log(`${this.options.interface}: ${text}`);
  }
}
