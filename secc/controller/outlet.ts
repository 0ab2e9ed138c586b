import type { PowerFault, PowerReading } from "../../core/power";
import { unlocked, unsound } from "../power";
import { type Finding, supervise } from "../supervision";
import { emergency } from "./matching";
import { tellSession } from "./sessions";
import type { Turn } from "./turn";

export function measured(turn: Turn, reading: PowerReading, fault?: PowerFault): void {
  turn.power({ kind: "reading", reading });
  const { power } = turn.state;
  if (unlocked(power, reading)) return emergency(turn, "the lock has opened (S20)");
  const error = fault === "OverTemperature" ? fault : unsound(power, reading);
  if (fault && fault !== error) emergency(turn, fault);
  else if (error) windDown(turn, error);
  watch(turn);
}

/** Looks at the outlet; a contact that was too hot is looked at until it has cooled down. */
export function watch(turn: Turn): void {
  const { power, supervision: before } = turn.state;
  const { supervision, findings } = supervise(before, power, turn.seen.power, turn.seen.now);
  turn.set({ supervision });
  if (supervision.heat) turn.arm("contacts_cooling");
  for (const finding of findings) found(turn, finding);
}

function found(turn: Turn, { response, reason }: Finding): void {
  if (response === "emergency") return emergency(turn, reason);
  if (response === "stop") return windDown(turn, reason);
  turn.log("warn", "Power path", { reason });
}

/** An error shutdown: the current goes down by the station's own hand while the car is told to stop (CC.5.1, CC.5.2). */
function windDown(turn: Turn, reason: string): void {
  const { at, power } = turn.state;
  if (at !== "InSession" || power.stage !== "Delivering") return emergency(turn, reason);
  turn.log("error", "Power path: error shutdown", { reason });
  tellSession(turn, { kind: "stop" });
  turn.power({ kind: "ask", ask: { kind: "rampDown" } });
}
