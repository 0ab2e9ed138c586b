import type { Cancel, Clock, Millis } from "../../../core/clock";
import { type HelperFault, helperFaults, isStatus, type Memory } from "./helper-faults";

/** What a cable between a station and its pilot helper leads to. */
export interface CableEnds {
  /** Bytes for the station, ends of lines and all. */
  toStation(text: string): void;
  /** One line for the helper, without its end. */
  toHelper(line: string): void;
  /** The helper's plug is pulled out, or put in again: it starts anew. */
  connect(connected: boolean): void;
}

const blank: Memory = { lines: [], count: 0, statuses: 0 };

/** The serial line between a station and its helper in the tester's hands: whole, or with one fault by its name. */
export class HelperCable {
  private readonly clock: Clock;
  private readonly ends: CableEnds;
  private present: HelperFault = {};
  private again: Cancel | undefined;
  private connected = true;
  private memory = blank;

  constructor(clock: Clock, ends: CableEnds) {
    this.clock = clock;
    this.ends = ends;
  }

  fault(name: string): void {
    this.mend();
    const fault = helperFaults[name];
    if (!fault) throw new RangeError(`nobody knows a helper that ${name}`);
    this.present = fault;
    if (fault.unplugged) this.plug(false);
    if (fault.every !== undefined) this.repeat(fault.every, this.memory);
  }

  /** As good as new: what was pulled out is put in again. */
  mend(): void {
    this.again?.();
    this.again = undefined;
    this.present = {};
    if (!this.connected) this.plug(true);
  }

  /** One line of the helper, without its end. */
  fromHelper(line: string): void {
    if (!this.connected) return;
    const { lines, count, statuses } = this.memory;
    this.memory = {
      lines: [...lines, line].slice(-mostKept),
      count: count + 1,
      statuses: statuses + (isStatus(line) ? 1 : 0),
    };
    this.ends.toStation(this.present.fromHelper?.(line, this.memory) ?? `${line}\n`);
  }

  /** One line of the station, without its end. */
  fromStation(line: string): void {
    if (this.connected && !this.present.toHelper?.(line)) this.ends.toHelper(line);
  }

  private plug(connected: boolean): void {
    this.connected = connected;
    this.memory = blank;
    this.ends.connect(connected);
  }

  /** Says something by itself, whether the helper speaks or not. */
  private repeat(every: Millis, memory: Memory): void {
    this.again = this.clock.after(every, () => {
      const said = this.present.saysItself?.(memory);
      if (said !== undefined) this.ends.toStation(said);
      this.repeat(every, memory);
    });
  }
}

/** Lines of the helper that are remembered. */
const mostKept = 50;
