import type { Clock, Millis } from "../../../core/clock";

/** Acts so long after the one before it, in the order in which they were asked for: what is held back holds back what comes behind it. */
export function turns(clock: Clock): (after: Millis, act: () => void) => void {
  let free: Millis = 0;
  return (after, act) => {
    free = Math.max(free, clock.now()) + after;
    if (free > clock.now()) clock.after(free - clock.now(), act);
    else act();
  };
}
