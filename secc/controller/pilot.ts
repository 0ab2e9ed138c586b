import type { PilotReading, PilotState } from "../../core/pilot";
import { calls, plugged } from "../pilot";
import { stepTimers } from "../pilot-steps";
import { energised } from "../power";
import { abort, call, emergency, tellSlac, toggle } from "./matching";
import { wakeSeen } from "./pause";
import { tellSession } from "./sessions";
import { idle, type Turn } from "./turn";

export function pilotSeen(turn: Turn, reading: PilotReading): void {
  const { at, alarm, config, power } = turn.state;
  // What the station shows itself says nothing of the car, but that it is gone.
  if ((at === "AwaitPilotStep" || alarm) && reading.state !== "A") return;
  if (!plugged(reading.state)) return unplugged(turn, reading.state);
  if (at === "AwaitVehicle") {
    turn.log("info", "Vehicle detected via CP", { state: reading.state });
    return call(turn);
  }
  if (at === "Paused") return wakeSeen(turn, reading.state);
  if (at === "AwaitMatch") return toggle(turn, reading.state);
  // CP06: contacts bounce; only a B (or a D without ventilation) that lasts counts.
  if (!calls(reading.state, config) && energised(power)) return turn.arm("CP_debounce");
  turn.disarm("CP_debounce");
  if (at === "InSession") tellSession(turn, { kind: "pilot", state: reading.state });
}

/** CP05. Before charging a car may think better of it: the power goes, and its SessionStopReq is waited for. */
export function fellToB(turn: Turn): void {
  const { power } = turn.state;
  const { state } = turn.seen.pilot;
  const reason = `the pilot went to ${state} under power (CP05, CP09)`;
  if (power.stage === "Delivering") return abort(turn, reason);
  if (energised(power)) turn.power({ kind: "ask", ask: { kind: "emergency", reason } });
  tellSession(turn, { kind: "pilot", state });
}

/** Power first, then everything else. A car that shows A has gone; after a fault of the pilot, E or F, it may be called again. */
function unplugged(turn: Turn, state: PilotState): void {
  const { at } = turn.state;
  if (at === "AwaitVehicle") return;
  const reason = `pilot ${state}`;
  if (state !== "A") return emergency(turn, reason, "pilot");
  abort(turn, reason);
  beginAnew(turn, at === "InSession");
}

/** State F has lasted. After an emergency of its own the station looks for the car again, and waits until its plug was out. */
export function recovered(turn: Turn): void {
  const { alarm, ...rest } = turn.state;
  if (!alarm) return;
  turn.state = rest;
  if (alarm === "pilot") return beginAnew(turn);
  turn.log("warn", "Out of order until the vehicle is unplugged");
  turn.drive(idle);
}

/** @param closing the end of a connection is on its way: the key that carries it is kept for a moment */
function beginAnew(turn: Turn, closing = false): void {
  const { session: _, toggledAt: __, restart: ___, alarm: ____, pause: _____, ...rest } = turn.state;
  turn.state = { ...rest, at: "AwaitVehicle" };
  turn.disarm("TP_match_leave", "SLAC_WAIT_TIMEOUT_S", "CP_recovery", "pause_X1", "wake_up", ...stepTimers);
  turn.drive(idle);
  if (!closing) return tellSlac(turn, { kind: "unplugged" });
  // A link that is still to be left is left by the timer, or by the next car.
  turn.set({ leaving: true });
  turn.arm("link_parting");
}

export function driveByHand(turn: Turn, dutyPercent: number): void {
  if (turn.state.at === "AwaitVehicle") turn.drive(dutyPercent === 100 ? idle : { out: "x2", dutyPercent });
}
