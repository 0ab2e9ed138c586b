import type { Clock, Millis } from "../../core/clock";
import { Listeners, type Unsubscribe } from "../../core/listeners";
import type { PowerFault, PowerPath, PowerReading } from "../../core/power";
import { HelperError, type HelperLink } from "./helper-link";
import type { HelperEvent, HelperStatus } from "./messages";
import { Peripherals } from "./peripherals";

export interface HelperPowerOptions {
  readonly link: HelperLink;
  readonly clock: Clock;
  /** What the helper does not reach: supply, isolation monitor, lock, and whatever its board has not wired. */
  readonly rest: PowerPath;
  /** The rest has a contactor of its own that is to stand as the helper's does: a simulated one. */
  readonly mirrored?: boolean;
  readonly log?: (text: string, fields: object) => void;
}

/** A contactor that is still moving is asked again so often. */
const busyMs: Millis = 50;
/** A helper that has not said what it has is asked again so often. */
const againMs: Millis = 200;
/** Codes of firmware/PROTOCOL.md, chapter 5.5. */
const codes = { auxMismatch: 1002, notCharging: 1003, busy: 1004, forcedOpen: 1006 } as const;

/**
 * A power path whose contactor, temperatures and energy meter are behind the helper, as far as its board has them. A contactor counts as closed
 * when the helper has seen its auxiliary contact; the helper opens it without us when the pilot leaves C and D, or we are not heard.
 */
export class HelperPower implements PowerPath {
  private readonly options: HelperPowerOptions;
  private readonly peripherals: Peripherals;
  private readonly listeners = new Listeners<[PowerReading, PowerFault?]>();
  private closed = false;
  private wanted = false;
  /** Its auxiliary contact says so, whatever the coil does. */
  private welded = false;
  /** Orders to the contactor that have not been answered. */
  private asked = 0;
  private told: string;

  constructor(options: HelperPowerOptions) {
    this.options = options;
    const { link, clock, rest } = options;
    this.peripherals = new Peripherals(link, clock, () => this.tell("OverTemperature"));
    this.told = essence(this.read());
    // Contacts that the helper measures are told as too hot once its own reading says so.
    const known = (fault?: PowerFault) =>
      fault === "OverTemperature" && this.peripherals.has("temps") ? undefined : fault;
    rest.onChange((_, fault) => this.tell(known(fault)));
    link.onEvent((event) => this.event(event));
    link.onStatus((status) => this.status(status));
    link.onAlive((alive) => (alive ? void this.taken() : this.move(false)));
    if (link.alive) void this.taken();
  }

  /** What the helper has is known. */
  get known(): boolean {
    return this.peripherals.known;
  }

  supply(target: { voltage: number; current: number } | "off"): void {
    this.options.rest.supply(target);
  }

  contactor(closed: boolean): void {
    if (!this.peripherals.has("contactor")) return this.options.rest.contactor(closed);
    this.wanted = closed;
    void this.command(closed);
  }

  measureIsolation(on: boolean): void {
    this.options.rest.measureIsolation(on);
  }

  lock(locked: boolean): void {
    this.options.rest.lock(locked);
  }

  read(): PowerReading {
    const rest = this.options.rest.read();
    const contactor = this.peripherals.has("contactor") ? this.closed : rest.contactor;
    return { ...rest, contactor, ...this.peripherals.reading };
  }

  onChange(listener: (reading: PowerReading, fault?: PowerFault) => void): Unsubscribe {
    return this.listeners.add(listener);
  }

  /** A helper that has come, or come back, may have a contactor that stands elsewhere than we believe. */
  private async taken(): Promise<void> {
    const { link, clock } = this.options;
    this.wanted = false;
    try {
      await this.peripherals.start();
      if (!this.peripherals.has("contactor")) return this.tell();
      const { commanded, aux_ok } = await link.request("contactor.check");
      this.move(aux_ok === true ? commanded === true : commanded !== true);
      if (this.closed && !this.wanted) await this.command(false);
    } catch (error) {
      this.refused("start", error);
      // As long as nobody knows what the helper has, its contactor is not ours to take for another's.
      if (link.alive) clock.after(againMs, () => link.alive && !this.known && void this.taken());
    }
  }

  /** Armed right before each closing: the helper refuses one that was armed more than 1.5 s ago. */
  private async command(closed: boolean): Promise<void> {
    const { link, clock } = this.options;
    this.asked++;
    try {
      if (closed) link.request("sys.arm").catch((error: unknown) => this.refused("sys.arm", error));
      await link.request("contactor.set", { on: closed });
      this.move(closed);
    } catch (error) {
      const code = this.refused("contactor.set", error);
      if (code === codes.busy)
        return void clock.after(busyMs, () => this.wanted === closed && void this.command(closed));
      if (code === codes.auxMismatch) return this.move(!closed, closed ? "ContactorStuck" : "ContactorWelded");
      // A car that has left C says so by the pilot.
      const told = code === codes.notCharging || code === codes.forcedOpen;
      if (closed) this.move(false, told || code === undefined ? undefined : "ContactorStuck");
    } finally {
      this.asked--;
    }
  }

  /** An answer or an event may have been lost: each status says again where the coil is. */
  private status({ contactor }: HelperStatus): void {
    if (contactor === undefined || this.asked > 0 || !this.peripherals.has("contactor")) return;
    if (contactor && !this.wanted) void this.command(false);
    else if (!contactor && this.closed && !this.welded) this.move(false);
  }

  private refused(method: string, error: unknown): number | undefined {
    if (!(error instanceof HelperError)) throw error;
    this.options.log?.(`${method} failed`, { reason: error.reason });
    return error.reason.kind === "Refused" ? error.reason.code : undefined;
  }

  private event({ method, result }: HelperEvent): void {
    if (method === "evt:failsafe.keepalive" || method === "evt:failsafe.pilot") {
      this.wanted = false;
      this.options.log?.("The helper has opened the contactor", { method, ...result });
      this.move(false);
    }
    if (method !== "evt:failsafe.aux") return;
    this.wanted = false;
    this.move(result.aux === true, result.aux === true ? "ContactorWelded" : "ContactorStuck");
  }

  private move(closed: boolean, fault?: PowerFault): void {
    this.closed = closed;
    this.welded = closed && fault === "ContactorWelded";
    const { mirrored, rest } = this.options;
    if (mirrored && rest.read().contactor !== closed) rest.contactor(closed);
    this.tell(fault);
  }

  private tell(fault?: PowerFault): void {
    const reading = this.read();
    const now = essence(reading);
    if (now === this.told && !fault) return;
    this.told = now;
    this.listeners.tell(reading, fault);
  }
}

/** What listeners are called for. */
const essence = ({ contactor, locked, isolation }: PowerReading): string => `${contactor} ${locked} ${isolation}`;
