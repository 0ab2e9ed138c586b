import type { Clock, Millis } from "../../core/clock";
import type { PowerReading } from "../../core/power";
import type { HelperLink } from "./helper-link";

type Capability = "contactor" | "temps" | "meter";
type Json = Readonly<Record<string, unknown>>;

/** Temperatures and meter are told so often, which takes a quarter of the line; a helper that knows no periods tells them each second. */
const periods = { temps: 200, meter: 50 } as const;
/** Older temperatures than this are none. */
const temperaturesAgeMs: Millis = 3_500;
/** °C from which a contact is too hot (S22), and below which it may become so anew. */
const hot = { from: 90, until: 80 } as const;

/**
 * What the helper measures beside the pilot, as far as its board has it: contact temperatures, and the energy at its meter. Volts and
 * amperes to charge by are the supply's.
 */
export class Peripherals {
  private readonly link: HelperLink;
  private readonly clock: Clock;
  private capabilities: readonly unknown[] | undefined;
  private energy: number | undefined;
  private tooHot = false;
  private readonly onHot: () => void;
  private temperatures: { readonly at: Millis; readonly celsius: readonly [number, number] } | undefined;

  /** @param onHot called when a contact gets too hot */
  constructor(link: HelperLink, clock: Clock, onHot: () => void) {
    this.link = link;
    this.clock = clock;
    this.onHot = onHot;
    link.onEvent(({ method, result }) => {
      if (method === "evt:temps.tick") this.warm(result);
      else if (method === "evt:meter.tick") this.metered(result);
    });
    link.onAlive((alive) => {
      if (!alive) this.temperatures = undefined;
    });
  }

  has(what: Capability): boolean {
    return this.capabilities?.includes(what) ?? false;
  }

  /** Everything that the board has was measured once. */
  get known(): boolean {
    return (
      this.capabilities !== undefined &&
      (!this.has("meter") || this.energy !== undefined) &&
      (!this.has("temps") || this.temperatures !== undefined)
    );
  }

  /** A temperature that is not known is NaN. */
  get reading(): Partial<Pick<PowerReading, "energy" | "temperatures">> {
    const { temperatures: measured, clock } = this;
    const fresh = measured !== undefined && clock.now() - measured.at <= temperaturesAgeMs;
    return {
      ...(this.has("meter") && { energy: this.energy ?? 0 }),
      ...(this.has("temps") && { temperatures: fresh ? measured.celsius : [Number.NaN, Number.NaN] }),
    };
  }

  /** Asks what there is, and has it measured from then on. Rejects with a HelperError. */
  async start(): Promise<void> {
    const { link } = this;
    const { capabilities } = await link.request("sys.info");
    this.capabilities = Array.isArray(capabilities) ? capabilities : [];
    if (this.has("temps")) {
      await link.request("temps.stream_start", { period_ms: periods.temps });
      this.warm(await link.request("temps.read"));
    }
    if (!this.has("meter")) return;
    await link.request("meter.stream_start", { period_ms: periods.meter });
    this.metered(await link.request("meter.read"));
  }

  private metered({ e }: Json): void {
    if (isNumber(e)) this.energy = e;
  }

  private warm({ temps }: Json): void {
    const { gun_a, gun_b } = (temps ?? {}) as { gun_a?: { c?: unknown }; gun_b?: { c?: unknown } };
    const [a, b] = [gun_a?.c, gun_b?.c];
    if (!isNumber(a) || !isNumber(b)) return;
    this.temperatures = { at: this.clock.now(), celsius: [a, b] };
    const before = this.tooHot;
    this.tooHot = Math.max(a, b) >= (before ? hot.until : hot.from);
    if (this.tooHot && !before) this.onHot();
  }
}

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
