import type { Clock } from "../../core/clock";
import type { EvsePilot, PilotDrive } from "../../core/pilot";
import type { PowerPath } from "../../core/power";
import type { Trace, TraceEvent } from "../../core/trace";
import type { SeccConfig } from "../config";
import type { Cp, Hlc, Live, Meter, Status } from "./schemas";
import { SessionView } from "./session-view";
import { VehicleView } from "./vehicle-view";

export interface ViewPorts {
  readonly clock: Pick<Clock, "now">;
  readonly trace: Trace;
  readonly pilot: Pick<EvsePilot, "read">;
  readonly power: Pick<PowerPath, "read">;
  /** The calendar. */
  readonly wall: () => Date;
}

/** Everything that is shown of a station: read from its trace, what is in it already included, and measured at its ports, never taken from its machine. */
export class StationView {
  readonly session: SessionView;
  readonly vehicle: VehicleView;
  readonly ports: ViewPorts;
  readonly limits: SeccConfig["limits"];
  private readonly iface: string | null;

  constructor(ports: ViewPorts, config: Pick<SeccConfig, "EVSEID" | "limits">, iface: string | null) {
    this.ports = ports;
    this.limits = config.limits;
    this.iface = iface;
    this.session = new SessionView(() => ports.power.read(), ports.wall);
    this.vehicle = new VehicleView(config.EVSEID, ports.wall);
    for (const event of ports.trace.events) this.hear(event);
    ports.trace.onEvent((event) => this.hear(event));
  }

  private hear(event: TraceEvent): void {
    this.session.hear(event);
    this.vehicle.hear(event);
  }

  /** A vehicle is plugged in. */
  get occupied(): boolean {
    return /[BCD]/.test(this.ports.pilot.read().state);
  }

  /** No fault on the pilot, and nothing else that keeps a vehicle from being served. */
  get ready(): boolean {
    return !/[EF]/.test(this.ports.pilot.read().state);
  }

  get status(): Status {
    return this.session.status(this.ports.clock.now(), this.ports.pilot.read().state);
  }

  get meter(): Meter {
    return this.session.meter();
  }

  get cp(): Cp {
    const { high, state } = this.ports.pilot.read();
    return { voltage_v: Math.round(high * 100) / 100, state };
  }

  get live(): Live {
    const { vehicle, ports } = this;
    return {
      cp: this.cp,
      slac: vehicle.slac,
      iso15118: vehicle.iso15118,
      bms: vehicle.bms(ports.power.read().voltage),
    };
  }

  get hlc(): Hlc {
    return this.vehicle.hlc(this.iface);
  }
}

/** A pilot that remembers what it was last told to put on the line. */
export function watched(pilot: EvsePilot): EvsePilot & { driven(): PilotDrive | undefined } {
  let last: PilotDrive | undefined;
  return {
    drive: (drive) => {
      last = drive;
      pilot.drive(drive);
    },
    read: () => pilot.read(),
    onChange: (listener) => pilot.onChange(listener),
    driven: () => last,
  };
}
