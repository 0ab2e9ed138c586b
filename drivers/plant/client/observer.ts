import type { Millis } from "../../../core/clock";
import type { Happening, PowerSample } from "../../../core/trace";
import type { HelperEvent } from "../../serial/messages";
import type { ActiveFaults, FaultFigures, FaultName, PlantOptions } from "../../virtual/plant";
import { type PilotHappening, pilotOf, sampleOf } from "../power-forms";
import { isObject, type Json, type Role, type Thing } from "../protocol";
import { PlantError, PlantLink, type PlantLinkOptions } from "./link";

/** What the plant tells of itself, at the instant at which it was, by the observer's clock. */
export type PlantHappening = { readonly t: Millis; readonly node: "plant" } & Extract<
  Happening,
  { type: "pilot" | "power" | "stimulus" }
>;

/** Station or car was let go by the plant: it has gone, or was silent. */
export interface Failsafe {
  readonly t: Millis;
  readonly role: Role;
  readonly because: "gone" | "silent";
  readonly released: readonly Thing[];
}

export interface PlantCommand {
  readonly t: Millis;
  readonly role: Role;
  readonly line: string;
}

export interface PlantSample extends PowerSample {
  /** Volts of DC+ and DC− against PE. */
  readonly poles: readonly [number, number];
  readonly plugged: boolean;
  readonly pilot: PilotHappening;
}

export interface PlantObserverOptions extends PlantLinkOptions {
  /** Reading of the machine's monotonic clock, in nanoseconds, at which `clock` stood at 0. */
  readonly originNs: bigint;
}

/** The harness's end of a plant that is a process of its own: it sees everything, moves the plug, and brings faults about. */
export class PlantObserver {
  readonly link: PlantLink;
  /** Events of the plant that never came. */
  missed = 0;
  private expected = 0;
  private readonly originNs: bigint;

  /** @throws EnvironmentError when there is no plant, or this is not its observer's socket */
  static async open(options: PlantObserverOptions): Promise<PlantObserver> {
    const link = new PlantLink("observer", options);
    const observer = new PlantObserver(link, options.originNs);
    await link.await(() => true);
    return observer;
  }

  private constructor(link: PlantLink, originNs: bigint) {
    this.link = link;
    this.originNs = originNs;
    link.onLost(() => {
      this.expected = 0;
    });
    for (const name of ["pilot", "power", "stimulus", "command"])
      link.onEvent(`evt:plant.${name}`, (event) => this.count(event));
    link.onEvent("evt:failsafe.client", (event) => this.count(event));
  }

  async plug(): Promise<void> {
    await this.link.request("plant.plug");
  }

  /** Rejects with a PlantError 1008 while it is locked, unless by force. */
  async unplug(how?: "by force"): Promise<void> {
    await this.link.request("plant.unplug", { force: how === "by force" });
  }

  /** Rejects with a PlantError for an unknown fault or figure. */
  async fault<Name extends FaultName>(
    name: Name,
    how: boolean | Partial<FaultFigures<Name>> = true,
  ): Promise<ActiveFaults> {
    const on = how !== false;
    const figures = typeof how === "object" ? how : {};
    const { present } = await this.link.request("plant.fault", { name, on, figures });
    return present as ActiveFaults;
  }

  async clear(name?: FaultName): Promise<void> {
    await this.link.request("plant.clear", name === undefined ? {} : { name });
  }

  async sample(): Promise<PlantSample> {
    const form = await this.link.request("plant.sample");
    const sample = sampleOf(form);
    const pilot = isObject(form.pilot) ? pilotOf(form.pilot) : undefined;
    const { poles, plugged } = form;
    if (!sample || !pilot) throw new PlantError("plant.sample", { kind: "NoAnswer" });
    return { ...sample, poles: poles as [number, number], plugged: plugged === true, pilot };
  }

  /** A new plant: unplugged, without faults. */
  async reset(config: PlantOptions = {}, seed?: number): Promise<void> {
    await this.link.request("plant.reset", { config, ...(seed !== undefined && { seed }) });
  }

  async clients(): Promise<readonly { role: Role; silent_ms: Millis; holds: readonly Thing[] }[]> {
    const { clients } = await this.link.request("plant.clients");
    return clients as Awaited<ReturnType<PlantObserver["clients"]>>;
  }

  /** Called with what the plant writes of itself, in order. */
  onHappening(listener: (happening: PlantHappening) => void): void {
    const tell = (name: string, read: (result: Json) => Omit<PlantHappening, "t" | "node"> | undefined): void =>
      this.link.onEvent(`evt:plant.${name}`, ({ ts, result }) => {
        const happening = read(result);
        if (happening) listener({ t: this.time(ts), node: "plant", ...happening } as PlantHappening);
      });
    tell("pilot", pilotOf);
    tell("power", (result) => {
      const sample = sampleOf(result);
      return sample && ({ type: "power", ...sample } as const);
    });
    tell("stimulus", ({ what }) => ({ type: "stimulus", what: String(what) }) as const);
  }

  onFailsafe(listener: (failsafe: Failsafe) => void): void {
    this.link.onEvent("evt:failsafe.client", ({ ts, result }) => {
      const { role, because, released } = result as unknown as Failsafe;
      listener({ t: this.time(ts), role, because, released });
    });
  }

  /** Called with every command of station and car that acted, as it was sent. */
  onCommand(listener: (command: PlantCommand) => void): void {
    this.link.onEvent("evt:plant.command", ({ ts, result }) => {
      const { role, line } = result as unknown as PlantCommand;
      listener({ t: this.time(ts), role, line });
    });
  }

  close(): void {
    this.link.close();
  }

  /** The plant's time by our clock: both count from a reading of the machine's. */
  private time(ts: Millis): Millis {
    return ts + Number(this.link.originNs - this.originNs) / 1e6;
  }

  private count({ result }: HelperEvent): void {
    const { seq } = result;
    if (typeof seq !== "number") return;
    this.missed += Math.max(0, seq - this.expected);
    this.expected = seq + 1;
  }
}
