import type { Client } from "./client";
import { anything, clamped, type Method, type Methods, method, oneOf, optional, truth } from "./method";
import { Refusal } from "./refusal";

/** The line's own commands (chapter 2), which answer with a status. `holds` as in requests. */

const status = (_: unknown, client: Client) => client.status();

const isDuty = (duty: unknown): duty is number => typeof duty === "number" && duty >= 0 && duty <= 100;

const manualOnly = (_: unknown, { rig }: Client): void => {
  if (rig.generator.mode === "dc") throw new Refusal("mode_dc_auto");
};

const drive: Method = method(
  { out: oneOf("x1", "x2", "e", "f", "auto"), duty: anything },
  {
    holds: "line",
    allowed({ out, duty }, { rig }) {
      if (rig.generator.mode === "manual") throw new Refusal("mode_manual");
      if (out === "x2" && !isDuty(duty)) throw new Refusal("bad_duty");
    },
    act({ out, duty }, client) {
      client.rig.generator.setDrive(out, out === "x2" ? (duty as number) : undefined);
      return client.status();
    },
  },
);

export const evseCommands: Methods = {
  ping: method({}, { act: () => ({ type: "pong" }) }),
  get_status: method({}, { act: status }),
  set_mode: method(
    { mode: oneOf("dc", "manual") },
    {
      holds: "line",
      act({ mode }, client) {
        client.rig.generator.setMode(mode);
        return client.status();
      },
    },
  ),
  set_pwm: method(
    { duty: clamped(0, 100), enable: optional(truth, null) },
    {
      holds: "line",
      allowed: manualOnly,
      act({ duty, enable }, client) {
        const { generator } = client.rig;
        generator.setPwm(duty, enable ?? generator.requested.enabled);
        return client.status();
      },
    },
  ),
  enable_pwm: method(
    { enable: truth },
    {
      holds: "line",
      allowed: manualOnly,
      act({ enable }, client) {
        const { generator } = client.rig;
        generator.setPwm(generator.requested.duty, enable);
        return client.status();
      },
    },
  ),
  "cp.drive": drive,
  restart_slac_hint: method(
    { ms: optional(clamped(50, 2000), 400) },
    {
      holds: "line",
      // To leave the oscillation under power would tell the car to stop (IEC 61851-1, X1).
      allowed(_, { rig }) {
        if (rig.station.contactor.commanded) throw new Refusal("contactor_closed");
      },
      act({ ms }, { rig }) {
        rig.generator.restartHint(ms);
        return { type: "ok", cmd: "restart_slac_hint" };
      },
    },
  ),
};
