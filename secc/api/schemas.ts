import { type Static, type TSchema, Type } from "typebox";

/**
 * Bodies and answers of the HTTP interface, each declared once: validation, the OpenAPI document and the TypeScript types come from
 * here. Volts, amperes, seconds, watt-hours; times of day are ISO 8601. What is not known is null.
 */
const closed = { additionalProperties: false } as const;
const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
/** May be left out: its default is filled in before anybody sees it. */
const byDefault = <T extends TSchema>(schema: T): T => Type.Optional(schema) as unknown as T;
const text = nullable(Type.String());
const number = nullable(Type.Number());

export const Params = Type.Object(
  {
    target_voltage: byDefault(Type.Number({ minimum: 0, default: 400, description: "V" })),
    initial_current: byDefault(Type.Number({ minimum: 0, default: 50, description: "A" })),
    duration_s: byDefault(Type.Number({ minimum: 1, maximum: 86_400, default: 10, description: "s of charging" })),
  },
  closed,
);
export type Params = Static<typeof Params>;

const SessionParams = Type.Object({
  target_voltage: number,
  initial_current: number,
  duration_s: number,
  requested_current: number,
});

export const Summary = Type.Object({
  energy_Wh: Type.Number(),
  avg_voltage: Type.Number(),
  avg_current: Type.Number(),
  duration_s: Type.Number(),
  ended_phase: Type.String(),
  error: text,
  session_params: SessionParams,
});
export type Summary = Static<typeof Summary>;

export const phases = ["IDLE", "HANDSHAKE", "CABLE_CHECK", "PRECHARGE", "CHARGING", "COMPLETE", "ABORTED"] as const;
export type Phase = (typeof phases)[number];

export const Status = Type.Object({
  session_active: Type.Boolean(),
  phase: Type.Enum([...phases]),
  error: text,
  contactor_closed: Type.Boolean(),
  cp_state: Type.String(),
  voltage: Type.Number(),
  current: Type.Number(),
  energy_Wh: Type.Number(),
  time_s: Type.Number({ description: "s of charging" }),
  last_session_summary: nullable(Summary),
  session_params: SessionParams,
});
export type Status = Static<typeof Status>;

export const Meter = Type.Object({
  energy_Wh: Type.Number(),
  avg_voltage: Type.Number({ description: "time-weighted" }),
  avg_current: Type.Number({ description: "time-weighted" }),
  session_time_s: Type.Number(),
});
export type Meter = Static<typeof Meter>;

export const Cp = Type.Object({ voltage_v: number, state: text });
export type Cp = Static<typeof Cp>;

export const slacStates = ["IDLE", "MATCHING", "MATCHED", "FAILED"] as const;
export const Slac = Type.Object({
  state: Type.Enum([...slacStates]),
  ev_mac: text,
  nid: text,
  run_id: text,
  attenuation_db: number,
  last_updated: Type.String(),
});
export type Slac = Static<typeof Slac>;

const dcLimits = Type.Object({
  max_charge_power: number,
  min_charge_power: number,
  max_charge_current: number,
  min_charge_current: number,
  max_voltage: number,
  min_voltage: number,
});
const acLimits = Type.Object({ max_charge_power: number, min_charge_power: number });
const limits = Type.Object({ dc: dcLimits, ac: acLimits });

export const Bms = Type.Object({
  protocol: text,
  evcc_id: text,
  present_soc: number,
  present_voltage: number,
  target_voltage: number,
  target_current: number,
  total_battery_capacity: number,
  energy_requests: Type.Object({
    target_energy_request: number,
    max_energy_request: number,
    min_energy_request: number,
  }),
  soc_limits: Type.Object({ min_soc: number, max_soc: number, target_soc: number }),
  rated_limits: limits,
  session_limits: limits,
});
export type Bms = Static<typeof Bms>;

export const Iso15118 = Type.Object({
  protocol: text,
  energy_service: text,
  control_mode: text,
  authorized: nullable(Type.Boolean()),
  evse_id: text,
  session_id: text,
  timestamps: Type.Object({ started_at: text, last_message_at: text }),
});
export type Iso15118 = Static<typeof Iso15118>;

export const Live = Type.Object({ cp: Cp, slac: Slac, iso15118: Iso15118, bms: Bms });
export type Live = Static<typeof Live>;

export const Hlc = Type.Object({
  state: Type.Enum(["stopped", "starting", "running", "error"]),
  error: text,
  protocol_state: text,
  iface: text,
  session_id: text,
});
export type Hlc = Static<typeof Hlc>;

const file = Type.Optional(nullable(Type.String({ maxLength: 4096 })));
export const HlcStart = Type.Object(
  { iface: byDefault(Type.String({ default: "eth0", maxLength: 64 })), secc_config: file, cert_store: file },
  closed,
);
export const HlcAnswer = Type.Object({ status: Hlc });

export const Matched = Type.Object(
  {
    ev_mac: Type.String({ pattern: "^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$" }),
    nid: Type.Optional(nullable(Type.String({ pattern: "^[0-9A-Fa-f]{14}$" }))),
    run_id: Type.Optional(nullable(Type.String({ pattern: "^[0-9A-Fa-f]{16}$" }))),
    attenuation_db: Type.Optional(nullable(Type.Number({ minimum: 0, maximum: 255 }))),
    iface: byDefault(Type.String({ default: "eth0", maxLength: 64 })),
    secc_config: file,
    cert_store: file,
  },
  closed,
);
export type Matched = Static<typeof Matched>;
export const MatchedAnswer = Type.Object({ slac: Slac, hlc: Hlc });

export const Contactor = Type.Object({ closed: Type.Boolean() }, closed);
export const ContactorAnswer = Type.Object({ status: Type.Literal("ok"), contactor_closed: Type.Boolean() });
export const Pwm = Type.Object({ duty: Type.Number({ minimum: 0, maximum: 100 }) }, closed);
export const PwmAnswer = Type.Object({ status: Type.Literal("ok"), duty: Type.Number() });
export const cpStates = ["A", "B", "C", "D", "E"] as const;
export const CpState = Type.Object({ state: Type.Enum([...cpStates]) }, closed);
export const CpStateAnswer = Type.Object({ status: Type.Literal("ok"), state: Type.String() });
/** E_STOP, OVERCURRENT … end the session; names of the simulated plant (`faults` of /events' first snapshot) break something there. */
const fault = Type.String({ pattern: "^[A-Za-z][A-Za-z0-9_.-]{0,63}$" });
export const Fault = Type.Object({ type: fault }, closed);
export const FaultAnswer = Type.Object({ status: Type.Literal("fault_injected"), type: Type.String() });
export const FaultClear = Type.Object({ type: Type.Optional(fault) }, closed);

export const Mode = Type.Object({ mode: Type.Enum(["dc", "manual"]) }, closed);
export const EspPwm = Type.Object(
  {
    duty: byDefault(Type.Number({ minimum: 0, maximum: 100, default: 5 })),
    enable: byDefault(Type.Boolean({ default: true })),
  },
  closed,
);
export const RestartSlac = Type.Object(
  { reset_ms: byDefault(Type.Integer({ minimum: 50, maximum: 2000, default: 400 })) },
  closed,
);
/** Whatever the pilot helper has said. */
export const EspAnswer = Type.Object({}, { additionalProperties: true });

export const Done = (status: string) => Type.Object({ status: Type.Literal(status) });
export const Refused = Type.Object({ status: Type.Literal("error"), message: Type.String() });

const refusal = (description: string): TSchema => ({ ...Refused, description });
/** Why an answer is no good news, by its status. */
export const refused = {
  400: refusal("The request, or its body, cannot be read."),
  401: refusal("A token is needed, and this is none, or one whose time is over."),
  403: refusal("The token may only read; or Host, Origin or Upgrade are not those of a client of this station."),
  409: refusal("Not now: the station is not in a state for it, or has nothing to do it with."),
  413: refusal("The body is longer than 64 KiB."),
  415: refusal("The body is not application/json."),
  422: refusal("A value is missing, is none, is beyond the rating, or nobody knows its name."),
  429: refusal("More than 100 requests in a second, or too many who watch."),
  503: refusal("The pilot reports a fault."),
} as const;
