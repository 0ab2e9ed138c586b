import type { Millis } from "../core/clock";
import type { Expired, LogEffect, Machine, Step, TimerEffect } from "../core/machine";
import type { Endpoint } from "../core/network";
import type { DutyReading, PilotLoad } from "../core/pilot";
import type { InletReading } from "../core/power";
import { slacConstants } from "../protocol/homeplug";
import type { V2gInput, V2gMessage } from "../protocol/v2g";
import type { EvccConfig } from "./config";
import { discovered, discovery } from "./sdp";
import { openSession, type Session, type SessionEffect, type SessionInput, stepSession } from "./session";
import { atSlac, type SlacEffect, type SlacEvent, type SlacInput, type SlacState, startSlac, stepSlac } from "./slac";
import { sdpRetries, timers } from "./timers";

export type CarAt =
  | "AwaitPlug"
  | "AwaitMatch"
  | "AwaitSdpResponse"
  | "AwaitConnection"
  | "InSession"
  /** The session is to go on later. */
  | "Paused"
  | "AwaitUnplug";

export interface Car {
  readonly at: CarAt;
  readonly config: EvccConfig;
  /** Undefined where the link needs no match. */
  readonly slac?: SlacState;
  readonly session?: Session;
  /** The pilot calls for a dialogue. */
  readonly called: boolean;
  /** The station that has answered first; nobody else's answer counts (SD08). */
  readonly station?: Endpoint;
  /** The session that was paused, and how often the station was to be woken since. */
  readonly paused?: { readonly SessionID: string; readonly calls: number };
  /** SDP requests sent for this connection. */
  readonly sdpRequests: number;
  /** How the last dialogue has ended. */
  readonly ended?: Ended;
}

/** In order, given up on the way, or not begun because the station has not the TLS that the car requires. */
export interface Ended {
  readonly how: "InOrder" | "GivenUp" | "NoTls";
  readonly because: string;
}

export type CarInput =
  | { kind: "pilot"; reading: DutyReading }
  | { kind: "mme"; frame: Uint8Array }
  /** The modem's interface is back: whatever key the modem had may be gone. */
  | { kind: "modemRestarted" }
  | { kind: "datagram"; bytes: Uint8Array; from: Endpoint }
  | { kind: "connected" }
  | { kind: "refused"; reason: string }
  | V2gInput
  | { kind: "stop" }
  | Expired;

export type CarEffect =
  | { do: "present"; load: PilotLoad }
  | { do: "contactor"; closed: boolean }
  | { do: "mme"; frame: Uint8Array }
  | { do: "discover"; bytes: Uint8Array }
  | { do: "connect"; to: Endpoint }
  | { do: "send"; message: V2gMessage }
  | { do: "close" }
  | TimerEffect
  | LogEffect;

export interface CarSeen {
  readonly now: Millis;
  readonly duty: DutyReading;
  readonly inlet: InletReading;
  random(length: number): Uint8Array;
}

const setupTimer = "V2G_EVCC_CommunicationSetup_Timer";
const sdpTimer = "SDP_response";
const leaveTimer = "TP_match_leave";
const wakeTimer = "wake_again";
const toggleTimer = "BCB_toggle";
const showB = { do: "present", load: "B" } as const;
/** Volts: the pilot of a vehicle in B is at 9 V without an oscillation, in E and F at 0 or below. */
const lowestOfX1 = 3;

/** A duty cycle between 3 and 7 % asks for high-level communication (IEC 61851-1). */
const callsForDialogue = ({ plugged, dutyPercent }: DutyReading): boolean =>
  plugged && dutyPercent !== undefined && dutyPercent >= 3 && dutyPercent <= 7;

/** Pilot, SLAC, SDP, session and contactor of one car, as one machine. `mac` is its host's, as "AA:BB:CC:DD:EE:FF". */
export const car = (config: EvccConfig, mac: string): Machine<Car, CarInput, CarEffect, CarSeen> => ({
  start(seen) {
    const begun = config.link === "slac" ? startSlac({ ...config.slac, mac }, seen) : undefined;
    const turn = new Turn(
      { at: "AwaitPlug", config, called: false, sdpRequests: 0, ...(begun && { slac: begun.state }) },
      seen,
    );
    turn.effects.push({ do: "present", load: "B" });
    turn.slacEffects(begun?.effects ?? []);
    turn.pilot(seen.duty);
    return turn.done();
  },
  step(state, input, seen) {
    const turn = new Turn(state, seen);
    turn.take(input);
    return turn.done();
  },
  at: ({ at, slac, session }) => ({ car: at, slac: slac ? atSlac(slac) : "", session: session?.at ?? "" }),
});

/** One step of the car. Lives for one step only. */
class Turn {
  readonly effects: CarEffect[] = [];
  private state: Car;
  private readonly seen: CarSeen;

  constructor(state: Car, seen: CarSeen) {
    this.state = state;
    this.seen = seen;
  }

  done(): Step<Car, CarEffect> {
    return { state: this.state, effects: this.effects };
  }

  take(input: CarInput): void {
    switch (input.kind) {
      case "pilot":
        return this.pilot(input.reading);
      case "mme":
      case "modemRestarted":
        return this.slac(input);
      case "datagram":
        return this.datagram(input.bytes);
      case "connected":
        return this.connected();
      case "refused":
        return this.abort(`no connection: ${input.reason}`);
      case "expired":
        return this.expired(input);
      default:
        this.session(input);
    }
  }

  pilot(reading: DutyReading): void {
    const { at, called: before } = this.state;
    const called = callsForDialogue(reading);
    this.set({ called });
    if (at === "Paused") return this.pilotInPause(reading);
    // Over once, a dialogue begins anew only when the pilot had stopped calling in between (V2G3-M06-13).
    const anew = at === "AwaitUnplug" && !before && this.state.ended?.how !== "NoTls";
    if (called && (at === "AwaitPlug" || anew)) return this.begin();
    if (at === "AwaitPlug" || called) return;
    // V2G3-M06-15: any oscillation lets matching go on.
    if (at === "AwaitMatch" && reading.plugged && reading.dutyPercent !== undefined) return;
    this.abort(reading.plugged ? "the pilot no longer oscillates at 5 %" : "unplugged");
    if (!reading.plugged) this.forget();
  }

  /** X1 leaves a pause as it is; E and F end it, and with it the key (V2G3-M09-19). */
  private pilotInPause({ plugged, dutyPercent, high }: DutyReading): void {
    if (!plugged) return this.forget();
    if (this.state.called) return this.resume();
    if (dutyPercent === undefined && high < lowestOfX1) this.abort("the pilot has ended the pause");
  }

  /** V2G3-M07-21: back into the network that was kept. */
  private resume(): void {
    this.effects.push({ do: "disarm", timer: wakeTimer }, { do: "disarm", timer: toggleTimer }, showB);
    this.set({ sdpRequests: 0 });
    if (!this.state.slac) return this.linked();
    this.set({ at: "AwaitMatch" });
    this.slac({ kind: "resume" });
  }

  /** A toggle of the pilot; without an answer another, so often as a match is tried. */
  private wake(): void {
    const { at, paused } = this.state;
    if (at !== "Paused" || !paused) return;
    if (paused.calls >= slacConstants.C_conn_max_match) return this.abort("the station does not wake up");
    this.set({ paused: { ...paused, calls: paused.calls + 1 } });
    this.effects.push(
      { do: "present", load: "C" },
      { do: "arm", timer: toggleTimer, ms: timers[toggleTimer] },
      { do: "arm", timer: wakeTimer, ms: timers[wakeTimer] },
    );
  }

  private begin(): void {
    if (this.state.at !== "AwaitPlug") this.forget();
    if (!this.state.slac) return this.linked();
    this.set({ at: "AwaitMatch" });
    this.slac({ kind: "plugged" });
  }

  /** As if just plugged out: out of the network, and nothing is left of the dialogue. */
  private forget(): void {
    const { session: _, station: __, paused: ___, ...rest } = this.state;
    this.state = { ...rest, at: "AwaitPlug", sdpRequests: 0 };
    for (const timer of [leaveTimer, wakeTimer, toggleTimer]) this.effects.push({ do: "disarm", timer });
    this.slac({ kind: "unplugged" });
  }

  slac(input: SlacInput): void {
    if (!this.state.slac) return;
    const { now, random } = this.seen;
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
    switch (event.kind) {
      case "toggle":
        return void this.effects.push({ do: "present", load: event.load });
      case "matchFailed":
        return this.abort(`no match: ${event.reason}`);
      case "linkLost":
        return this.abort("link lost");
      case "matched":
        if (this.state.at === "AwaitMatch") this.linked();
    }
  }

  private linked(): void {
    this.set({ at: "AwaitSdpResponse" });
    this.effects.push({ do: "arm", timer: setupTimer, ms: timers[setupTimer] });
    this.discover();
  }

  private discover(): void {
    if (this.state.sdpRequests >= sdpRetries) return this.abort("no answer to SDP");
    this.set({ sdpRequests: this.state.sdpRequests + 1 });
    this.effects.push(
      { do: "discover", bytes: discovery(this.state.config) },
      { do: "arm", timer: sdpTimer, ms: timers[sdpTimer] },
    );
  }

  private datagram(bytes: Uint8Array): void {
    const { at, config, station: chosen } = this.state;
    const station = discovered(bytes, config);
    if (station && chosen) return this.suspect(station.to, chosen);
    if (!station || at !== "AwaitSdpResponse") return;
    if (config.tls === "require") {
      const because = station.secure ? "TLS is not spoken by this car yet" : "the station offers no TLS";
      return this.abort(because, "NoTls");
    }
    this.set({ at: "AwaitConnection", station: station.to });
    this.effects.push({ do: "disarm", timer: sdpTimer }, { do: "connect", to: station.to });
  }

  /** On a point-to-point link there is one station: whoever else answers may be an impostor, or the first one was. */
  private suspect({ address, port }: Endpoint, chosen: Endpoint): void {
    if (address === chosen.address && port === chosen.port) return;
    this.effects.push({ do: "log", level: "warn", text: "Another station answers", fields: { address, port } });
  }

  private connected(): void {
    if (this.state.at !== "AwaitConnection") return void this.effects.push({ do: "close" });
    this.set({ at: "InSession" });
    const { paused, ...rest } = this.state;
    this.state = rest;
    this.follow(openSession(rest.config, this.seen, paused?.SessionID));
  }

  private session(input: SessionInput): void {
    if (this.state.session) this.follow(stepSession(this.state.session, input, this.seen));
    else if (input.kind === "stop") this.abort("asked to");
  }

  private follow({ state, effects }: Step<Session, SessionEffect>): void {
    this.set({ session: state });
    for (const effect of effects) {
      if (effect.do === "established") this.effects.push({ do: "disarm", timer: setupTimer });
      else if (effect.do === "ended" && effect.paused !== undefined) this.pause(effect.paused);
      else if (effect.do === "ended") this.ended(effect.because, effect.orderly);
      else this.effects.push(effect);
    }
  }

  private pause(SessionID: string): void {
    const { station: _, ...rest } = this.state;
    this.state = { ...rest, at: "Paused", paused: { SessionID, calls: 0 } };
    this.effects.push({ do: "disarm", timer: setupTimer }, { do: "log", level: "info", text: "Session paused" });
    this.slac({ kind: "pause" });
    const { wakesAfter } = rest.config.pause ?? {};
    if (wakesAfter !== undefined) this.effects.push({ do: "arm", timer: wakeTimer, ms: wakesAfter });
  }

  private ended(because: string, orderly: boolean): void {
    this.set({ at: "AwaitUnplug", ended: { how: orderly ? "InOrder" : "GivenUp", because } });
    this.effects.push({ do: "disarm", timer: setupTimer });
    this.effects.push({ do: "log", level: orderly ? "info" : "warn", text: "Session ended", fields: { because } });
    this.effects.push({ do: "arm", timer: leaveTimer, ms: timers[leaveTimer] });
  }

  private expired(input: Expired): void {
    if (input.timer.startsWith("slac.")) return this.slac(input);
    if (input.timer === sdpTimer) return this.discover();
    if (input.timer === setupTimer) return this.abort("V2G_EVCC_CommunicationSetup_Timeout");
    if (input.timer === wakeTimer) return this.wake();
    if (input.timer === toggleTimer) return void this.effects.push(showB);
    if (input.timer === leaveTimer) return this.slac({ kind: "leave" });
    this.session(input);
  }

  /** Before the session there is nothing to wind down but the link; in it, the session's own way out is taken. */
  private abort(because: string, how: Ended["how"] = "GivenUp"): void {
    const { at } = this.state;
    if (at === "AwaitUnplug" || at === "AwaitPlug") return;
    if (at === "InSession") return this.session({ kind: "abort", because });
    this.set({ at: "AwaitUnplug", ended: { how, because } });
    const waits = [setupTimer, sdpTimer, wakeTimer, toggleTimer];
    this.effects.push(...waits.map((timer) => ({ do: "disarm", timer }) as const), { do: "close" });
    this.effects.push({ do: "log", level: "warn", text: "Session given up", fields: { because } });
    this.slac({ kind: "leave" });
  }

  private set(change: Partial<Car>): void {
    this.state = { ...this.state, ...change };
  }
}
