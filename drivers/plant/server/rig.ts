import type { Cancel, Clock, Millis } from "../../../core/clock";
import type { Entropy } from "../../../core/entropy";
import { Trace, type TraceEvent } from "../../../core/trace";
import { Plant, type PlantOptions } from "../../virtual/plant";
import type { PilotHappening } from "../power-forms";
import { CarEnd } from "./car-end";
import { Generator } from "./generator";
import { StationEnd } from "./station-end";

/** How often the physics catches up with the clock while anything moves. */
const tickMs: Millis = 5;

export interface RigPorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly config?: PlantOptions;
  /** A plant that somebody else runs and writes down; without one it is made here. */
  readonly given?: GivenPlant;
  /** What the plant writes of itself: the wire and the power path. */
  readonly recorded: (event: TraceEvent) => void;
  /** Another output stands on the line. */
  readonly driven: () => void;
}

export interface GivenPlant {
  readonly plant: Plant;
  readonly trace: Trace;
}

/** One plant from its making to the next reset: its physics running on the clock, and what it was told at both ends. */
export class Rig {
  readonly plant: Plant;
  readonly generator: Generator;
  readonly station: StationEnd;
  readonly car: CarEnd;
  /** What is on the wire, unfiltered. */
  wire: PilotHappening = { type: "pilot", state: "A", high: 12, low: 12 };
  private readonly lease: Lease;
  private reached: Millis;
  private ticking = false;
  /** Somebody else runs it. */
  private readonly given: boolean;

  /** @throws RangeError for a configuration that no plant can have */
  constructor({ clock, entropy, config, given, recorded, driven }: RigPorts) {
    this.lease = new Lease(clock, () => this.stirred());
    this.reached = clock.now();
    this.given = given !== undefined;
    const trace = given?.trace ?? new Trace(() => clock.now(), 0);
    trace.onEvent((event) => {
      if (event.node !== "plant" || this.lease.ended) return;
      if (event.type === "pilot") this.wire = event;
      recorded(event);
    });
    this.plant = given?.plant ?? new Plant({ clock: this.lease, trace, entropy, ...(config && { config }) });
    this.generator = new Generator(this.plant, this.lease, driven);
    this.station = new StationEnd(this.plant, this.lease);
    this.car = new CarEnd(this.plant, this.lease);
    this.follow();
  }

  /** Something was commanded or has happened: what moves is followed until nothing does. */
  stirred(): void {
    if (this.given || this.ticking || this.lease.ended || this.plant.quiet) return;
    this.ticking = true;
    this.lease.after(tickMs, () => this.tick());
  }

  /** Nothing of it happens any more; who waits for a movement is told. */
  end(): void {
    this.lease.end();
    for (const move of [this.station.contactor, this.station.lock, this.car.contactor]) move.abandon();
  }

  private tick(): void {
    const now = this.lease.now();
    while (this.reached < now) this.reached = this.plant.advance(this.reached, now);
    // The lease looks afterwards whether anything still moves.
    this.ticking = false;
  }

  private follow(): void {
    const { plant, station, car, generator } = this;
    plant.evsePilot.onChange(() => generator.apply());
    plant.powerPath.onChange(() => {
      station.contactor.moved();
      station.lock.moved();
    });
    plant.inlet.onChange(() => car.contactor.moved());
  }
}

/** A clock whose timers all end with the plant that it is lent to. */
class Lease implements Clock {
  ended = false;
  private readonly running = new Set<Cancel>();
  private readonly clock: Clock;
  private readonly afterwards: () => void;

  /** @param afterwards called after each timer */
  constructor(clock: Clock, afterwards: () => void) {
    this.clock = clock;
    this.afterwards = afterwards;
  }

  now(): Millis {
    return this.clock.now();
  }

  after(delay: Millis, fire: () => void): Cancel {
    if (this.ended) return () => undefined;
    const stop = this.clock.after(delay, () => {
      this.running.delete(stop);
      fire();
      this.afterwards();
    });
    this.running.add(stop);
    return () => {
      this.running.delete(stop);
      stop();
    };
  }

  end(): void {
    this.ended = true;
    for (const stop of this.running) stop();
    this.running.clear();
  }
}
