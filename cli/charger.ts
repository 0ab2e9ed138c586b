import type { Link } from "../core/link";
import type { SeccConfig } from "../secc/config";
import { type StationMachine, StationNode, type StationPorts, type StationStimulus } from "../secc/node";

/** The station that runs at present: a reset puts another in its place, as if its process had been restarted. */
export class Charger {
  private node: StationNode | undefined;
  private readonly ports: Omit<StationPorts, "link">;
  private readonly config: SeccConfig;
  private readonly attach: () => Promise<Link> | undefined;
  private readonly wrap: ((machine: StationMachine) => StationMachine) | undefined;

  constructor(
    ports: Omit<StationPorts, "link">,
    config: SeccConfig,
    attach: () => Promise<Link> | undefined,
    wrap?: (machine: StationMachine) => StationMachine,
  ) {
    this.ports = ports;
    this.config = config;
    this.attach = attach;
    this.wrap = wrap;
  }

  async start(): Promise<void> {
    const link = await this.attach();
    this.node = new StationNode({ ...this.ports, ...(link && { link }) }, this.config, this.wrap);
  }

  /** TCP port it listens on; 0 while it does not. */
  get port(): number {
    return this.node?.port ?? 0;
  }

  /** A car is connected. */
  get inSession(): boolean {
    return this.node?.state.at === "InSession";
  }

  stimulus(what: StationStimulus): void {
    this.node?.stimulus(what);
  }

  emergency(reason: string): void {
    this.node?.emergency(reason);
  }

  drive(dutyPercent: number): void {
    this.node?.drive(dutyPercent);
  }

  async reset(): Promise<void> {
    this.ports.trace.record("secc", { type: "stimulus", what: "reset" });
    this.letGo();
    await this.start();
  }

  /** As when its process ends: supply off, contactor open, pilot at rest, connections cut. A live plug stays locked (S21). */
  letGo(): void {
    this.node?.kill();
    this.node = undefined;
    this.ports.power.supply("off");
    this.ports.power.contactor(false);
    this.ports.pilot.drive({ out: "x1" });
  }

  /** The process ends: it lets go of everything by itself. */
  kill(): void {
    this.node?.kill();
  }
}
