import { timers } from "../timers";
import type { Handler } from "./table";

/** The end of a session in good order, or a pause; the car has to show B (V2G2-922). */
export const stopSession: Handler<"SessionStopReq"> = (_, { ChargingSession }, seen, last) => {
  const idle = seen.pilot === "B" || seen.pilot === "A";
  if (!idle && !last) return "hold";
  if (!idle) return { body: { ResponseCode: "FAILED" } };
  return {
    body: { ResponseCode: "OK" },
    next: "Ended",
    ...(ChargingSession === "Pause" && { session: { paused: true } }),
    effects: [
      { do: "ask", ask: { kind: "release" } },
      { do: "disarm", timer: "V2G_SECC_Sequence_Timer" },
      { do: "arm", timer: "TCP_termination", ms: timers.TCP_termination },
    ],
  };
};

/** A car may give up before power is delivered, and is let go quickly: fielded cars do so (V2G2-568, V2G2-570). */
export const stopEarly: Handler<"SessionStopReq"> = stopSession;
