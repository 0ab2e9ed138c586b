import type { Link } from "../core/link";
import type { Car } from "../evcc/car";
import type { EvccConfig } from "../evcc/config";
import { type CarMachine, CarNode, type CarPorts } from "../evcc/node";

/** The car that runs at present: a reset puts another in its place, as if its process had been restarted. */
export class Vehicle {
  private node: CarNode | undefined;
  private readonly ports: Omit<CarPorts, "link">;
  private readonly config: EvccConfig;
  private readonly attach: () => Promise<Link> | undefined;
  private readonly wrap: (machine: CarMachine) => CarMachine;

  constructor(
    ports: Omit<CarPorts, "link">,
    config: EvccConfig,
    attach: () => Promise<Link> | undefined,
    wrap: (machine: CarMachine) => CarMachine = (it) => it,
  ) {
    this.ports = ports;
    this.config = config;
    this.attach = attach;
    this.wrap = wrap;
  }

  get car(): Car | undefined {
    return this.node?.state;
  }

  get inlet(): CarPorts["inlet"] {
    return this.ports.inlet;
  }

  async start(): Promise<void> {
    const link = await this.attach();
    this.node = new CarNode({ ...this.ports, ...(link && { link }) }, this.config, this.wrap);
  }

  /** The driver wants no more. */
  stop(): void {
    this.node?.stimulus("stop");
  }

  async reset(): Promise<void> {
    this.ports.trace.record("evcc", { type: "stimulus", what: "reset" });
    this.letGo();
    await this.start();
  }

  /** As when its process ends: contactor open, state B, connections cut. */
  letGo(): void {
    this.node?.kill();
    this.node = undefined;
    this.ports.inlet.contactor(false);
    this.ports.pilot.present("B");
  }
}
