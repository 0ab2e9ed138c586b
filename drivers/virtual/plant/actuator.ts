import type { Cancel, Clock, Millis } from "../../../core/clock";
import type { Travel } from "./config";

/** Welded: its contacts hold together. Stuck: it will not close. Held: it will not open once it is closed. */
export type Jam = "welded" | "stuck" | "held";

export interface ActuatorPorts {
  readonly clock: Clock;
  readonly times: Travel;
  /** How long after its travel the feedback must agree with the command. */
  readonly feedbackMs: Millis;
  readonly moved: () => void;
  /** It is not where it was told to be. */
  readonly disobeyed: (closed: boolean) => void;
}

/** A contactor or lock: told to close it is closed a while later, unless it is jammed. */
export class Actuator {
  /** Where it is. */
  closed = false;
  /** Where it was told to be. */
  private wanted = false;
  private jammed: Jam | undefined;
  private travel: Cancel | undefined;
  private supervision: Cancel | undefined;
  private readonly ports: ActuatorPorts;

  constructor(ports: ActuatorPorts) {
    this.ports = ports;
  }

  command(closed: boolean): void {
    this.wanted = closed;
    this.start();
    this.supervise();
  }

  /** Welding closes it at once; a jam that is gone lets it go where it was told. */
  jam(how: Jam | undefined): void {
    if (how === this.jammed) return;
    this.jammed = how;
    if (how === "welded") this.move(true);
    else this.start();
  }

  /** Moves at once, whatever it was told: a lock that springs open. */
  move(closed: boolean): void {
    if (closed === this.closed) return;
    this.closed = closed;
    this.ports.moved();
    this.supervise();
  }

  private start(): void {
    this.travel?.();
    this.travel = undefined;
    if (this.reachable() === this.closed) return;
    const { clock, times } = this.ports;
    this.travel = clock.after(this.wanted ? times.onMs : times.offMs, () => {
      this.travel = undefined;
      this.move(this.reachable());
    });
  }

  private supervise(): void {
    this.supervision?.();
    this.supervision = undefined;
    if (this.closed === this.wanted) return;
    const { clock, times, feedbackMs, disobeyed } = this.ports;
    this.supervision = clock.after((this.wanted ? times.onMs : times.offMs) + feedbackMs, () => {
      this.supervision = undefined;
      if (this.closed !== this.wanted) disobeyed(this.closed);
    });
  }

  private reachable(): boolean {
    if (this.jammed === "welded") return true;
    if (this.jammed === "held") return this.closed || this.wanted;
    return this.jammed === "stuck" ? this.closed && this.wanted : this.wanted;
  }
}
