import type { PilotState } from "../../core/pilot";
import { call, tellSlac } from "./matching";
import type { Turn } from "./turn";

/** A C of a toggle by which a vehicle wakes a station lasts 200 to 400 ms; what a receiver may measure too little or too much of it. */
const toggle = { least: 150, most: 450 } as const;

/** V2G3-M07-20: the oscillator is off, and the key is kept. Whoever is to be woken rests at X1 first. */
export function beginPause(turn: Turn): void {
  const { wakesAfter } = turn.state.config;
  turn.log("info", "Session paused");
  tellSlac(turn, { kind: "pause" });
  turn.arm("pause_X1");
  if (wakesAfter !== undefined) turn.does({ do: "arm", timer: "wake_up", ms: wakesAfter });
}

/** The pilot in a pause: B, C and B again wakes the station. */
export function wakeSeen(turn: Turn, pilot: PilotState): void {
  const lasted = turn.toggled(pilot);
  if (lasted !== undefined && lasted >= toggle.least && lasted <= toggle.most) wakeUp(turn);
}

/** Not before X1 has lasted as long as it has to. */
export function wakeUp(turn: Turn): void {
  const { at, pause: old } = turn.state;
  if (at !== "Paused" || !old) return;
  if (!old.rested) return turn.set({ pause: { ...old, woken: true } });
  turn.disarm("wake_up");
  turn.log("info", "Session resumed");
  call(turn, "resume");
}

export function rested(turn: Turn): void {
  const { pause: old } = turn.state;
  if (!old) return;
  turn.set({ pause: { ...old, rested: true } });
  if (old.woken) wakeUp(turn);
}
