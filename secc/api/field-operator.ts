import type { Cancel, Clock } from "../../core/clock";
import type { Trace } from "../../core/trace";
import type { StationNode } from "../node";
import type { Helper, Operator } from "./operator";

/** A station in the field: an operator lets a vehicle charge, stops it, and ends everything at once. */
export function fieldOperator(
  node: Pick<StationNode, "stimulus" | "emergency" | "drive">,
  clock: Clock,
  trace: Trace,
  helper?: Helper,
): Operator {
  let limit: number | undefined;
  let running: Cancel | undefined;
  const forget = (): void => {
    running?.();
    running = limit = undefined;
  };
  trace.onEvent((event) => {
    if (event.node !== "secc" || event.type !== "state") return;
    if (event.machine === "power" && event.to === "Delivering" && limit !== undefined && !running)
      running = clock.after(limit, () => node.stimulus("stop"));
    if (event.machine === "station" && event.from === "InSession") forget();
  });
  return {
    ...(helper && { helper }),
    start: ({ duration_s }) => {
      forget();
      limit = duration_s * 1000;
      node.stimulus("authorise");
      return undefined;
    },
    stop: () => {
      forget();
      node.stimulus("deauthorise");
      node.stimulus("stop");
    },
    // Whoever was let charge before is not let charge after it.
    emergency: (reason) => {
      forget();
      node.stimulus("deauthorise");
      node.emergency(reason);
    },
    pwm: (duty) => {
      node.drive(duty);
      return undefined;
    },
    match: () => ({ refused: "the station matches by itself when a vehicle is plugged in" }),
    open: () => undefined,
  };
}
