import { hex } from "../core/bytes";
import type { Expired, Machine, Step } from "../core/machine";
import type { Endpoint } from "../core/network";
import type { PilotDrive, PilotReading, PilotState } from "../core/pilot";
import type { PowerFault, PowerReading } from "../core/power";
import type { SeccConfig } from "./config";
import { calls, plugged } from "./pilot";
import { lastStep, type RestartCause, restartFor, restarts } from "./pilot-steps";
import { atRest, type Power, type PowerAsk, type PowerInput, powerOff, stepPower, unlocked, unsound } from "./power";
import { answerSdp } from "./sdp";
import { newSession, type Session, type SessionEffect, type SessionInput, stepSession } from "./session";
import { atSlac, type SlacEffect, type SlacEvent, type SlacInput, startSlac, stepSlac } from "./slac";
import type { Station, StationAt, StationEffect, StationInput, StationSeen } from "./state";
import { type Finding, noSupervision, supervise } from "./supervision";
import { timers } from "./timers";

export type { Station, StationAt, StationEffect, StationInput, StationSeen } from "./state";

/** Duty cycle that tells a car to talk (IEC 61851-1). */
const highLevelDuty = 5;
const setupTimer = "V2G_SECC_CommunicationSetup_Timer";
const leaveTimer = "TP_match_leave";
/** Volts: the negative half wave is at −12 ± 1 V (IEC 61851-1). */
const lowestWithoutDiode = -10.5;
const bounceTimer = "CP_debounce";
const coolingTimer = "contacts_cooling";
const recoveryTimer = "CP_recovery";
const partingTimer = "link_parting";
const patienceTimer = "SLAC_WAIT_TIMEOUT_S";
const stepTimers = Object.values(restarts).flatMap(({ steps }) => steps.map(({ timer }) => timer as string));
const idle: PilotDrive = { out: "x1" };

/** Pilot, SLAC, SDP, session and power path of one station, as one machine. `mac` is its host's, as "AA:BB:CC:DD:EE:FF". */
export const station = (
  config: SeccConfig,
  mac: string,
): Machine<Station, StationInput, StationEffect, StationSeen> => ({
  start(seen) {
    const begun = config.link === "slac" ? startSlac({ ...config.slac, mac }, seen) : undefined;
    const turn = new Turn(
      { at: "AwaitVehicle", config, power: powerOff, supervision: noSupervision, ...(begun && { slac: begun.state }) },
      seen,
    );
    turn.effects.push({ do: "drive", drive: idle });
    // A station that died may have left its plug locked, or worse (S24).
    if (!atRest(seen.power)) turn.power({ kind: "ask", ask: { kind: "emergency", reason: "in use at the start" } });
    turn.slacEffects(begun?.effects ?? []);
    if (plugged(seen.pilot.state)) turn.pilot(seen.pilot);
    return turn.done();
  },
  step(state, input, seen) {
    const turn = new Turn(state, seen);
    turn.take(input);
    return turn.done();
  },
  at: ({ at, slac, power, session }) => ({
    station: at,
    slac: slac ? atSlac(slac) : "",
    power: power.stage,
    session: session?.at ?? "",
  }),
});

/** One step of the station: the parts' steps in the order in which they concern each other. Lives for one step only. */
class Turn {
  readonly effects: StationEffect[] = [];
  private state: Station;
  private readonly seen: StationSeen;

  constructor(state: Station, seen: StationSeen) {
    this.state = state;
    this.seen = seen;
  }

  done(): Step<Station, StationEffect> {
    return { state: this.state, effects: this.effects };
  }

  take(input: StationInput): void {
    switch (input.kind) {
      case "pilot":
        return this.pilot(input.reading);
      case "mme":
        return this.diodeMissing ? undefined : this.slac(input);
      case "modemRestarted":
        return this.slac(input);
      case "datagram":
        return this.datagram(input.bytes, input.from);
      case "accepted":
        return this.accepted(input.connection);
      case "power":
        return this.powered(input.reading, input.fault);
      case "expired":
        return this.expired(input);
      case "authorise":
      case "deauthorise":
        return this.authorised(input);
      case "stop":
        return this.session(input);
      case "emergency":
        return this.abort(input.reason);
      case "pwm":
        return this.driveByHand(input.dutyPercent);
      case "shutdown":
        return this.shutdown();
      default:
        if (input.connection === this.state.connection) this.session(input);
    }
  }

  pilot(reading: PilotReading): void {
    const { at } = this.state;
    // What the station shows itself says nothing of the car, but that it is gone.
    if (at === "AwaitPilotStep" && reading.state !== "A") return;
    if (!plugged(reading.state)) return this.unplugged(reading.state);
    if (at === "AwaitVehicle") {
      this.effects.push({
        do: "log",
        level: "info",
        text: "Vehicle detected via CP",
        fields: { state: reading.state },
      });
      return this.call();
    }
    if (at === "AwaitMatch") return this.toggle(reading.state);
    if (!calls(reading.state, this.state.config) && energised(this.state.power)) {
      // CP06: contacts bounce; only a B (or a D without ventilation) that lasts counts.
      this.effects.push({ do: "arm", timer: bounceTimer, ms: timers[bounceTimer] });
      return;
    }
    this.effects.push({ do: "disarm", timer: bounceTimer });
    if (at === "InSession") this.session({ kind: "pilot", state: reading.state });
  }

  /** 5 % asks the car to talk. */
  private call(): void {
    this.part();
    this.effects.push({ do: "drive", drive: { out: "x2", dutyPercent: highLevelDuty } });
    if (!this.state.slac) return this.go("AwaitConnection");
    const { slacWait } = this.state.config;
    if (slacWait !== undefined) this.effects.push({ do: "arm", timer: patienceTimer, ms: slacWait });
    this.go("AwaitMatch");
    this.slac({ kind: "plugged" });
  }

  private toggle(pilot: PilotState): void {
    const { toggledAt, ...rest } = this.state;
    if (pilot !== "B") return this.set({ toggledAt: toggledAt ?? this.seen.now });
    this.state = rest;
    if (toggledAt !== undefined) this.slac({ kind: "toggled", lasted: this.seen.now - toggledAt });
  }

  slac(input: SlacInput): void {
    if (!this.state.slac) return;
    const { random, now } = this.seen;
    const { state, effects } = stepSlac(this.state.slac, input, { now, random });
    this.set({ slac: state });
    this.slacEffects(effects);
  }

  slacEffects(effects: readonly SlacEffect[]): void {
    for (const effect of effects) {
      if (effect.do === "tell") this.heard(effect.event);
      else this.effects.push(effect);
    }
  }

  private heard(event: SlacEvent): void {
    if (event.kind === "matched") {
      if (this.state.at === "AwaitMatch") this.go("AwaitConnection");
      const { peer, nid, runId, attenuationDb } = event;
      const fields = { ev_mac: peer, nid, run_id: runId, attenuation_db: attenuationDb };
      this.effects.push({ do: "log", level: "info", text: "SLAC matched", fields });
      if (!established(this.state.session)) this.effects.push({ do: "arm", timer: setupTimer, ms: timers[setupTimer] });
      return;
    }
    if (event.kind === "toggle") return;
    const noLink = event.kind === "linkLost" || event.reason === "TT_match_join";
    const cause = noLink ? "noLink" : this.state.config.slacWait === undefined ? "noRequest" : "hint";
    this.startAgain(cause, event.kind === "linkLost" ? "link lost" : `no match: ${event.reason}`);
  }

  /** The match or the link has come to nothing: after some steps of the pilot the car is called again, unless it was often enough. */
  private startAgain(cause: RestartCause, reason: string): void {
    const { at, restart: last } = this.state;
    this.abort(reason);
    if (at !== "AwaitMatch" && at !== "AwaitConnection" && at !== "InSession") return;
    const restart = restartFor(cause, last);
    if (!restart) return;
    this.set({ at: "AwaitPilotStep", restart });
    // The first step takes the place of the rest at X1 with which a session is given up.
    const rest = this.effects.findIndex((effect) => effect.do === "drive");
    if (rest >= 0) this.effects.splice(rest, 1);
    this.effects.push({ do: "disarm", timer: leaveTimer });
    this.pilotStep();
  }

  /** V2G3-M06-09, M07-07 to -09. Nobody is called to an outlet that is not off yet. */
  private pilotStep(): void {
    const { restart, power } = this.state;
    if (this.state.at !== "AwaitPilotStep" || !restart) return;
    const [next, ...steps] = restart.steps;
    if (!next && power.stage === "Off") return this.call();
    const { drive, timer } = next ?? lastStep;
    this.set({ restart: { ...restart, steps } });
    this.effects.push({ do: "drive", drive }, { do: "arm", timer, ms: timers[timer] });
  }

  /** CP01: with a car of good order the oscillation goes down to −12 V; whoever has no diode is not talked to. */
  private get diodeMissing(): boolean {
    return this.state.at === "AwaitMatch" && this.seen.pilot.low > lowestWithoutDiode;
  }

  /** What comes over IPv6 while the match is being confirmed comes from the matched car: nothing else passes the modem. */
  private get open(): boolean {
    return this.state.at === "AwaitMatch" || this.state.at === "AwaitConnection";
  }

  /** SDP is answered until there is a connection, not after V2G_SECC_CommunicationSetup_Timeout (V2G2-723). */
  private datagram(bytes: Uint8Array, from: Endpoint): void {
    const answer = this.open ? answerSdp(bytes, this.state.config) : undefined;
    if (answer) this.effects.push({ do: "answer", bytes: answer, to: from });
  }

  private accepted(connection: number): void {
    if (!this.open) return void this.effects.push({ do: "close", connection });
    const session = newSession(this.state.config);
    this.set({ connection, session: this.state.authorised ? { ...session, authorised: true } : session });
    this.go("InSession");
    this.effects.push({ do: "log", level: "info", text: "Launching ISO 15118 SECC" });
    if (!this.state.slac) this.effects.push({ do: "arm", timer: setupTimer, ms: timers[setupTimer] });
  }

  private authorised(input: { kind: "authorise" } | { kind: "deauthorise" }): void {
    const { at } = this.state;
    if (at === "InSession") this.session(input);
    else if (at !== "AwaitUnplug") this.set({ authorised: input.kind === "authorise" });
  }

  private session(input: SessionInput): void {
    const { session, power } = this.state;
    if (!session) return;
    const { now, pilot, power: reading, random } = this.seen;
    const stage = this.state.supervision.heat && power.stage === "Off" ? "Faulty" : power.stage;
    const seen = { now, pilot: pilot.state, power: reading, stage, random: (n: number) => hex(random(n)) };
    const { state, effects } = stepSession(session, input, seen);
    if (session.at === "AwaitSessionSetupReq" && state.at === "AwaitServiceDiscoveryReq") {
      this.effects.push({ do: "disarm", timer: setupTimer });
    }
    this.set({ session: state });
    for (const effect of effects) this.sessionEffect(effect);
  }

  private sessionEffect(effect: SessionEffect): void {
    const { connection } = this.state;
    if (effect.do === "ask") this.power({ kind: "ask", ask: effect.ask });
    else if (effect.do === "ended") this.sessionEnded(effect.because);
    else if (effect.do !== "send" && effect.do !== "close") this.effects.push(effect);
    else if (connection !== undefined) this.effects.push({ ...effect, connection });
  }

  private sessionEnded(because: string): void {
    const { session, config } = this.state;
    const { connection: _, authorised: __, ...rest } = this.state;
    this.state = { ...rest, at: this.state.at === "AwaitVehicle" ? "AwaitVehicle" : "AwaitUnplug" };
    this.effects.push({ do: "log", level: "info", text: "Session ended", fields: { because } });
    this.effects.push({ do: "disarm", timer: setupTimer });
    const { enabled, window, max } = config.duplicateResend;
    if (session) {
      const settings = { dup_resend_enabled: enabled, dup_window_s: window / 1000, dup_resend_max: max };
      this.effects.push({ do: "metrics", counters: { ...session.counters, ...settings } });
    }
    this.effects.push({ do: "drive", drive: idle });
    this.effects.push({ do: "arm", timer: leaveTimer, ms: timers[leaveTimer] });
  }

  power(input: PowerInput): void {
    const { state, effects } = stepPower(this.state.power, input, this.seen.power);
    this.set({ power: state });
    this.effects.push(...effects);
  }

  private powered(reading: PowerReading, fault?: PowerFault): void {
    this.power({ kind: "reading", reading });
    if (unlocked(this.state.power, reading)) return this.abort("the lock has opened (S20)");
    const error = fault === "OverTemperature" ? fault : unsound(this.state.power, reading);
    if (fault && fault !== error) this.abort(fault);
    else if (error) this.windDown(error);
    this.supervise();
  }

  /** Looks at the outlet; a contact that was too hot is looked at until it has cooled down. */
  private supervise(): void {
    const { power, supervision: before } = this.state;
    const { supervision, findings } = supervise(before, power, this.seen.power, this.seen.now);
    this.set({ supervision });
    if (supervision.heat) this.effects.push({ do: "arm", timer: coolingTimer, ms: timers[coolingTimer] });
    for (const finding of findings) this.found(finding);
  }

  private found({ response, reason }: Finding): void {
    if (response === "emergency") return this.abort(reason);
    if (response === "stop") return this.windDown(reason);
    this.effects.push({ do: "log", level: "warn", text: "Power path", fields: { reason } });
  }

  /** An error shutdown: the current goes down by the station's own hand while the car is told to stop (CC.5.1, CC.5.2). */
  private windDown(reason: string): void {
    if (this.state.at !== "InSession" || this.state.power.stage !== "Delivering") return this.abort(reason);
    this.effects.push({ do: "log", level: "error", text: "Power path: error shutdown", fields: { reason } });
    this.session({ kind: "stop" });
    this.power({ kind: "ask", ask: { kind: "rampDown" } });
  }

  private expired(input: Expired): void {
    if (input.timer.startsWith("slac.")) return this.slac(input);
    if (input.timer.startsWith("power.")) {
      this.power(input);
      return this.supervise();
    }
    if (input.timer === coolingTimer) return this.supervise();
    if (input.timer === leaveTimer) return this.slac({ kind: "leave" });
    if (input.timer === bounceTimer) return this.fellToB();
    if (input.timer === patienceTimer) return this.outOfPatience();
    if (stepTimers.includes(input.timer)) return this.pilotStep();
    if (input.timer === recoveryTimer) return this.recovered();
    if (input.timer === partingTimer) return this.part();
    if (input.timer === setupTimer) return this.abort("V2G_SECC_CommunicationSetup_Timeout (V2G2-723)");
    this.session(input);
  }

  private outOfPatience(): void {
    if (this.state.at === "AwaitMatch") this.startAgain("hint", "not matched in time");
  }

  /** CP05. Before charging a car may think better of it: the power goes, and its SessionStopReq is waited for. */
  private fellToB(): void {
    const reason = `the pilot went to ${this.seen.pilot.state} under power (CP05, CP09)`;
    if (!energised(this.state.power)) return this.session({ kind: "pilot", state: this.seen.pilot.state });
    if (this.state.power.stage === "Delivering") return this.abort(reason);
    this.power({ kind: "ask", ask: { kind: "emergency", reason } });
    this.session({ kind: "pilot", state: this.seen.pilot.state });
  }

  /**
   * Power first, then everything else. A car that shows A has gone; after a fault of the pilot, E or F, it may be called again: the link is
   * left as after any session, and begins anew no sooner than after a step of the pilot to F.
   */
  private unplugged(state: PilotState): void {
    if (this.state.at === "AwaitVehicle") return;
    const { at } = this.state;
    this.abort(`pilot ${state}`);
    if (state === "A") this.beginAnew(at === "InSession");
    else this.effects.push({ do: "arm", timer: recoveryTimer, ms: timers[recoveryTimer] });
  }

  /** @param closing the end of a connection is on its way: the key that carries it is kept for a moment */
  private beginAnew(closing = false): void {
    const { session: _, toggledAt: __, restart: ___, ...rest } = this.state;
    this.state = { ...rest, at: "AwaitVehicle" };
    const waits = [leaveTimer, patienceTimer, recoveryTimer, ...stepTimers];
    this.effects.push(...waits.map((timer) => ({ do: "disarm", timer }) as const), { do: "drive", drive: idle });
    if (!closing) return this.slac({ kind: "unplugged" });
    this.set({ leaving: true });
    this.effects.push({ do: "arm", timer: partingTimer, ms: timers[partingTimer] });
  }

  /** The link that the last car had is left, at the latest when the next one is there. */
  private part(): void {
    const { leaving, ...rest } = this.state;
    if (!leaving) return;
    this.state = rest;
    this.effects.push({ do: "disarm", timer: partingTimer });
    this.slac({ kind: "unplugged" });
  }

  private recovered(): void {
    if (this.state.at !== "AwaitUnplug") return;
    this.beginAnew();
    if (plugged(this.seen.pilot.state)) this.pilot(this.seen.pilot);
  }

  private driveByHand(dutyPercent: number): void {
    if (this.state.at !== "AwaitVehicle") return;
    this.effects.push({ do: "drive", drive: dutyPercent === 100 ? idle : { out: "x2", dutyPercent } });
  }

  private shutdown(): void {
    if (this.state.at === "InSession") return this.session({ kind: "shutdown" });
    this.power({ kind: "ask", ask: { kind: "release" } });
    this.effects.push({ do: "drive", drive: idle });
  }

  private abort(reason: string): void {
    const ask: PowerAsk = { kind: "emergency", reason };
    if (this.state.at === "InSession") return this.session({ kind: "abort", because: reason });
    if (this.state.power.stage !== "Off" && !releasing(this.state.power)) this.power({ kind: "ask", ask });
    if (this.state.at === "AwaitUnplug" || this.state.at === "AwaitVehicle") return;
    this.go("AwaitUnplug");
    this.effects.push({ do: "log", level: "warn", text: "Session given up", fields: { reason } });
    this.effects.push({ do: "disarm", timer: setupTimer }, { do: "drive", drive: idle });
    this.slac({ kind: "leave" });
  }

  private go(at: StationAt): void {
    this.set({ at });
  }

  private set(change: Partial<Station>): void {
    this.state = { ...this.state, ...change };
  }
}

/** A fast car can be past SessionSetup before the station's modem has confirmed the link. */
const established = (session: Session | undefined): boolean =>
  session !== undefined && session.at !== "AwaitSupportedAppProtocolReq" && session.at !== "AwaitSessionSetupReq";

/** Stages in which the car has to show C or D. */
const needsC: readonly Power["stage"][] = [
  "AwaitLock",
  "AwaitTestVoltage",
  "AwaitIsolation",
  "AwaitDischarge",
  "PreCharging",
  "Delivering",
];
const energised = ({ stage }: Power): boolean => needsC.includes(stage);
const releasing = ({ stage, releasing: on }: Power): boolean =>
  on && (stage === "AwaitSafeVoltage" || stage === "AwaitUnlock");
