import type { EnvironmentProblem } from "./environment";

/** What passes between `RawLink` and its child: frames as they are, and from the child also this. */
export type RawReport =
  | { readonly kind: "open"; readonly mac: Uint8Array }
  | { readonly kind: "failed"; readonly problem: EnvironmentProblem }
  | { readonly kind: "note"; readonly text: string };

/** Frames under way to a process that is busy; more are dropped, as a network card would. */
const MOST_WAITING = 4096;

/**
 * A way through the channel that takes no more memory than it may.
 * @param send calls back when the frame has been handed over
 * @param note hears once how many were dropped, when there is room again
 */
export function boundedSender(
  send: (frame: Uint8Array, sent: () => void) => void,
  note: (text: string) => void,
): (frame: Uint8Array) => void {
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
