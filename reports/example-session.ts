import { type Endpoint, hex, type Millis, type Node, type PilotState, type PowerSample, Trace } from "../core";

const evseMac = "02A1B2C30001";
const evMac = "02A1B2C30002";
/** Octets of an MME as an Ethernet frame without FCS, where it is not the minimum of 60. */
const octets: Readonly<Record<string, number>> = {
  "CM_MNBC_SOUND.IND": 71,
  "CM_ATTEN_PROFILE.IND": 85,
  "CM_ATTEN_CHAR.IND": 129,
  "CM_ATTEN_CHAR.RSP": 70,
  "CM_SLAC_MATCH.REQ": 85,
  "CM_SLAC_MATCH.CNF": 109,
};
const evseEnd: Endpoint = { address: "fe80::a1:b2ff:fec3:1", port: 61_341 };
const evEnd: Endpoint = { address: "fe80::a1:b2ff:fec3:2", port: 49_873 };

/** A hand-made trace, as both ends of a virtual cable would record it. For tests and previews of reports; no peer takes part. */
export class Scene {
  readonly trace: Trace;
  now: Millis = 0;
  private power: PowerSample = {
    outlet: 0,
    inlet: 0,
    battery: 356,
    current: 0,
    evseContactor: false,
    evContactor: false,
    supply: false,
    locked: false,
    isolation: "Invalid",
    energy: 0,
    soc: 42,
  };

  constructor() {
    this.trace = new Trace(() => this.now);
  }

  wait(ms: Millis): this {
    this.now += ms;
    return this;
  }

  pilot(state: PilotState, high: number, dutyPercent?: number): this {
    const duty = dutyPercent === undefined ? {} : { dutyPercent };
    this.trace.record("plant", { type: "pilot", state, high, low: dutyPercent === undefined ? high : -12, ...duty });
    return this;
  }

  plant(change: Partial<PowerSample>): this {
    this.power = { ...this.power, ...change };
    this.trace.record("plant", { type: "power", ...this.power });
    return this;
  }

  state(node: Node, machine: string, from: string, to: string, because = "input"): this {
    this.trace.record(node, { type: "state", machine, from, to, because });
    return this;
  }

  /** @param body octets after the MME header; the frame is padded with zeros to the length its kind has */
  mme(from: "evcc" | "secc", name: string, mmtype: number, body = "", fields?: object, to?: string): this {
    const [source, far] = from === "evcc" ? [evMac, evseMac] : [evseMac, evMac];
    const type = hex(new Uint8Array([mmtype & 0xff, mmtype >> 8]));
    const frame = `${to ?? far}${source}88E101${type}0000${body}`.padEnd(2 * (octets[name] ?? 60), "0");
    return this.both(from, { type: "mme", name, hex: frame, ...(fields && { fields }) });
  }

  /** An MME from a node's own modem. */
  modem(node: "evcc" | "secc", name: string, mmtype: number): this {
    const type = hex(new Uint8Array([mmtype & 0xff, mmtype >> 8]));
    const frame = `FFFFFFFFFFFF00B052000A0188E101${type}0000`.padEnd(2 * (octets[name] ?? 60), "0");
    this.trace.record(node, { type: "mme", dir: "rx", name, hex: frame });
    return this;
  }

  sdp(from: "evcc" | "secc", name: string, payload: string, fields: object): this {
    const client = { address: evEnd.address, port: 52_000 };
    const server = { address: from === "evcc" ? "ff02::1" : evseEnd.address, port: 15_118 };
    const [source, target] = from === "evcc" ? [client, server] : [server, client];
    return this.both(from, { type: "sdp", name, hex: payload, from: source, to: target, fields });
  }

  connect(): this {
    this.trace.record("evcc", {
      type: "connection",
      connection: 1,
      op: "open",
      by: "local",
      local: evEnd,
      peer: evseEnd,
    });
    this.trace.record("secc", {
      type: "connection",
      connection: 1,
      op: "open",
      by: "peer",
      local: evseEnd,
      peer: evEnd,
    });
    return this;
  }

  close(by: "evcc" | "secc", op: "fin" | "reset" = "fin"): this {
    const far = by === "evcc" ? "secc" : "evcc";
    const ends = { evcc: [evEnd, evseEnd], secc: [evseEnd, evEnd] } as const;
    for (const node of [by, far] as const) {
      const [local, peer] = ends[node];
      this.trace.record(node, {
        type: "connection",
        connection: 1,
        op,
        by: node === by ? "local" : "peer",
        local,
        peer,
      });
    }
    return this;
  }

  v2g(from: "evcc" | "secc", name: string, fields: object = {}, octets = 24): this {
    const payload = Buffer.from(`${name} ${JSON.stringify(fields)}`.padEnd(octets))
      .toString("hex")
      .toUpperCase();
    const length = (payload.length / 2).toString(16).padStart(8, "0").toUpperCase();
    return this.both(from, { type: "v2g", connection: 1, name, hex: `01FE8001${length}${payload}`, fields });
  }

  /** A request and, `after` later, its response. */
  exchange(name: string, request: object, response: object, after = 4): this {
    this.v2g("evcc", `${name}Req`, request).wait(after);
    return this.v2g("secc", `${name}Res`, { ResponseCode: "OK", ...response }).wait(2);
  }

  private both(from: "evcc" | "secc", happening: object): this {
    const frame = happening as Parameters<Trace["record"]>[1] & { type: "mme" | "sdp" | "v2g" };
    this.trace.record(from, { ...frame, dir: "tx" });
    this.now += 0.4;
    this.trace.record(from === "evcc" ? "secc" : "evcc", { ...frame, dir: "rx" });
    return this;
  }
}

const runId = { RunID: "0A1B2C3D4E5F6071" };
const volts = (value: number) => ({ Multiplier: -1, Unit: "V", Value: Math.round(value * 10) });
const amperes = (value: number) => ({ Multiplier: -1, Unit: "A", Value: Math.round(value * 10) });
const evStatus = (EVRESSSOC: number) => ({ DC_EVStatus: { EVReady: true, EVErrorCode: "NO_ERROR", EVRESSSOC } });
const evseStatus = (code = "EVSE_Ready") => ({
  DC_EVSEStatus: {
    NotificationMaxDelay: 0,
    EVSENotification: "None",
    EVSEIsolationStatus: "Valid",
    EVSEStatusCode: code,
  },
});

/** Plug-in and matching. */
export function match(scene: Scene): Scene {
  const all = "FFFFFFFFFFFF";
  scene.pilot("A", 12).wait(120).pilot("B", 9).wait(500).pilot("B", 9, 5).wait(240);
  scene.state("secc", "matching", "", "AwaitSlacParm");
  scene.mme("evcc", "CM_SLAC_PARM.REQ", 0x6064, "00000A1B2C3D4E5F6071", runId, all).wait(12);
  scene.mme("secc", "CM_SLAC_PARM.CNF", 0x6065, "FFFFFFFFFFFF0A0601", { NUM_SOUNDS: 10, ...runId }).wait(80);
  scene.state("secc", "matching", "AwaitSlacParm", "Sounding");
  for (let i = 0; i < 3; i++) scene.mme("evcc", "CM_START_ATTEN_CHAR.IND", 0x606a, "00000A0601", runId, all).wait(25);
  for (let i = 9; i >= 0; i--) {
    const count = i.toString(16).padStart(2, "0");
    scene.mme("evcc", "CM_MNBC_SOUND.IND", 0x6076, `${"00".repeat(19)}${count}`, { Cnt: i, ...runId }, all);
    scene.modem("secc", "CM_ATTEN_PROFILE.IND", 0x6086).wait(22);
  }
  scene
    .wait(60)
    .mme("secc", "CM_ATTEN_CHAR.IND", 0x606e, `${"00".repeat(50)}0A3A`, { NumSounds: 10, NumGroups: 58, ...runId })
    .wait(15);
  scene.mme("evcc", "CM_ATTEN_CHAR.RSP", 0x606f, "0000", { Result: 0, ...runId }).wait(90);
  scene.mme("evcc", "CM_SLAC_MATCH.REQ", 0x607c, "00003E00", runId).wait(11);
  scene.mme("secc", "CM_SLAC_MATCH.CNF", 0x607d, "00005600", { NID: "026BCBA5354E08", ...runId }).wait(20);
  return scene.state("secc", "matching", "Sounding", "Matched").wait(510);
}

/** SDP, TCP, protocol choice and everything up to the charge parameters. */
export function setUp(scene: Scene): Scene {
  scene
    .sdp("evcc", "SECCDiscoveryReq", "01FE9000000000021000", { Security: "0x10 none", TransportProtocol: "0x00 TCP" })
    .wait(6);
  scene.sdp("secc", "SECCDiscoveryRes", `01FE900100000014FE800000000000000000A1B2FFFEC30001EF9D1000`, {
    SECC_IP: evseEnd.address,
    SECC_Port: evseEnd.port,
    Security: "0x10 none",
  });
  scene.wait(9).connect().wait(3);
  scene
    .v2g(
      "evcc",
      "supportedAppProtocolReq",
      {
        AppProtocol: [
          { ProtocolNamespace: "urn:iso:15118:2:2013:MsgDef", VersionNumberMajor: 2, SchemaID: 1, Priority: 1 },
        ],
      },
      1800,
    )
    .wait(3);
  scene.v2g("secc", "supportedAppProtocolRes", { ResponseCode: "OK_SuccessfulNegotiation", SchemaID: 1 }).wait(3);
  scene.state("secc", "session", "AwaitSupportedAppProtocolReq", "AwaitSessionSetupReq");
  const first = { ResponseCode: "OK_NewSessionEstablished", EVSEID: "DE*PNX*E00042*1" };
  scene.exchange("SessionSetup", { EVCCID: evMac }, first);
  scene.state("secc", "session", "AwaitSessionSetupReq", "AwaitServiceDiscoveryReq");
  scene.exchange("ServiceDiscovery", {}, { PaymentOptionList: { PaymentOption: ["ExternalPayment"] } });
  scene.state("secc", "session", "AwaitServiceDiscoveryReq", "AwaitPaymentServiceSelectionReq");
  return scene;
}

/** Everything between the choice of payment and the charge loop. */
export function prepare(scene: Scene, polls = 6): Scene {
  scene.exchange("PaymentServiceSelection", { SelectedPaymentOption: "ExternalPayment" }, {});
  scene.state("secc", "session", "AwaitPaymentServiceSelectionReq", "AwaitAuthorizationReq");
  for (let i = 0; i < polls; i++) {
    scene.exchange("Authorization", {}, { EVSEProcessing: "Ongoing_WaitingForCustomerInteraction" }).wait(200);
  }
  scene.trace.record("bench", { type: "stimulus", what: "authorise" });
  scene.exchange("Authorization", {}, { EVSEProcessing: "Finished" });
  const limits = { EVMaximumVoltageLimit: volts(410), EVMaximumCurrentLimit: amperes(125) };
  scene.exchange(
    "ChargeParameterDiscovery",
    { RequestedEnergyTransferMode: "DC_extended", DC_EVChargeParameter: limits },
    {
      EVSEProcessing: "Finished",
      DC_EVSEChargeParameter: { EVSEMaximumPowerLimit: { Multiplier: 3, Unit: "W", Value: 50 } },
    },
  );
  scene.wait(30).pilot("C", 6, 5).plant({ locked: true }).wait(20);
  for (let i = 0; i <= polls; i++) {
    scene.plant({
      supply: true,
      evseContactor: true,
      outlet: i ? 410 : 0,
      inlet: i ? 410 : 0,
      isolation: i === polls ? "Valid" : "Invalid",
    });
    scene
      .exchange("CableCheck", evStatus(42), { EVSEProcessing: i === polls ? "Finished" : "Ongoing", ...evseStatus() })
      .wait(280);
  }
  for (const level of [40, 180, 310, 352, 355]) {
    scene.plant({ outlet: level, inlet: level, current: 0 });
    const request = { EVTargetVoltage: volts(356), EVTargetCurrent: amperes(2), ...evStatus(42) };
    scene.exchange("PreCharge", request, { EVSEPresentVoltage: volts(level), ...evseStatus() }).wait(120);
  }
  scene.plant({ evContactor: true }).wait(10);
  return scene.exchange("PowerDelivery", { ChargeProgress: "Start", SAScheduleTupleID: 1 }, evseStatus());
}

/** The charge loop. */
export function charge(scene: Scene, loops: number): Scene {
  scene.state("secc", "session", "AwaitPowerDeliveryReq", "AwaitCurrentDemandReq");
  for (let i = 0; i < loops; i++) {
    const current = Math.min(110, 8 * (i + 1));
    const level = 356 + current / 12;
    const soc = 42 + Math.floor(i / 12);
    scene.plant({ outlet: level, inlet: level - 0.4, battery: 356 + i / 20, current, energy: i * 1.1, soc });
    const request = {
      EVTargetVoltage: volts(400),
      EVTargetCurrent: amperes(110),
      ChargingComplete: false,
      ...evStatus(soc),
    };
    const response = { EVSEPresentVoltage: volts(level), EVSEPresentCurrent: amperes(current), ...evseStatus() };
    scene.exchange("CurrentDemand", request, response, 5).wait(100);
  }
  return scene;
}

/** Orderly end of a session, until the plug is out. */
export function stop(scene: Scene): Scene {
  for (const current of [70, 30, 0.4]) scene.plant({ current }).wait(90);
  scene.exchange("PowerDelivery", { ChargeProgress: "Stop", SAScheduleTupleID: 1 }, evseStatus("EVSE_NotReady"));
  scene
    .plant({ evContactor: false, supply: false })
    .wait(40)
    .pilot("B", 9, 5)
    .plant({ outlet: 120, inlet: 120 })
    .wait(80);
  scene.plant({ outlet: 12, inlet: 12, evseContactor: false });
  for (let i = 0; i < 3; i++)
    scene.exchange("WeldingDetection", evStatus(49), { EVSEPresentVoltage: volts(12 - 4 * i), ...evseStatus() });
  scene.exchange("SessionStop", { ChargingSession: "Terminate" }, {});
  scene.state("secc", "session", "AwaitSessionStopReq", "Ended").close("evcc");
  scene.plant({ outlet: 0, inlet: 0, locked: false }).wait(300).pilot("B", 9).wait(1200).pilot("A", 12);
  return scene;
}

export const goodSession = (loops = 28): Scene => stop(charge(prepare(setUp(match(new Scene()))), loops));
