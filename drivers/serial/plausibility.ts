import type { Millis } from "../../core/clock";
import type { PilotDrive } from "../../core/pilot";
import type { HelperStatus } from "./messages";

/** Why the pilot is not believed. */
export type PilotFault =
  /** No status for three periods, or the line is gone. */
  | "Lost"
  /** A status that says what cannot be, such as a state G. */
  | "Unreadable"
  /** Its time goes backwards: old lines come again, or the helper has restarted. */
  | "Replayed"
  /** A car asks for power that was never seen plugged in. */
  | "ChargingBeforeConnected"
  /** The line does not stand as it was told to. */
  | "OutputDiffers";

/** After a command the helper may report the line as it was for so long. */
const graceMs = 300;

/** Judges each report of the helper by those before it and by what was commanded. */
export class Plausibility {
  private seenConnected = false;
  private lastTs = -1;
  private drive: PilotDrive | undefined;
  private commandedAt: Millis = 0;
  private hintUntil: Millis = 0;

  commanded(drive: PilotDrive, now: Millis): void {
    this.drive = drive;
    this.commandedAt = now;
  }

  /** The restart hint takes the line off its oscillation for a while. */
  hinted(ms: Millis, now: Millis): void {
    this.hintUntil = now + ms;
  }

  /** Nothing that was seen before counts any more: the helper has restarted, or was away. */
  restart(): void {
    this.lastTs = -1;
    this.seenConnected = false;
  }

  /** Judges the time of a status or an event. */
  time(ts: number | undefined): PilotFault | undefined {
    if (ts === undefined) return undefined;
    const backwards = ts < this.lastTs;
    if (backwards) this.seenConnected = false;
    this.lastTs = ts;
    return backwards ? "Replayed" : undefined;
  }

  /** C or D only follow upon B (IEC 61851-1: a car is plugged in before it asks for power). */
  state(state: HelperStatus["state"]): PilotFault | undefined {
    if (state === "B") this.seenConnected = true;
    if (state === "A" || state === "E" || state === "F") this.seenConnected = false;
    return this.seenConnected || (state !== "C" && state !== "D") ? undefined : "ChargingBeforeConnected";
  }

  output(status: HelperStatus, now: Millis): PilotFault | undefined {
    if (!this.drive || now - this.commandedAt < graceMs || now < this.hintUntil + graceMs) return undefined;
    return stands(status, this.drive) ? undefined : "OutputDiffers";
  }
}

/** Duty on the line as the drive asks for it; 0 V and −12 V have none. */
function stands(status: HelperStatus, drive: PilotDrive): boolean {
  if (status.drive !== undefined && status.drive !== drive.out) return false;
  const duty = drive.out === "x1" ? 100 : drive.out === "x2" ? drive.dutyPercent : 0;
  return Math.abs(status.out - duty) < 0.1;
}
