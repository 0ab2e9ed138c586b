import type { SerialPilot } from "./pilot";

type Answer = Promise<Readonly<Record<string, unknown>>>;

/** What a person may ask of the helper past the station; the answers are the helper's own lines, its errors as well. */
export class HelperByHand {
  private readonly pilot: SerialPilot;

  constructor(pilot: SerialPilot) {
    this.pilot = pilot;
  }

  ping(): Answer {
    return this.pilot.link.converse("ping", {}, ({ type }) => type === "pong");
  }

  /** Milliseconds off the oscillation, 50 to 2000. */
  restartSlac(ms: number): Answer {
    this.pilot.hinted(ms);
    return this.pilot.link.converse("restart_slac_hint", { ms }, ({ cmd }) => cmd === "restart_slac_hint");
  }

  /** In manual mode the line is not the station's: its pilot is unknown until the mode is `dc` again. */
  async mode(mode: "dc" | "manual"): Answer {
    const isAnswer = (message: Readonly<Record<string, unknown>>): boolean =>
      message.type === "status" && message.mode === mode;
    const answer = await this.pilot.link.converse("set_mode", { mode }, isAnswer);
    if (mode === "dc") this.pilot.resume();
    return answer;
  }

  /** Percent; the helper takes it in manual mode only. */
  pwm(duty: number, enable: boolean): Answer {
    return this.pilot.link.converse("set_pwm", { duty, enable }, ({ type, mode, pwm }) => {
      const { duty: set, enabled } = (pwm ?? {}) as { duty?: number; enabled?: boolean };
      return type === "status" && mode === "manual" && enabled === enable && Math.abs((set ?? -1) - duty) < 0.05;
    });
  }
}
