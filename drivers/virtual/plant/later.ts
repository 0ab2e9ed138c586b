import type { Clock } from "../../../core/clock";

/** Calls others from the clock, never from within a command or an integration, and in the order in which it was asked. */
export class Later {
  private queue: (() => void)[] = [];
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  call(task: () => void, delay = 0): void {
    this.queue.push(task);
    if (this.queue.length === 1) this.clock.after(delay, () => this.flush());
  }

  private flush(): void {
    const tasks = this.queue;
    this.queue = [];
    for (const task of tasks) task();
  }
}
