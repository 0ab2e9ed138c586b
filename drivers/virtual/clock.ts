import type { Cancel, Clock, Millis } from "../../core/clock";

/** Physics that moves between deadlines. */
export interface Process {
  /**
   * Integrates from `from` up to `to`; answers the time it reached, earlier than `to` only when something changed there that
   * others have to be told of before time goes on.
   */
  advance(from: Millis, to: Millis): Millis;
}

interface Deadline {
  at: Millis;
  order: number;
  fire: (() => void) | undefined;
}

/** Time that costs nothing: it jumps from deadline to deadline. Same deadlines, same order, always. */
export class VirtualClock implements Clock {
  private time: Millis = 0;
  private order = 0;
  private readonly heap: Deadline[] = [];
  private readonly processes: Process[] = [];

  now(): Millis {
    return this.time;
  }

  after(delay: Millis, fire: () => void): Cancel {
    const deadline: Deadline = { at: this.time + Math.max(0, delay), order: this.order++, fire };
    push(this.heap, deadline);
    return () => {
      deadline.fire = undefined;
    };
  }

  process(process: Process): void {
    this.processes.push(process);
  }

  /** Deadlines that are still to come; a session that is over leaves none behind. */
  get pending(): number {
    return this.heap.filter((deadline) => deadline.fire).length;
  }

  /** Lets time pass until `done`, at most up to `limit` from now. Answers whether `done` came true. */
  runUntil(done: () => boolean, limit: Millis): boolean {
    const end = this.time + limit;
    while (!done()) {
      while (this.heap[0] && !this.heap[0].fire) pop(this.heap);
      const next = this.heap[0];
      const goal = next && next.at <= end ? next.at : end;
      this.time = this.integrate(goal);
      if (this.time < goal) continue;
      if (!next || next.at > end) return done();
      pop(this.heap);
      next.fire?.();
    }
    return true;
  }

  advance(time: Millis): void {
    this.runUntil(() => false, time);
  }

  private integrate(goal: Millis): Millis {
    let reached = goal;
    for (const process of this.processes) {
      if (reached > this.time) reached = Math.min(reached, process.advance(this.time, reached));
    }
    return reached;
  }
}

const before = (a: Deadline, b: Deadline): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

function push(heap: Deadline[], deadline: Deadline): void {
  heap.push(deadline);
  for (let at = heap.length - 1; at > 0; ) {
    const parent = (at - 1) >> 1;
    if (!before(heap[at]!, heap[parent]!)) return;
    [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
    at = parent;
  }
}

function pop(heap: Deadline[]): void {
  const last = heap.pop();
  if (heap.length === 0 || !last) return;
  heap[0] = last;
  for (let at = 0; ; ) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && before(heap[child]!, heap[least]!)) least = child;
    }
    if (least === at) return;
    [heap[at], heap[least]] = [heap[least]!, heap[at]!];
    at = least;
  }
}
