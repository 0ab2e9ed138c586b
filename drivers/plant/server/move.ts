import type { Cancel, Clock, Millis } from "../../../core/clock";
import type { Json } from "../protocol";
import type { Awaiting } from "./method";
import { Refusal, type RefusalName } from "./refusal";

export interface MovePorts {
  readonly clock: Clock;
  /** Where it is. */
  readonly at: () => boolean;
  readonly command: (on: boolean) => void;
  /** It has to be where it was told to be after this time. */
  readonly within: (on: boolean) => Millis;
  /** It was not. */
  readonly missed?: () => void;
}

/** A contactor or lock that is told to move, and the answer to whoever told it, which comes when it has. */
export class Move {
  /** Where it was told to be. */
  commanded = false;
  private waiting: { readonly since: Millis; readonly settle: (outcome: Json | Refusal) => void } | undefined;
  private deadline: Cancel | undefined;
  private readonly ports: MovePorts;

  constructor(ports: MovePorts) {
    this.ports = ports;
  }

  /** It has been told and is not there yet. */
  get busy(): boolean {
    return this.waiting !== undefined;
  }

  /** Tells it to move. Who still waits for an earlier move is told that it was overtaken. */
  tell(on: boolean, also: Json = {}): Awaiting {
    return (answer) => {
      this.end(new Refusal("busy"));
      const { clock, within, command, missed } = this.ports;
      const since = clock.now();
      this.waiting = {
        since,
        settle: (outcome) => answer(outcome instanceof Refusal ? outcome : { ok: true, ...also, ...outcome }),
      };
      this.commanded = on;
      command(on);
      this.deadline = clock.after(within(on), () => {
        missed?.();
        this.end(new Refusal("aux_mismatch"));
      });
      this.moved();
    };
  }

  /** Somebody else has moved it, or let it go. */
  override(on: boolean, why: RefusalName): void {
    this.commanded = on;
    this.ports.command(on);
    this.end(new Refusal(why));
  }

  /** It may have come to where it was told to be. */
  moved(): void {
    if (this.waiting && this.ports.at() === this.commanded)
      this.end({ took_ms: Math.round((this.ports.clock.now() - this.waiting.since) * 10) / 10 });
  }

  /** There is nothing to be moved any more. */
  abandon(): void {
    this.end(new Refusal("busy"));
  }

  private end(outcome: Json | Refusal): void {
    const { waiting } = this;
    this.deadline?.();
    this.deadline = this.waiting = undefined;
    waiting?.settle(outcome);
  }
}
