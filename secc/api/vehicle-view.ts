import type { EventOf, TraceEvent } from "../../core/trace";
import { at, type Fields, quantity, textAt } from "./fields";
import type { Bms, Hlc, Iso15118, Matched, Slac } from "./schemas";

/** What the protocols of supportedAppProtocolReq are called outside. */
const protocols: readonly (readonly [namespace: RegExp, name: string])[] = [
  [/iso:15118:2:2013/, "ISO_15118_2"],
  [/iso:std:iso:15118:-20/, "ISO_15118_20"],
  [/din:70121/, "DIN_SPEC_70121"],
];

const slacState: Readonly<Record<string, Slac["state"]>> = {
  AwaitVehicle: "IDLE",
  AwaitSetKeyCnf: "IDLE",
  Matched: "MATCHED",
};
const noSlac = { ev_mac: null, nid: null, run_id: null, attenuation_db: null };
const noSoc = { min_soc: null, max_soc: null, target_soc: null };
const noEnergy = { target_energy_request: null, max_energy_request: null, min_energy_request: null };
const noDc = {
  max_charge_power: null,
  min_charge_power: null,
  max_charge_current: null,
  min_charge_current: null,
  max_voltage: null,
  min_voltage: null,
};
const noAc = { max_charge_power: null, min_charge_power: null };
const nothing = {
  protocol: null,
  evcc_id: null,
  present_soc: null,
  target_voltage: null,
  target_current: null,
  total_battery_capacity: null,
};
const strange: Omit<Iso15118, "evse_id"> = {
  protocol: null,
  energy_service: null,
  control_mode: null,
  authorized: null,
  session_id: null,
  timestamps: { started_at: null, last_message_at: null },
};

type Known = { -readonly [Name in keyof typeof nothing]: Bms[Name] };

/** What the station knows of the vehicle: its modem, its dialogue and its battery, each from the trace. */
export class VehicleView {
  private link: Slac;
  private dialogue = strange;
  private battery: Known = { ...nothing };
  private announced = noDc as Bms["session_limits"]["dc"];
  private sessionAt: string | null = null;
  private stationAt = "AwaitVehicle";
  private failure: string | null = null;
  /** Protocols offered by the car, by SchemaID. */
  private offered = new Map<unknown, string>();
  private readonly EVSEID: string;
  private readonly wall: () => Date;

  constructor(EVSEID: string, wall: () => Date) {
    this.EVSEID = EVSEID;
    this.wall = wall;
    this.link = { state: "IDLE", ...noSlac, last_updated: this.now() };
  }

  hear(event: TraceEvent): void {
    if (event.node !== "secc") return;
    if (event.type === "state") this.moved(event);
    if (event.type === "v2g" && event.fields) this.said(event.name, event.fields as Fields);
    if (event.type === "log" && event.fields) this.told(event.fields as Fields);
    if (event.type === "connection" && event.op === "open") this.connected();
  }

  /** A matcher besides the station's has found the vehicle. */
  matched({ ev_mac, nid = null, run_id = null, attenuation_db = null }: Matched): void {
    this.link = { state: "MATCHED", ev_mac, nid, run_id, attenuation_db, last_updated: this.now() };
  }

  get slac(): Slac {
    return this.link;
  }

  get iso15118(): Iso15118 {
    return { ...this.dialogue, evse_id: this.EVSEID };
  }

  /** @param voltage as the station measures it */
  bms(voltage: number): Bms {
    const known = this.battery.evcc_id !== null;
    return {
      ...this.battery,
      protocol: this.dialogue.protocol,
      present_voltage: known ? Math.round(voltage * 1000) / 1000 : null,
      energy_requests: noEnergy,
      soc_limits: noSoc,
      rated_limits: { dc: this.announced, ac: noAc },
      session_limits: { dc: this.announced, ac: noAc },
    };
  }

  hlc(iface: string | null): Hlc {
    const { stationAt, failure } = this;
    const state =
      stationAt === "InSession" ? "running" : awaiting.has(stationAt) ? "starting" : failure ? "error" : "stopped";
    const error = state === "error" ? failure : null;
    return { state, error, protocol_state: this.sessionAt, iface, session_id: this.dialogue.session_id };
  }

  private moved({ machine, from, to }: EventOf<"state">): void {
    if (machine === "slac") this.linkMoved(to);
    if (machine === "session") this.sessionAt = to === "" ? null : to;
    if (machine === "session" && to === "Closed") this.failure = from === "Ended" ? null : "the session was given up";
    if (machine !== "station") return;
    this.stationAt = to;
    if (to === "AwaitMatch") this.failure = null;
    if (from === "AwaitMatch" && to === "AwaitUnplug")
      this.link = { ...this.link, state: "FAILED", last_updated: this.now() };
  }

  private linkMoved(to: string): void {
    const state = slacState[to] ?? "MATCHING";
    if (
      this.link.state === state ||
      (this.link.state === "FAILED" && state === "IDLE" && this.stationAt !== "AwaitVehicle")
    )
      return;
    const known = state === "MATCHED" ? this.link : noSlac;
    this.link = { ...this.link, ...known, state, last_updated: this.now() };
  }

  /** The station's own words about a match. */
  private told({ ev_mac, nid, run_id, attenuation_db, reason }: Fields): void {
    if (typeof reason === "string" && this.stationAt === "AwaitUnplug") this.failure = reason;
    if (typeof ev_mac !== "string" || typeof nid !== "string") return;
    const found = { ev_mac, nid, run_id: String(run_id), attenuation_db: Math.round(Number(attenuation_db) * 10) / 10 };
    this.link = { state: "MATCHED", ...found, last_updated: this.now() };
  }

  private connected(): void {
    this.dialogue = { ...strange, timestamps: { started_at: this.now(), last_message_at: null } };
    this.battery = { ...nothing };
    this.announced = noDc;
    this.failure = null;
  }

  private said(name: string, fields: Fields): void {
    const { timestamps } = this.dialogue;
    this.dialogue = { ...this.dialogue, timestamps: { ...timestamps, last_message_at: this.now() } };
    readers[name]?.(this, fields);
    const soc =
      quantity(fields, "DC_EVStatus.EVRESSSOC") ?? quantity(fields, "DC_EVChargeParameter.DC_EVStatus.EVRESSSOC");
    if (soc !== null) this.battery.present_soc = soc;
    for (const [wanted, path] of targets) {
      const value = quantity(fields, path);
      if (value !== null) this.battery[wanted] = value;
    }
  }

  /** How each message that says something lasting is read. */
  static readonly readers: Readonly<Record<string, (view: VehicleView, fields: Fields) => void>> = {
    supportedAppProtocolReq: (view, { AppProtocol }) => {
      for (const { SchemaID, ProtocolNamespace } of AppProtocol as Fields[])
        view.offered.set(SchemaID, String(ProtocolNamespace));
    },
    supportedAppProtocolRes: (view, { SchemaID }) => {
      const namespace = view.offered.get(SchemaID) ?? "";
      view.learn({ protocol: protocols.find(([pattern]) => pattern.test(namespace))?.[1] ?? null });
    },
    SessionSetupReq: (view, fields) => {
      view.battery.evcc_id = textAt(fields, "EVCCID");
    },
    SessionSetupRes: (view, fields) => view.learn({ session_id: textAt(fields, "Header.SessionID") }),
    AuthorizationRes: (view, fields) =>
      view.learn({ authorized: at(fields, "EVSEProcessing") === "Finished" && at(fields, "ResponseCode") === "OK" }),
    ContractAuthenticationRes: (view, fields) =>
      view.learn({ authorized: at(fields, "EVSEProcessing") === "Finished" }),
    ChargeParameterDiscoveryReq: (view, fields) => {
      view.learn({
        energy_service:
          textAt(fields, "RequestedEnergyTransferMode") ?? textAt(fields, "EVRequestedEnergyTransferType"),
      });
      const limit = (name: string) => quantity(fields, `DC_EVChargeParameter.${name}`);
      view.battery.total_battery_capacity = limit("EVEnergyCapacity");
      view.announced = {
        ...noDc,
        max_charge_power: limit("EVMaximumPowerLimit"),
        max_charge_current: limit("EVMaximumCurrentLimit"),
        max_voltage: limit("EVMaximumVoltageLimit"),
      };
    },
  };

  private learn(what: Partial<Omit<Iso15118, "evse_id">>): void {
    this.dialogue = { ...this.dialogue, ...what };
  }

  private now(): string {
    return this.wall().toISOString();
  }
}

const { readers } = VehicleView;
const awaiting = new Set(["AwaitMatch", "AwaitConnection"]);
const targets = [
  ["target_voltage", "EVTargetVoltage"],
  ["target_current", "EVTargetCurrent"],
] as const;
