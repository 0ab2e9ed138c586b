import { Listeners, type Unsubscribe } from "../../../core/listeners";
import type { PowerFault, PowerPath, PowerReading } from "../../../core/power";
import { powerOf } from "../power-forms";
import type { Json } from "../protocol";
import type { PlantLink } from "./link";
import { Pace } from "./pace";

/** Nothing is known: neither volts nor amperes, and nothing that would let power flow. */
const unknown = {
  voltage: Number.NaN,
  current: Number.NaN,
  contactor: false,
  supply: false,
  locked: false,
  isolation: "Invalid",
} as const;

const faults: readonly unknown[] = [
  "OverVoltage",
  "OverCurrent",
  "ShortCircuit",
  "ContactorWelded",
  "ContactorStuck",
  "LockLost",
  "OverTemperature",
] satisfies PowerFault[];
const isFault = (value: unknown): value is PowerFault => faults.includes(value);

/** Below this nobody is hurt, and nothing needs a close look. */
const safeVolts = 60;

/** The station's power path in a plant of its own. What the plant has not confirmed is not read; a plant that is gone has no power. */
export class PlantPower implements PowerPath {
  private readonly link: PlantLink;
  private readonly pace: Pace;
  private readonly listeners = new Listeners<[PowerReading, PowerFault?]>();
  private reading: PowerReading = { ...unknown, energy: 0, temperatures: [Number.NaN, Number.NaN] };
  private told = essence(this.reading);
  private isKnown = false;
  /** Starts of the monitor that the plant has not answered yet: what it says of the isolation until then is of before. */
  private starts = 0;
  private live = { supply: false, contactor: false };
  private wantsLock: boolean | undefined;
  private used = false;

  constructor(link: PlantLink) {
    this.link = link;
    this.pace = new Pace(link, "power.stream_start");
    link.onGreeting(() => this.greeted());
    link.onLost(() => this.lose());
    link.onEvent("evt:power.tick", ({ result }) => this.measured(result));
    link.onEvent("evt:power.fault", ({ result }) => this.failed(result));
  }

  /** Something is known of the path. */
  get known(): boolean {
    return this.isKnown;
  }

  /** @throws RangeError for figures that no supply can give */
  supply(target: { voltage: number; current: number } | "off"): void {
    this.used = true;
    if (target === "off") {
      this.live.supply = false;
      return this.link.post("supply.off");
    }
    const { voltage: v, current: i } = target;
    if (!(v >= 0 && i >= 0) || !Number.isFinite(v + i)) throw new RangeError(`the supply cannot give ${v} V, ${i} A`);
    this.live.supply = this.link.alive;
    this.pace.set(true);
    this.link.post("supply.set", { v, i });
  }

  contactor(closed: boolean): void {
    this.used = true;
    this.live.contactor = closed && this.link.alive;
    if (closed) {
      this.pace.set(true);
      this.link.post("sys.arm");
    }
    this.link.post("contactor.set", { on: closed });
  }

  measureIsolation(on: boolean): void {
    if (!on) return this.link.post("imd.stop");
    this.starts++;
    this.reading = { ...this.reading, isolation: "Invalid" };
    const done = (): void => void this.starts--;
    this.link.request("imd.start").then(done, done);
  }

  lock(locked: boolean): void {
    this.wantsLock = locked;
    this.link.post("lock.set", { on: locked });
  }

  read(): PowerReading {
    return this.reading;
  }

  onChange(listener: (reading: PowerReading, fault?: PowerFault) => void): Unsubscribe {
    return this.listeners.add(listener);
  }

  /** A plant that has not known us, or has let go what we held: off and open is said again, and a lock that should be open. */
  private greeted(): void {
    this.live = { supply: false, contactor: false };
    if (this.used) {
      this.supply("off");
      this.contactor(false);
    }
    if (this.wantsLock === false) this.lock(false);
  }

  private lose(): void {
    this.isKnown = false;
    this.live = { supply: false, contactor: false };
    const { poles: _, ...reading } = this.reading;
    this.take({ ...reading, ...unknown });
  }

  private measured(form: Json): void {
    const reading = this.readingOf(form);
    if (!reading) return;
    this.isKnown = true;
    this.take(reading);
    const { supply, contactor } = this.live;
    this.pace.set(supply || contactor || reading.supply || reading.contactor || reading.voltage >= safeVolts);
  }

  private failed({ fault, ...form }: Json): void {
    const reading = this.readingOf(form);
    if (!reading || !isFault(fault)) return;
    this.reading = reading;
    this.told = essence(reading);
    this.listeners.tell(reading, fault);
  }

  private readingOf(form: Json): PowerReading | undefined {
    const reading = powerOf(form);
    return reading && this.starts > 0 ? { ...reading, isolation: "Invalid" } : reading;
  }

  private take(reading: PowerReading): void {
    this.reading = reading;
    const now = essence(reading);
    if (now === this.told) return;
    this.told = now;
    this.listeners.tell(reading);
  }
}

/** What listeners are called for. */
const essence = ({ contactor, locked, isolation }: PowerReading): string => `${contactor} ${locked} ${isolation}`;
