import { Listeners, type Unsubscribe } from "../../../core/listeners";
import type { DutyReading, EvPilot, PilotLoad } from "../../../core/pilot";
import type { Inlet, InletReading } from "../../../core/power";
import { inletOf } from "../power-forms";
import type { Json } from "../protocol";
import { PlantLink, type PlantLinkOptions } from "./link";
import { Pace } from "./pace";

/** A wire of which nothing is known is one without a plug: the car ends what it does. */
const noPilot: DutyReading = { plugged: false, high: Number.NaN };
const safeVolts = 60;

/** The car's end of the pilot in a plant of its own. */
export class PlantDuty implements EvPilot {
  private readonly link: PlantLink;
  private readonly listeners = new Listeners<[DutyReading]>();
  private reading = noPilot;
  private load: PilotLoad = "B";

  constructor(link: PlantLink) {
    this.link = link;
    link.onGreeting(() => this.link.post("ev.pilot", { load: this.load }));
    link.onGreeting(() => this.link.post("ev.pilot.read", {}, (result) => this.take(result)));
    link.onLost(() => {
      // The plant has shown B by itself.
      this.load = "B";
      this.believe(noPilot);
    });
    link.onEvent("evt:ev.pilot", ({ result }) => this.take(result));
  }

  get known(): boolean {
    return this.reading !== noPilot;
  }

  present(load: PilotLoad): void {
    this.load = load;
    this.link.post("ev.pilot", { load });
  }

  read(): DutyReading {
    return this.reading;
  }

  onChange(listener: (reading: DutyReading) => void): Unsubscribe {
    return this.listeners.add(listener);
  }

  private take({ plugged, duty, high }: Json): void {
    if (typeof plugged !== "boolean" || typeof high !== "number") return;
    this.believe({ plugged, ...(typeof duty === "number" && { dutyPercent: duty }), high });
  }

  private believe(reading: DutyReading): void {
    const before = this.reading;
    this.reading = reading;
    if (
      before.plugged === reading.plugged &&
      before.dutyPercent === reading.dutyPercent &&
      before.high === reading.high
    )
      return;
    this.listeners.tell(reading);
  }
}

/** The car's side of the power path in a plant of its own. */
export class PlantInlet implements Inlet {
  private readonly link: PlantLink;
  private readonly pace: Pace;
  private readonly listeners = new Listeners<[InletReading]>();
  private reading: InletReading = {
    voltage: Number.NaN,
    batteryVoltage: Number.NaN,
    current: Number.NaN,
    soc: 0,
    contactor: false,
    locked: false,
  };
  private isKnown = false;
  private closing = false;
  private used = false;

  constructor(link: PlantLink) {
    this.link = link;
    this.pace = new Pace(link, "inlet.stream_start");
    link.onGreeting(() => {
      if (this.used) this.contactor(false);
    });
    link.onLost(() => {
      this.isKnown = this.closing = false;
      this.take({ ...this.reading, voltage: Number.NaN, current: Number.NaN, contactor: false, locked: false });
    });
    link.onEvent("evt:inlet.tick", ({ result }) => this.measured(result));
  }

  get known(): boolean {
    return this.isKnown;
  }

  contactor(closed: boolean): void {
    this.used = true;
    this.closing = closed && this.link.alive;
    if (closed) this.pace.set(true);
    this.link.post("ev.contactor.set", { on: closed });
  }

  read(): InletReading {
    return this.reading;
  }

  onChange(listener: (reading: InletReading) => void): Unsubscribe {
    return this.listeners.add(listener);
  }

  private measured(form: Json): void {
    const reading = inletOf(form);
    if (!reading) return;
    this.isKnown = true;
    this.take(reading);
    this.pace.set(this.closing || reading.contactor || reading.voltage >= safeVolts);
  }

  private take(reading: InletReading): void {
    const before = this.reading;
    this.reading = reading;
    if (before.contactor === reading.contactor && before.locked === reading.locked) return;
    this.listeners.tell(reading);
  }
}

/** The car's end of a plant that is a process of its own: its pilot and its inlet. */
export class PlantCar {
  readonly pilot: PlantDuty;
  readonly inlet: PlantInlet;
  readonly link: PlantLink;

  /** Connects, and waits for the first readings. @throws EnvironmentError when there is no plant, or this is not its car's socket */
  static async open(options: PlantLinkOptions): Promise<PlantCar> {
    const car = new PlantCar(new PlantLink("ev", options));
    await car.link.await(() => car.pilot.known && car.inlet.known);
    return car;
  }

  private constructor(link: PlantLink) {
    this.link = link;
    this.pilot = new PlantDuty(link);
    this.inlet = new PlantInlet(link);
  }

  /** The plant opens the car's contactor and shows B at once, if this car had commanded either. */
  close(): void {
    this.link.close();
  }
}
