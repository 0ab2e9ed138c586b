import type { Clock, Millis } from "../../../core/clock";
import { type Happening, type Node, Trace } from "../../../core/trace";

/**
 * A trace whose events may have been seen by somebody else, who says when. What is told to listeners while an event is recorded belongs to
 * the same instant; what the tester does upon it has the time at which it does so.
 */
export class BenchTrace extends Trace {
  private readonly moment: { at: Millis | undefined };
  private readonly otherEnd: (node: Node, happening: Happening) => readonly [Node, Happening] | undefined;
  private readonly clockNow: () => Millis;
  private arriving: Millis | undefined;

  /** @param otherEnd what an event is at the other end of the connection, which is recorded on the side where it was first */
  constructor(clock: Clock, otherEnd: (node: Node, happening: Happening) => readonly [Node, Happening] | undefined) {
    const moment: { at: Millis | undefined } = { at: undefined };
    super(() => moment.at ?? clock.now());
    this.clockNow = () => clock.now();
    this.moment = moment;
    this.otherEnd = otherEnd;
  }

  /** What was seen at that time, by the clock of this trace. */
  recordAt(at: Millis, node: Node, happening: Happening): void {
    const { at: before } = this.moment;
    this.moment.at = at;
    super.record(node, happening);
    this.moment.at = before;
  }

  /** What comes in while `deliver` runs was seen then. */
  seenAt(at: Millis, deliver: () => void): void {
    this.arriving = at;
    deliver();
    this.arriving = undefined;
  }

  override record(node: Node, happening: Happening): void {
    const arrival = isArrival(happening);
    const at = arrival && this.arriving !== undefined ? this.arriving : this.clockNow();
    const other = this.otherEnd(node, happening);
    if (other && arrival) this.recordAt(at, ...other);
    this.recordAt(at, node, happening);
    if (other && !arrival) this.recordAt(at, ...other);
  }
}

const isArrival = (happening: Happening): boolean =>
  ("dir" in happening && happening.dir === "rx") || (happening.type === "connection" && happening.by === "peer");
