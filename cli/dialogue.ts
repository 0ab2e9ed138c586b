import type { Cancel, Clock, Millis } from "../core/clock";
import type { TraceEvent } from "../core/trace";
import type { Ended } from "../evcc/car";
import type { Vehicle } from "./vehicle";

/** What a session came to. Seconds, percent. */
export interface Summary {
  readonly ended: Ended["how"];
  readonly because: string;
  readonly seconds: number;
  /** CurrentDemand messages. */
  readonly loops: number;
  readonly soc: { readonly from: number; readonly to: number };
}

/** Where a car has something to do with a station. */
const engaged: readonly string[] = ["AwaitMatch", "AwaitSdpResponse", "AwaitConnection", "InSession"];

/** The car leaves its link half a second after its connection (TP_match_leave); a process that ends sooner would not. */
const leaveMs: Millis = 700;

/** Follows the car from plug to plug: when a dialogue begins, how long it may last, and what it came to. */
export class Dialogue {
  /** The car is talking to a station, or about to. */
  open = false;
  private began: Millis = 0;
  private socFrom = 0;
  private loops = 0;
  private limit: Cancel | undefined;
  private told: ((summary: Summary) => void) | undefined;
  private readonly vehicle: Vehicle;
  private readonly clock: Clock;
  private readonly duration: number | undefined;

  /** @param duration seconds from the beginning to the driver's wish to stop */
  constructor(vehicle: Vehicle, clock: Clock, duration: number | undefined) {
    this.vehicle = vehicle;
    this.clock = clock;
    this.duration = duration;
  }

  hear(event: TraceEvent): void {
    if (event.node !== "evcc") return;
    if (event.type === "v2g" && event.dir === "tx" && event.name === "CurrentDemandReq") this.loops++;
    if (event.type !== "state" || event.machine !== "car") return;
    const begins = engaged.includes(event.to) && !engaged.includes(event.from);
    if (begins) this.begin();
    else if (this.open && !engaged.includes(event.to)) this.end();
  }

  /** The first session that is over, if it is to be the only one; and one that the car's policy did not allow in any case. */
  over(once: boolean): Promise<Summary> {
    return new Promise((resolve) => {
      this.told = (summary) => {
        if (once || summary.ended === "NoTls") this.clock.after(leaveMs, () => resolve(summary));
      };
    });
  }

  private begin(): void {
    this.open = true;
    this.began = this.clock.now();
    this.loops = 0;
    this.socFrom = this.vehicle.inlet.read().soc;
    this.limit?.();
    if (this.duration !== undefined) this.limit = this.clock.after(this.duration * 1000, () => this.vehicle.stop());
  }

  private end(): void {
    this.open = false;
    this.limit?.();
    const { how, because } = this.vehicle.car?.ended ?? { how: "GivenUp", because: "reset" };
    this.told?.({
      ended: how,
      because,
      seconds: Math.round(this.clock.now() - this.began) / 1000,
      loops: this.loops,
      soc: { from: this.socFrom, to: this.vehicle.inlet.read().soc },
    });
  }
}
