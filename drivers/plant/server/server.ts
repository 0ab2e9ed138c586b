import type { Clock, Millis } from "../../../core/clock";
import type { Entropy } from "../../../core/entropy";
import type { PowerFault } from "../../../core/power";
import type { TraceEvent } from "../../../core/trace";
import type { PlantOptions } from "../../virtual/plant";
import { pilotForm, powerForm, sampleForm } from "../power-forms";
import { type Json, type Role, type Thing, things } from "../protocol";
import { Client, type Wire } from "./client";
import { readPlantOptions } from "./config";
import { dutyForm } from "./ev-methods";
import { Refusal } from "./refusal";
import { type GivenPlant, Rig } from "./rig";

export interface PlantServerOptions {
  readonly clock: Clock;
  /** Reading of the machine's monotonic clock, in nanoseconds, when `clock` stood at 0. */
  readonly originNs: bigint;
  /** Randomness of a plant with this seed. */
  readonly entropy: (seed: number) => Entropy;
  readonly seed?: number;
  readonly config?: PlantOptions;
  /** A plant that is there and that somebody else runs: it is never reset. */
  readonly given?: GivenPlant;
}

/** The plant protocol (firmware/PROTOCOL.md, chapter 5) without its sockets: lines in, lines out, time from the clock. */
export class PlantServer {
  readonly clock: Clock;
  readonly originNs: bigint;
  readonly clients = new Set<Client>();
  rig: Rig;
  private seed: number;
  private aux = false;
  private readonly holders = new Map<Thing, Client>();
  private readonly entropy: PlantServerOptions["entropy"];
  private readonly given: GivenPlant | undefined;

  /** @throws RangeError for a configuration that no plant can have */
  constructor({ clock, originNs, entropy, seed = 1, config, given }: PlantServerOptions) {
    this.clock = clock;
    this.originNs = originNs;
    this.entropy = entropy;
    this.given = given;
    this.seed = seed;
    this.rig = this.build(config);
  }

  /** Milliseconds since the plant's origin. */
  now(): Millis {
    return this.clock.now();
  }

  /** A client on the socket of a role; give it its lines by `receive`, and call `disconnect` when it has gone. */
  connect(role: Role, wire: Wire): Client {
    const client = new Client(this, role, wire);
    this.clients.add(client);
    return client;
  }

  disconnect(client: Client): void {
    if (!this.clients.delete(client)) return;
    client.end();
    this.release(client, "gone");
  }

  /** Nothing runs any more. */
  close(): void {
    for (const client of this.clients) client.end();
    this.clients.clear();
    this.rig.end();
  }

  heldBy(client: Client): Thing[] {
    return things.filter((thing) => this.holders.get(thing) === client);
  }

  /** A command that acts: whoever gave it last holds the thing. */
  hold(thing: Thing, client: Client, line: string): void {
    this.holders.set(thing, client);
    this.observed("evt:plant.command", { role: client.role, line });
  }

  /** A line has been obeyed. */
  acted(): void {
    this.rig.stirred();
    this.look();
  }

  stimulus(what: string): void {
    this.observed("evt:plant.stimulus", { what });
  }

  /** A client has gone or is silent: nothing that it held stays under power. */
  release(client: Client, because: "gone" | "silent"): void {
    const held = this.heldBy(client);
    if (held.length === 0) return;
    const { station, car, generator } = this.rig;
    const released: Thing[] = [];
    if (held.includes("supply") || held.includes("contactor")) {
      released.push(...station.release());
      this.letGo("supply", "contactor");
    }
    if (held.includes("line") && generator.release()) released.push("line");
    if (held.includes("ev_contactor") || held.includes("load")) {
      released.push(...car.release());
      this.letGo("ev_contactor", "load");
    }
    this.letGo(...held);
    const told = { role: client.role, because, released };
    for (const other of this.clients) {
      if (other !== client && (other.role === client.role || other.role === "observer"))
        other.event("evt:failsafe.client", told);
    }
    this.acted();
  }

  /** A new plant at the same time; clients stay, hold nothing, and are greeted again. @throws Refusal */
  reset(config: unknown, seed = this.seed): void {
    const before = this.rig;
    this.seed = seed;
    this.rig = this.rebuilt(config);
    before.end();
    this.holders.clear();
    this.aux = false;
    for (const client of this.clients) client.hello();
    this.stimulus("reset");
    this.observed("evt:plant.pilot", pilotForm(this.rig.wire));
    this.observed("evt:plant.power", sampleForm(this.rig.plant.sample()));
    for (const stream of ["adc", "contactor", "power", "inlet"]) this.push(`evt:${stream}.tick`);
    this.look();
  }

  private rebuilt(config: unknown): Rig {
    try {
      return this.build(readPlantOptions(config));
    } catch (error) {
      if (error instanceof RangeError) throw new Refusal("bad_config");
      throw error;
    }
  }

  private build(config: PlantOptions | undefined): Rig {
    let built = false;
    const rig = new Rig({
      clock: this.clock,
      entropy: this.entropy(this.seed),
      ...(config && { config }),
      ...(this.given && { given: this.given }),
      recorded: (event) => built && this.recorded(event),
      driven: () => this.look(),
    });
    built = true;
    const { evsePilot, evPilot, powerPath, inlet } = rig.plant;
    evsePilot.onChange(() => this.look());
    let told = "";
    evPilot.onChange(() => {
      const form = dutyForm(rig);
      if (JSON.stringify(form) === told) return;
      told = JSON.stringify(form);
      this.tell("ev", (client) => client.event("evt:ev.pilot", form));
    });
    powerPath.onChange((_, fault) => this.powered(fault));
    inlet.onChange(() => this.push("evt:inlet.tick"));
    return rig;
  }

  private recorded(event: TraceEvent): void {
    if (event.type === "pilot") {
      this.observed("evt:plant.pilot", pilotForm(event), event.t);
      this.push("evt:adc.tick");
      this.look();
    } else if (event.type === "power") {
      const { seq: _, t, node: __, type: ___, ...sample } = event;
      this.observed("evt:plant.power", sampleForm(sample), t);
    }
  }

  private powered(fault: PowerFault | undefined): void {
    const reading = this.rig.plant.powerPath.read();
    if (reading.contactor !== this.aux) {
      this.aux = reading.contactor;
      this.push("evt:contactor.tick");
    }
    if (!fault) return this.push("evt:power.tick");
    this.tell("evse", (client) => client.event("evt:power.fault", { fault, ...powerForm(reading) }));
  }

  private look(): void {
    for (const client of this.clients) client.look();
  }

  private push(event: string): void {
    for (const client of this.clients) client.tick(event);
  }

  private tell(role: Role, how: (client: Client) => void): void {
    for (const client of this.clients) if (client.role === role) how(client);
  }

  private observed(method: string, result: Json, t: Millis = this.now()): void {
    this.tell("observer", (client) => client.event(method, result, t));
  }

  private letGo(...what: readonly Thing[]): void {
    for (const thing of what) this.holders.delete(thing);
  }
}
