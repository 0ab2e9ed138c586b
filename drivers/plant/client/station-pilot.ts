import type { Millis } from "../../../core/clock";
import { Listeners, type Unsubscribe } from "../../../core/listeners";
import type { EvsePilot, PilotDrive, PilotReading, PilotState } from "../../../core/pilot";
import { type HelperStatus, voltsOf } from "../../serial/messages";
import { isPilotState } from "../power-forms";
import type { Json } from "../protocol";
import type { PlantLink } from "./link";

/** After a command the plant may report the line as it was for so long. */
const graceMs: Millis = 300;

/** Nobody knows what stands on the wire: F, never a state with power, and no volts. */
const unknown: PilotReading = { state: "F", high: Number.NaN, low: Number.NaN };

/**
 * The station's end of the pilot in a plant of its own. While the plant is not heard, or the line does not stand as it was told to, the
 * pilot reads F: power goes off as it does for a pilot at −12 V.
 */
export class PlantPilot implements EvsePilot {
  private readonly link: PlantLink;
  private readonly listeners = new Listeners<[PilotReading]>();
  private reading = unknown;
  private reported: PilotState = "A";
  private driven: PilotDrive | undefined;
  private drivenAt: Millis = 0;

  constructor(link: PlantLink) {
    this.link = link;
    link.onGreeting(() => this.greeted());
    link.onLost(() => this.believe(unknown));
    link.onStatus((status) => this.status(status));
    link.onEvent("evt:cp.state", ({ result }) => this.state(result));
    link.onEvent("evt:adc.tick", ({ result }) => this.volts(result));
  }

  /** Something is known of the wire. */
  get known(): boolean {
    return this.reading !== unknown;
  }

  /** @throws RangeError for a duty cycle that does not exist */
  drive(drive: PilotDrive): void {
    if (drive.out === "x2" && !(drive.dutyPercent >= 0 && drive.dutyPercent <= 100)) {
      throw new RangeError(`pilot: a duty cycle of ${drive.dutyPercent} % does not exist`);
    }
    this.driven = drive;
    this.send();
  }

  read(): PilotReading {
    return this.reading;
  }

  onChange(listener: (reading: PilotReading) => void): Unsubscribe {
    return this.listeners.add(listener);
  }

  private greeted(): void {
    this.reading = unknown;
    if (this.driven) this.send();
    else this.link.command("get_status");
    this.link.post("adc.stream_start");
  }

  private send(): void {
    if (!this.driven) return;
    const { driven } = this;
    this.drivenAt = this.link.clock.now();
    this.link.command("cp.drive", {
      out: driven.out,
      ...(driven.out === "x2" && { duty: Math.round(driven.dutyPercent * 100) / 100 }),
    });
  }

  private status({ state, volts, out }: HelperStatus): void {
    const settled = this.link.clock.now() - this.drivenAt >= graceMs;
    if (this.driven && settled && Math.abs(out - dutyOf(this.driven)) >= 0.1) {
      // We were silent for too long, and the line was let go meanwhile: whatever session there was has to end.
      this.believe(unknown);
      return this.send();
    }
    this.believe({ state, ...(volts ?? this.reading) });
  }

  private state({ state, cp_v }: Json): void {
    if (!this.known || !isPilotState(state)) return;
    this.believe({ state, ...(voltsOf(cp_v) ?? { high: this.reading.high, low: this.reading.low }) });
  }

  private volts(result: Json): void {
    const volts = voltsOf(result);
    if (this.known && volts) this.reading = { ...this.reading, ...volts };
  }

  private believe(reading: PilotReading): void {
    this.reading = reading;
    if (reading.state === this.reported) return;
    this.reported = reading.state;
    this.listeners.tell(reading);
  }
}

/** Percent on the line as the drive asks for it; 0 V and −12 V have none. */
const dutyOf = (drive: PilotDrive): number => (drive.out === "x1" ? 100 : drive.out === "x2" ? drive.dutyPercent : 0);
