import type { Cancel, Clock, Millis } from "../../../core/clock";
import type { Entropy } from "../../../core/entropy";
import type { Unsubscribe } from "../../../core/listeners";
import type { Trace } from "../../../core/trace";
import type { Plant } from "../../virtual/plant";
import type { Json } from "../protocol";
import type { Client } from "./client";
import { readIncoming } from "./incoming";
import { PlantServer } from "./server";

export interface HelperPorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  /** What it measures and switches in, and where the plant writes what stands on its wire. */
  readonly plant: Plant;
  readonly trace: Trace;
  /** One line to the host, without its end. */
  readonly send: (line: string) => void;
}

/** Times of firmware/PROTOCOL.md, chapter 4. */
const silenceMs: Millis = 1500;
/** How often it looks, with the contactor closed and otherwise. */
const lookMs = { closed: 20, open: 100 } as const;
const auxMs: Millis = 100;
/** Of the host's lines and of what a plant says besides, the helper has none. */
const notOfAHelper = /^\{"type":"evt".*"method":"evt:(?:hello|failsafe\.client)"/;

/**
 * The pilot helper in one process with its plant and in any clock: the plant's `evse` dialect with what a helper does by itself. A new one is
 * a helper that has just started; its time begins at 0.
 */
export class VirtualHelper {
  private readonly client: Client;
  private readonly server: PlantServer;
  private readonly clock: Clock;
  private readonly send: (line: string) => void;
  private readonly hear: Unsubscribe;
  private looking: Cancel | undefined;
  private pingedAt: Millis = 0;
  private heardAt: Millis = 0;
  /** What it says now is for the plant only. */
  private alone = false;
  /** Since when the contact has not been where it was told to be. */
  private differs: { since: Millis; told: boolean } | undefined;

  constructor({ clock, entropy, plant, trace, send }: HelperPorts) {
    const bootedAt = clock.now();
    this.clock = { now: () => clock.now() - bootedAt, after: (delay, fire) => clock.after(delay, fire) };
    this.send = send;
    this.server = new PlantServer({ clock: this.clock, originNs: 0n, entropy: () => entropy, given: { plant, trace } });
    this.client = this.server.connect("evse", { send: (line) => this.tell(line), cut: () => undefined });
    this.client.event("evt:boot", { fw: "virtual", proto: 2 });
    this.client.receive('{"cmd":"get_status"}');
    this.hear = plant.evsePilot.onChange(() => this.guard());
    this.look();
  }

  /** One line of the host, without its end. */
  receive(text: string): void {
    const now = this.clock.now();
    const line = readIncoming(text);
    if (line.kind === "Command" || line.kind === "Request") this.heardAt = now;
    if (line.kind !== "Request") return this.client.receive(text);
    if (line.method === "sys.ping") this.pingedAt = now;
    if (line.method === "contactor.set" && line.params.on === true && !this.charging) return this.refuse(line.id);
    this.client.receive(text);
  }

  /** It has lost its supply: contactor open, nothing on the line. */
  end(): void {
    this.looking?.();
    this.hear();
    this.server.disconnect(this.client);
    this.server.close();
  }

  private get charging(): boolean {
    const { state } = this.client.rig.plant.evsePilot.read();
    return state === "C" || state === "D";
  }

  private refuse(id: number): void {
    const error = { code: 1003, message: "not_charging" };
    this.tell(JSON.stringify({ type: "res", id, ts: this.clock.now(), error }));
  }

  private tell(line: string): void {
    if (!this.alone && !notOfAHelper.test(line)) this.send(line);
  }

  private look(): void {
    this.guard();
    // To its plant it is there, whoever its host is.
    this.alone = true;
    this.client.receive('{"cmd":"ping"}');
    this.alone = false;
    const { commanded } = this.client.rig.station.contactor;
    this.looking = this.clock.after(commanded ? lookMs.closed : lookMs.open, () => this.look());
  }

  /** What it does without being told: rules 2 to 5 of chapter 4. */
  private guard(): void {
    const now = this.clock.now();
    const { station, generator, plant } = this.client.rig;
    if (station.contactor.commanded) {
      if (!this.charging) this.open("evt:failsafe.pilot", { state: plant.evsePilot.read().state });
      else if (now - this.pingedAt >= silenceMs)
        this.open("evt:failsafe.keepalive", { silent_ms: now - this.pingedAt });
    }
    this.watchContact(now);
    if (now - this.heardAt < silenceMs || !["x2", "e", "f"].includes(generator.drive)) return;
    generator.setDrive("x1");
    this.client.event("evt:failsafe.host", { drive: "x1", silent_ms: now - this.heardAt });
  }

  private watchContact(now: Millis): void {
    const { station, plant } = this.client.rig;
    const { commanded, busy } = station.contactor;
    const aux = plant.powerPath.read().contactor;
    if (aux === commanded || busy) {
      this.differs = undefined;
      return;
    }
    this.differs ??= { since: now, told: false };
    if (this.differs.told || now - this.differs.since < auxMs) return;
    this.differs.told = true;
    station.contactor.override(false, "aux_mismatch");
    this.client.event("evt:failsafe.aux", { commanded, aux });
  }

  private open(method: string, why: Json): void {
    const { contactor } = this.client.rig.station;
    this.client.armedUntil = 0;
    contactor.override(false, "forced_open");
    this.client.event(method, { contactor: false, ...why });
    this.client.look();
  }
}
