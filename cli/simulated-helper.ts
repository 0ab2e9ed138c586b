import type { Helper, Outcome, watched } from "../secc/api";

/** A pilot helper as the ESP32 answers, in front of a simulated pilot. */
export function simulatedHelper(
  pilot: ReturnType<typeof watched>,
  drive: (duty: number) => Outcome,
  restart: (ms: number) => void,
): Helper {
  let mode: "dc" | "manual" = "dc";
  let enabled = false;
  let duty = 5;
  const status = (): object => {
    const { high, state } = pilot.read();
    const driven = pilot.driven();
    const out = driven?.out === "x2" ? driven.dutyPercent : 100;
    return { type: "status", cp_mv: Math.round(high * 1000), state, mode, pwm: { enabled, duty, hz: 1000, out } };
  };
  return {
    ping: async () => ({ type: "pong" }),
    restartSlac: async (ms) => {
      restart(ms);
      return { type: "ok", cmd: "restart_slac_hint" };
    },
    mode: async (wanted) => {
      mode = wanted;
      if (mode === "dc") drive(100);
      return status();
    },
    pwm: async (wanted, enable) => {
      if (mode === "dc") return { type: "error", msg: "mode_dc_auto" };
      duty = wanted;
      enabled = enable;
      drive(enable ? duty : 100);
      return status();
    },
  };
}
