import type { EnvironmentProblem } from "./environment";

/** What `RawLink` hears from its child; it gets plain frames from it. */
export type RawReport =
  | { readonly kind: "frames"; readonly frames: readonly StampedFrame[] }
  | { readonly kind: "open"; readonly mac: Uint8Array; readonly index: number }
  | { readonly kind: "failed"; readonly problem: EnvironmentProblem }
  | { readonly kind: "note"; readonly text: string };

/** A frame that came in, and when: a reading of `process.hrtime.bigint()`, which the processes of one machine share. */
export interface StampedFrame {
  readonly frame: Uint8Array;
  readonly at: bigint;
}

/** Frames under way to a process that is busy; more are dropped, as a network card would. */
const MOST_WAITING = 4096;

/** In one message through the channel: what a message costs is shared, and nobody waits long for the last of them. */
const MOST_AT_ONCE = 64;

export interface BoundedSender<Frame> {
  send(frame: Frame): void;
  /** Hands over what has been gathered, before the channel is closed. */
  flush(): void;
}

/**
 * A way through the channel that takes no more memory than it may. What comes while the event loop is busy goes in one message: a frame by
 * itself goes at once, of a flood each costs a tenth.
 * @param send calls back when the frames have been handed over
 * @param note hears once how many were dropped, when there is room again
 */
export function boundedSender<Frame>(
  send: (frames: readonly Frame[], sent: () => void) => void,
  note: (text: string) => void,
): BoundedSender<Frame> {
  let gathered: Frame[] = [];
  let waiting = 0;
  let dropped = 0;
  const sent = (count: number): void => {
    waiting -= count;
    if (waiting > 0 || dropped === 0) return;
    note(`${dropped} frames dropped: they came faster than they were taken`);
    dropped = 0;
  };
  const flush = (): void => {
    const frames = gathered;
    gathered = [];
    if (frames.length > 0) send(frames, () => sent(frames.length));
  };
  const take = (frame: Frame): void => {
    if (waiting >= MOST_WAITING) return void dropped++;
    waiting++;
    if (gathered.push(frame) === 1) setImmediate(flush);
    if (gathered.length >= MOST_AT_ONCE) flush();
  };
  return { send: take, flush };
}
