import type { Expired, Machine } from "../core/machine";
import type { SeccConfig } from "./config";
import {
  abort,
  emergency,
  lookAgain,
  mmeSeen,
  outOfPatience,
  part,
  pilotStep,
  takeSlac,
  tellSlac,
} from "./controller/matching";
import { measured, watch } from "./controller/outlet";
import { beginPause, rested, wakeUp } from "./controller/pause";
import { driveByHand, fellToB, pilotSeen, recovered } from "./controller/pilot";
import { accepted, asked, authorised, tellSession } from "./controller/sessions";
import { idle, Turn } from "./controller/turn";
import { plugged } from "./pilot";
import { stepTimers } from "./pilot-steps";
import { atRest, powerOff } from "./power";
import { atSlac, startSlac } from "./slac";
import type { Station, StationEffect, StationInput, StationSeen } from "./state";
import { noSupervision } from "./supervision";

export type { Station, StationAt, StationEffect, StationInput, StationSeen } from "./state";

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
    turn.drive(idle);
    // A station that died may have left its plug locked, or worse (S24).
    if (!atRest(seen.power)) turn.power({ kind: "ask", ask: { kind: "emergency", reason: "in use at the start" } });
    takeSlac(turn, begun?.effects ?? []);
    if (plugged(seen.pilot.state)) pilotSeen(turn, seen.pilot);
    return turn.done();
  },
  step(state, input, seen) {
    const turn = new Turn(state, seen);
    take(turn, input);
    if (turn.state.at === "Paused" && state.at !== "Paused") beginPause(turn);
    return turn.done();
  },
  at: ({ at, slac, power, session }) => ({
    station: at,
    slac: slac ? atSlac(slac) : "",
    power: power.stage,
    session: session?.at ?? "",
  }),
});

function take(turn: Turn, input: StationInput): void {
  switch (input.kind) {
    case "pilot":
      return pilotSeen(turn, input.reading);
    case "mme":
      return mmeSeen(turn, input.frame);
    case "modemRestarted":
      return tellSlac(turn, input);
    case "datagram":
      return asked(turn, input.bytes, input.from);
    case "accepted":
      return accepted(turn, input.connection);
    case "power":
      return measured(turn, input.reading, input.fault);
    case "expired":
      return expired(turn, input);
    case "authorise":
    case "deauthorise":
      return authorised(turn, input);
    case "stop":
      return tellSession(turn, input);
    case "emergency":
      return emergency(turn, input.reason);
    case "pwm":
      return driveByHand(turn, input.dutyPercent);
    case "shutdown":
      return shutdown(turn);
    default:
      if (input.connection === turn.state.connection) tellSession(turn, input);
  }
}

/** Timers of the station itself. Those of its parts are told to the parts: by their prefix, and all others to the session. */
const expiries: Readonly<Record<string, (turn: Turn) => void>> = {
  contacts_cooling: watch,
  TP_match_leave: (turn) => tellSlac(turn, { kind: "leave" }),
  CP_debounce: fellToB,
  CP_negative_half: lookAgain,
  SLAC_WAIT_TIMEOUT_S: outOfPatience,
  ...Object.fromEntries(stepTimers.map((timer) => [timer, pilotStep])),
  CP_recovery: recovered,
  link_parting: part,
  pause_X1: rested,
  wake_up: wakeUp,
  V2G_SECC_CommunicationSetup_Timer: (turn) => abort(turn, "V2G_SECC_CommunicationSetup_Timeout (V2G2-723)"),
};

function expired(turn: Turn, input: Expired): void {
  if (input.timer.startsWith("slac.")) return tellSlac(turn, input);
  if (input.timer.startsWith("power.")) {
    turn.power(input);
    return watch(turn);
  }
  const own = expiries[input.timer];
  return own ? own(turn) : tellSession(turn, input);
}

/** The current goes down by the station's own hand, while the car is asked to stop. */
function shutdown(turn: Turn): void {
  const { at, power } = turn.state;
  if (at === "InSession") {
    tellSession(turn, { kind: "shutdown" });
    if (power.stage === "Delivering") turn.power({ kind: "ask", ask: { kind: "rampDown" } });
    return;
  }
  turn.power({ kind: "ask", ask: { kind: "release" } });
  turn.drive(idle);
}
