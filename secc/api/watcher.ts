import type { ServerResponse } from "node:http";
import type { Cancel, Clock, Millis } from "../../core/clock";

/** Somebody who has not taken for so long what waits, or for whom so many bytes wait, is let go (HIL-AP12). */
const patience: Millis = 5_000;
const mostWaiting = 1_048_576;

/** One who watches: is told what happens as fast as it reads, and no faster. */
export class Watcher {
  private readonly response: ServerResponse;
  private readonly clock: Clock;
  private waiting = 0;
  private stuck: Cancel | undefined;

  constructor(response: ServerResponse, clock: Clock) {
    this.response = response;
    this.clock = clock;
    response.on("drain", () => this.goOn());
    response.on("close", () => this.goOn());
  }

  /**
   * @param passing will have been overtaken by the next of its kind: it is left out while something waits
   * @returns false when nothing can be told any more
   */
  tell(text: string, passing = false): boolean {
    const { response } = this;
    if (response.destroyed) return false;
    if (this.stuck && passing) return true;
    this.waiting += text.length;
    if (this.waiting > mostWaiting) this.letGo();
    else if (response.write(text)) this.waiting = 0;
    else this.stuck ??= this.clock.after(patience, () => this.letGo());
    return !response.destroyed;
  }

  private goOn(): void {
    this.stuck?.();
    this.stuck = undefined;
    this.waiting = 0;
  }

  /** Nobody waits in the kernel for it either. */
  private letGo(): void {
    this.response.socket?.resetAndDestroy?.();
    this.response.destroy();
  }
}
