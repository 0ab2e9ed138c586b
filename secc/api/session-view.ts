import type { Millis } from "../../core/clock";
import type { PowerReading } from "../../core/power";
import type { EventOf, TraceEvent } from "../../core/trace";
import { type Fields, quantity } from "./fields";
import type { Meter, Params, Phase, Status, Summary } from "./schemas";

const noParams: Status["session_params"] = {
  target_voltage: null,
  initial_current: null,
  duration_s: null,
  requested_current: null,
};

/** Phase while a session is under way, by the stage of the station's power path. */
const phaseOf: Readonly<Record<string, Phase>> = {
  Off: "HANDSHAKE",
  AwaitLock: "CABLE_CHECK",
  AwaitTestVoltage: "CABLE_CHECK",
  AwaitIsolation: "CABLE_CHECK",
  AwaitDischarge: "CABLE_CHECK",
  Checked: "CABLE_CHECK",
  PreCharging: "PRECHARGE",
  Delivering: "CHARGING",
  AwaitCurrentDown: "CHARGING",
};

const charges = /^(CurrentDemand|DC_ChargeLoop)Res$/;
const engaged: readonly string[] = ["AwaitMatch", "AwaitConnection", "InSession"];
/** States of a session in which the customer has not been authorised yet, or is not needed any more. */
const unauthorised =
  /^Await(SupportedAppProtocol|SessionSetup|ServiceDiscovery|PaymentServiceSelection|Authorization)Req$/;

/** What a session ended of follows its end within this time. */
const telling: Millis = 50;

/** Weighs volts and amperes by time. */
class Average {
  private volts = 0;
  private amperes = 0;
  private time = 0;
  private last: { t: Millis; voltage: number; current: number } | undefined;

  take(t: Millis, { voltage, current }: PowerReading): void {
    if (this.last) {
      const span = t - this.last.t;
      this.volts += ((voltage + this.last.voltage) / 2) * span;
      this.amperes += ((current + this.last.current) / 2) * span;
      this.time += span;
    }
    this.last = { t, voltage, current };
  }

  get value(): { voltage: number; current: number; seconds: number } {
    const { time } = this;
    return { voltage: time && this.volts / time, current: time && this.amperes / time, seconds: time / 1000 };
  }
}

/** One charging session after the other, as the trace of the station tells them. */
export class SessionView {
  /** The last sessions, the newest first. */
  readonly past: (Summary & { readonly ended_at: string })[] = [];
  private phase: Phase = "IDLE";
  private error: string | null = null;
  private active = false;
  private params = noParams;
  private average = new Average();
  private energy = 0;
  private stage = "Off";
  private stopped = false;
  private fault: string | undefined;
  private delivered = false;
  private orderly = false;
  /** The session is over since then; what it ended of is told right after. */
  private over: Millis | undefined;
  private stationAt = "AwaitVehicle";

  private readonly read: () => PowerReading;
  private readonly wall: () => Date;

  constructor(read: () => PowerReading, wall: () => Date) {
    this.read = read;
    this.wall = wall;
  }

  /** A session is under way, or asked for. */
  get isActive(): boolean {
    return this.active;
  }

  requested(params: Params): void {
    this.begin();
    this.params = { ...params, requested_current: params.initial_current };
  }

  /** Asked to stop by an operator. */
  stopping(): void {
    this.stopped = true;
    if (this.active && !engaged.includes(this.stationAt)) this.end(null);
  }

  /** Broken on purpose: however the station brings the session to its end, this was why. */
  broken(what: string): void {
    if (this.active) this.fault ??= what;
  }

  /** Ended at once, for that reason; what was asked for and has no vehicle yet is over with it. */
  emergency(what: string): void {
    this.broken(what);
    if (this.active && !engaged.includes(this.stationAt)) this.end(what);
  }

  hear(event: TraceEvent): void {
    if (event.node !== "secc") return;
    if (this.over !== undefined && event.t > this.over + telling) this.end("the station has ended it");
    if (event.type === "state") this.moved(event);
    else if (event.type === "v2g") this.said(event);
    else if (event.type === "log" && this.over !== undefined) this.explained((event.fields ?? {}) as Fields);
  }

  /** The last session is told of as soon as anything else happens, or somebody asks. */
  status(now: Millis, cpState: string): Status {
    if (this.over !== undefined && now > this.over + telling) this.end("the station has ended it");
    const { voltage, current, contactor } = this.read();
    return {
      session_active: this.active,
      phase: this.phase,
      error: this.error,
      contactor_closed: contactor,
      cp_state: cpState,
      voltage: round(voltage),
      current: round(current),
      energy_Wh: round(this.meter().energy_Wh),
      time_s: this.meter().session_time_s,
      last_session_summary: this.past[0] ? summaryOf(this.past[0]) : null,
      session_params: this.params,
    };
  }

  meter(): Meter {
    const { voltage, current, seconds } = this.average.value;
    return {
      energy_Wh: this.active ? round(this.energy) : 0,
      avg_voltage: this.active ? round(voltage) : 0,
      avg_current: this.active ? round(current) : 0,
      session_time_s: this.active ? round(seconds) : 0,
    };
  }

  private begin(): void {
    Object.assign(this, { active: true, error: null, params: noParams, energy: 0, over: undefined });
    Object.assign(this, { stopped: false, delivered: false, orderly: false, average: new Average() });
    this.fault = undefined;
    this.phase = phaseOf[this.stage] ?? "HANDSHAKE";
  }

  private moved({ machine, from, to, t }: EventOf<"state">): void {
    if (machine === "station") this.stationMoved(from, to, t);
    if (machine === "session") this.sessionMoved(from, to);
    if (machine !== "power") return;
    this.stage = to;
    if (to === "Delivering") this.delivered = true;
    if (this.active && this.over === undefined) this.phase = phaseOf[to] ?? this.phase;
  }

  private stationMoved(from: string, to: string, t: Millis): void {
    this.stationAt = to;
    if (engaged.includes(to)) {
      if (!this.active) Object.assign(this, { phase: "HANDSHAKE", error: null });
    } else if (engaged.includes(from)) {
      if (this.active) this.over = t;
      else if (this.phase === "HANDSHAKE") this.phase = "IDLE";
    }
  }

  private sessionMoved(from: string, to: string): void {
    if (to === "Closed") this.orderly = from === "Ended";
    else if (!this.active && to !== "" && to !== "Ended" && !unauthorised.test(to)) this.begin();
  }

  private said({ dir, name, t, fields }: EventOf<"v2g">): void {
    const all = (fields ?? {}) as Fields;
    if (dir === "rx" && name === "CurrentDemandReq" && all.ChargingComplete !== true)
      this.params = { ...this.params, requested_current: quantity(all, "EVTargetCurrent") };
    if (dir !== "tx" || !charges.test(name) || !this.active) return;
    const reading = this.read();
    this.average.take(t, reading);
    this.energy = reading.energy;
  }

  private explained({ because, reason }: Fields): void {
    const text = because ?? reason;
    if (typeof text === "string") this.end(text);
  }

  private end(because: string | null): void {
    this.over = undefined;
    if (!this.active) return;
    const good = this.orderly && this.delivered && !this.stopped && this.fault === undefined;
    this.phase = good ? "COMPLETE" : "ABORTED";
    this.error = good ? null : (this.fault ?? this.reason(because));
    this.energy = Math.max(this.energy, this.delivered ? this.read().energy : 0);
    const { energy_Wh, avg_voltage, avg_current, session_time_s } = this.meter();
    this.active = false;
    this.past.unshift({
      energy_Wh,
      avg_voltage,
      avg_current,
      duration_s: session_time_s,
      ended_phase: this.phase,
      error: this.error,
      session_params: this.params,
      ended_at: this.wall().toISOString(),
    });
    this.past.length = Math.min(this.past.length, remembered);
  }

  private reason(because: string | null): string | null {
    if (!this.orderly) return because;
    return this.stopped ? null : "ended before charging";
  }
}

/** Sessions that are remembered. */
const remembered = 20;
const summaryOf = ({ ended_at: _, ...summary }: Summary & { ended_at: string }): Summary => summary;
const round = (value: number): number => Math.round(value * 1000) / 1000;
