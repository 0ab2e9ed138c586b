import type { EnvironmentProblem } from "./environment";

/** What `RawLink` hears from its child; it gets plain frames from it. */
export type RawReport =
  | ({ readonly kind: "frame" } & StampedFrame)
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

/**
 * A way through the channel that takes no more memory than it may.
 * @param send calls back when the frame has been handed over
 * @param note hears once how many were dropped, when there is room again
 */
export function boundedSender<Frame>(
  send: (frame: Frame, sent: () => void) => void,
  note: (text: string) => void,
): (frame: Frame) => void {
  let waiting = 0;
  let dropped = 0;
  const sent = (): void => {
    waiting--;
    if (waiting > 0 || dropped === 0) return;
    note(`${dropped} frames dropped: they came faster than they were taken`);
    dropped = 0;
  };
  return (frame) => {
    if (waiting >= MOST_WAITING) return void dropped++;
    waiting++;
    send(frame, sent);
  };
}
