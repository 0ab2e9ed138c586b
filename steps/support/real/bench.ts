import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Millis } from "../../../core/clock";
import type { Link } from "../../../core/link";
import type { Network } from "../../../core/network";
import type { EvPilot, EvsePilot } from "../../../core/pilot";
import type { Inlet, PowerPath } from "../../../core/power";
import { SystemEntropy } from "../../../drivers/linux/entropy";
import { defaultConfig as defaultCar, type EvccConfig } from "../../../evcc/config";
import { CarNode } from "../../../evcc/node";
import { defaultConfig as defaultStation, type SeccConfig } from "../../../secc/config";
import { StationNode } from "../../../secc/node";
import type { Bench, BenchLine, BenchOptions, BenchPlant, CarHands, StationHands } from "../bench";
import { Inconclusive } from "../judgement";
import type { Sut } from "../parameters";
import { BenchClock } from "./bench-clock";
import { BenchTrace } from "./bench-trace";
import { mirrored } from "./mirror";

/** How often it is looked whether something has come about that leaves no event. */
const look: Millis = 10;

/** A delay is measured by a timer of so many milliseconds. */
const delayResolution: Millis = 10;

/** The tester's ends of pilot and power path. */
export type Body =
  | { readonly pilot: EvPilot; readonly inlet: Inlet }
  | { readonly pilot: EvsePilot; readonly power: PowerPath };

/** The tester's host. */
export interface Host {
  readonly link?: Link | undefined;
  readonly network: Network;
}

/** What a person may do to the side under test, and the address at which it is expected. */
export interface Person {
  readonly address: string;
  stimulus(what: string): Promise<void>;
}

/** A bench in real time: the side under test is somewhere else, the tester's machine runs here and acts through its host. */
export abstract class RealBench implements Bench {
  readonly clock = new BenchClock();
  readonly trace: BenchTrace;
  abstract readonly plant: BenchPlant;
  abstract readonly powerline: BenchLine;
  secc!: StationHands;
  evcc!: CarHands;
  carNetwork: Network | undefined;
  protected readonly options: BenchOptions;
  protected readonly tester: Sut;
  /** Why nothing that follows counts. */
  protected broken: string | undefined;
  /** What others have not answered yet. */
  private readonly asked = new Set<Promise<unknown>>();
  /** From when the scenario begins: what is loaded and started before concerns nobody. */
  private readonly delays = monitorEventLoopDelay({ resolution: delayResolution });
  private host!: Host;
  private body!: Body;
  private person!: Person;
  private changed: () => void = () => undefined;

  constructor(options: BenchOptions) {
    this.options = options;
    this.tester = options.sut === "secc" ? "evcc" : "secc";
    this.trace = new BenchTrace(this.clock, (node, happening) => {
      const seen = node === this.tester ? mirrored(happening) : undefined;
      return seen && ([options.sut, seen] as const);
    });
    this.trace.onEvent(() => this.changed());
  }

  abstract plug(): void;
  abstract unplug(): void;

  get lateness(): Millis {
    return Math.max(0, this.delays.max / 1e6 - delayResolution);
  }

  /** @throws Inconclusive when the bench itself has failed */
  run(done: () => boolean, limit: Millis): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const deadline = this.clock.now() + limit;
      const end = (act: () => void): void => {
        clearInterval(poll);
        this.changed = () => undefined;
        act();
      };
      const check = (): void => {
        if (this.broken !== undefined) end(() => reject(new Inconclusive(this.broken ?? "")));
        else if (done()) end(() => resolve(true));
        else if (this.clock.now() >= deadline) end(() => resolve(false));
      };
      const poll = setInterval(check, look);
      this.changed = () => queueMicrotask(check);
      check();
    });
  }

  replaceCar(): void {
    this.car();
  }

  replaceStation(): void {
    this.station();
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.asked);
  }

  async close(): Promise<void> {
    if (this.tester === "evcc") this.evcc?.kill();
    else this.secc?.kill();
    this.clock.end();
    this.delays.disable();
  }

  /** Puts the tester's machine to work. */
  protected begin(host: Host, body: Body, person: Person): void {
    this.host = host;
    this.body = body;
    this.person = person;
    this.delays.enable();
    if (this.tester === "evcc") this.car(this.options.gateCar);
    else this.station(this.options.gateStation);
  }

  /** Waits for what was asked of somebody else; a refusal makes the scenario inconclusive. */
  protected ask(what: Promise<unknown>): void {
    this.asked.add(what);
    what
      .catch((error: Error) => {
        this.broken ??= error.message;
      })
      .finally(() => this.asked.delete(what));
  }

  /** How the tester's own side differs from the defaults because of this bench. */
  protected carConfig(): Partial<EvccConfig> {
    return {};
  }

  protected stationConfig(): Partial<SeccConfig> {
    return {};
  }

  private car(gate?: BenchOptions["gateCar"]): void {
    const { clock, trace, options, host, body } = this;
    this.evcc?.kill();
    if (!("inlet" in body)) throw new Inconclusive("the car is the side under test: it cannot be replaced");
    const { link, network } = host;
    const ports = { clock, trace, entropy: new SystemEntropy(), network, ...body, ...(link && { link }) };
    this.carNetwork = network;
    this.evcc = new CarNode(ports, { ...defaultCar, ...this.carConfig(), ...options.evcc }, gate);
    this.secc = { ...this.blackBox(), announce: closed };
  }

  private station(gate?: BenchOptions["gateStation"]): void {
    const { clock, trace, options, host, body } = this;
    this.secc?.kill();
    if (!("power" in body)) throw new Inconclusive("the station is the side under test: it cannot be replaced");
    const { link, network } = host;
    const ports = { clock, trace, entropy: new SystemEntropy(), network, ...body, ...(link && { link }) };
    const config = { ...defaultStation, ...this.stationConfig(), address: network.address, ...options.secc };
    this.secc = new StationNode(ports, config, gate);
    this.evcc = { ...this.blackBox(), discover: closed };
  }

  private blackBox() {
    const { address } = this.person;
    const stimulus = (what: string): void => this.ask(this.person.stimulus(what));
    return { address, stimulus, connection: closed, transmit: closed, kill: closed };
  }
}

const closed = (): never => {
  throw new Inconclusive("the side under test is a black box: it does only what it does");
};
