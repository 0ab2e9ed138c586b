import type { Millis } from "../core/clock";
import type { Expired, LogEffect, TimerEffect } from "../core/machine";
import type { Endpoint } from "../core/network";
import type { PilotDrive, PilotReading } from "../core/pilot";
import type { PowerFault, PowerReading } from "../core/power";
import type { V2gInput, V2gMessage } from "../protocol/v2g";
import type { SeccConfig } from "./config";
import type { Restart } from "./pilot-steps";
import type { Power, PowerEffect } from "./power";
import type { Counters, Session } from "./session";
import type { SlacState } from "./slac";
import type { Supervision } from "./supervision";

/** Where the station as a whole waits. */
export type StationAt =
  | "AwaitVehicle"
  | "AwaitMatch"
  /** The vehicle has paused its session, and toggles its pilot when it goes on. */
  | "Paused"
  /** A step of the pilot lasts, after which the car matches anew. */
  | "AwaitPilotStep"
  | "AwaitConnection"
  | "InSession"
  | "AwaitUnplug";

/** A session that is to go on later. */
export interface Pause {
  readonly SessionID: string;
  readonly authorised: boolean;
  /** The pilot has been at X1 for as long as it has to be. */
  readonly rested: boolean;
  /** Somebody has been woken before that. */
  readonly woken: boolean;
}

export interface Station {
  readonly at: StationAt;
  readonly config: SeccConfig;
  /** Undefined where the link needs no match. */
  readonly slac?: SlacState;
  /** Since when the car shows C while it is being matched: the middle of a BCB toggle. */
  readonly toggledAt?: Millis;
  /** What came over the link before the oscillation was seen for the first time, and when. */
  readonly early?: { readonly frame: Uint8Array; readonly at: Millis };
  /** Matching begun anew since the plug went in. */
  readonly restart?: Restart;
  /** State F is shown, after an emergency of the station or a fault of the pilot (S04): for a while the car cannot be seen. */
  readonly alarm?: "station" | "pilot";
  /** The pilot is in A, and the link of the last car not left yet. */
  readonly leaving?: true;
  readonly pause?: Pause;
  readonly power: Power;
  readonly supervision: Supervision;
  readonly session?: Session;
  /** The one connection that is served; a second one is closed at once. */
  readonly connection?: number;
  /** The customer was authorised before there was a session: it counts for the next one (V2G2-852). */
  readonly authorised?: boolean;
}

export type StationInput =
  | { kind: "pilot"; reading: PilotReading }
  | { kind: "mme"; frame: Uint8Array }
  /** The modem's interface is back: whatever key the modem had may be gone. */
  | { kind: "modemRestarted" }
  | { kind: "datagram"; bytes: Uint8Array; from: Endpoint }
  | { kind: "accepted"; connection: number }
  | (V2gInput & { connection: number })
  | { kind: "power"; reading: PowerReading; fault?: PowerFault }
  | { kind: "authorise" }
  | { kind: "deauthorise" }
  | { kind: "stop" }
  /** By hand, or by what watches the station from outside: power off at once, and the session is over. */
  | { kind: "emergency"; reason: string }
  /** Duty cycle by hand, while there is no vehicle: percent; 100 is the steady +12 V. */
  | { kind: "pwm"; dutyPercent: number }
  /** The process is told to end: ramp down, let go, no new car. */
  | { kind: "shutdown" }
  | Expired;

export type StationEffect =
  | { do: "drive"; drive: PilotDrive }
  | { do: "mme"; frame: Uint8Array }
  | { do: "answer"; bytes: Uint8Array; to: Endpoint }
  | { do: "send"; connection: number; message: V2gMessage }
  | { do: "close"; connection: number }
  /** The session is over; its counters are the metrics line. */
  | {
      do: "metrics";
      counters: Counters & { dup_resend_enabled: boolean; dup_window_s: number; dup_resend_max: number };
    }
  | PowerEffect
  | TimerEffect
  | LogEffect;

export interface StationSeen {
  readonly now: Millis;
  readonly pilot: PilotReading;
  readonly power: PowerReading;
  /** Fresh random bytes. */
  random(length: number): Uint8Array;
}
