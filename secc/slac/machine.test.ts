import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeMme, type Mme, type MmeGiven, type MmeName, validateResult } from "../../protocol/homeplug";
import { Probe } from "../../protocol/homeplug/probe.contract";
import { atSlac, type SlacOptions, startSlac, stepSlac } from "./index";

const EVSE = "02:00:00:00:5E:01";
const EV = "02:00:00:00:EE:01";
const OTHER = "02:00:00:00:EE:02";
const MODEM = "02:B0:52:00:5E:01";
const ALL = "FF:FF:FF:FF:FF:FF";
const RUN = "0102030405060708";

type Told = Record<string, unknown> & { sa?: string; da?: string };

/** What a conforming car or modem sends; `told` has what differs. */
const usual: { [N in MmeName]?: [da: string, sa: string, fields: object] } = {
  "CM_SLAC_PARM.REQ": [ALL, EV, { RunID: RUN }],
  "CM_START_ATTEN_CHAR.IND": [ALL, EV, { RunID: RUN, FORWARDING_STA: EV }],
  "CM_MNBC_SOUND.IND": [ALL, EV, { RunID: RUN, Cnt: 0 }],
  "CM_ATTEN_PROFILE.IND": [ALL, MODEM, { PEV_MAC: EV, AAG: new Array(58).fill(20) }],
  "CM_ATTEN_CHAR.RSP": [EVSE, EV, { RunID: RUN, SOURCE_ADDRESS: EV }],
  "CM_SLAC_MATCH.REQ": [EVSE, EV, { RunID: RUN, PEV_MAC: EV, EVSE_MAC: EVSE }],
  "CM_VALIDATE.REQ": [EVSE, EV, { Timer: 0, Result: validateResult.ready }],
  "CM_AMP_MAP.REQ": [EVSE, EV, { AMLEN: 4, AMDATA: "0000" }],
  "VS_PL_LNK_STATUS.CNF": [EVSE, MODEM, { LinkStatus: 1 }],
};

function frame(name: MmeName, told: Told = {}): Uint8Array {
  const [da, sa, fields] = usual[name] ?? [ALL, EV, {}];
  return encodeMme({ name, da, sa, ...told, fields: { ...fields, ...told } as MmeGiven<typeof name> });
}

type StationProbe = Probe<ReturnType<typeof startSlac>["state"]>;
const hear = (probe: StationProbe, name: MmeName, told: Told = {}) => probe.hear(frame(name, told));

function powered(options: Partial<SlacOptions> = {}): StationProbe {
  return new Probe((seen) => startSlac({ mac: EVSE, ...options }, seen), stepSlac, atSlac);
}

const keyed = (probe: StationProbe, Result = 1) => {
  const fields = { Result, MyNonce: "00000000", YourNonce: probe.state.keying.nonce };
  return probe.hear(encodeMme({ name: "CM_SET_KEY.CNF", da: EVSE, sa: MODEM, fields }));
};

/** The good path, state by state; each entry brings the machine from the one before to its own. */
const path: [state: string, go: (probe: StationProbe) => unknown][] = [
  ["AwaitSetKeyCnf", () => undefined],
  ["AwaitVehicle", (probe) => keyed(probe)],
  ["AwaitCmSlacParmReq", (probe) => probe.take({ kind: "plugged" })],
  ["AwaitCmStartAttenCharInd", (probe) => hear(probe, "CM_SLAC_PARM.REQ")],
  ["AwaitCmAttenProfileInd", (probe) => hear(probe, "CM_START_ATTEN_CHAR.IND")],
  ["AwaitCmAttenCharRsp", (probe) => sound(probe, 10)],
  ["AwaitCmSlacMatchReq", (probe) => hear(probe, "CM_ATTEN_CHAR.RSP")],
  ["AwaitLink", (probe) => hear(probe, "CM_SLAC_MATCH.REQ")],
  ["AwaitLinkReady", (probe) => hear(probe.expire("T_link_poll"), "VS_PL_LNK_STATUS.CNF")],
  ["Matched", (probe) => probe.expire("TP_link_ready_notification")],
];

function sound(probe: StationProbe, times: number) {
  for (let left = times; left > 0; left--) {
    hear(probe, "CM_MNBC_SOUND.IND", { Cnt: left - 1 });
    hear(probe, "CM_ATTEN_PROFILE.IND");
  }
  return probe;
}

function reach(state: string, options: Partial<SlacOptions> = {}): StationProbe {
  const probe = powered(options);
  for (const [name, go] of path) {
    go(probe);
    assert.equal(probe.at, name);
    if (name === state) return probe;
  }
  throw new Error(`no state ${state} on the good path`);
}

test("each waiting state has its timers, and no other runs", () => {
  const timers: Record<string, string[]> = {
    AwaitSetKeyCnf: ["T_set_key_response"],
    AwaitVehicle: [],
    AwaitCmSlacParmReq: ["TT_EVSE_SLAC_init"],
    AwaitCmStartAttenCharInd: ["TT_match_sequence"],
    AwaitCmAttenProfileInd: ["TT_EVSE_match_MNBC"],
    AwaitCmAttenCharRsp: ["TT_match_response"],
    AwaitCmSlacMatchReq: ["TT_EVSE_match_session"],
    AwaitLink: ["TT_match_join", "T_link_poll"],
    AwaitLinkReady: ["TP_link_ready_notification"],
    Matched: ["T_link_watch"],
  };
  for (const [state, expected] of Object.entries(timers)) assert.deepEqual(reach(state).running(), expected, state);
});

type Row = [
  from: string,
  event: MmeName | `expire ${string}` | "unplugged" | "leave",
  to: string,
  sends: MmeName[],
  told?: Told,
];

const table: Row[] = [
  // No answer in state A, nor once matched (the car is taken).
  ["AwaitVehicle", "CM_SLAC_PARM.REQ", "AwaitVehicle", []],
  ["Matched", "CM_SLAC_PARM.REQ", "Matched", []],
  ["AwaitSetKeyCnf", "CM_SLAC_PARM.REQ", "AwaitSetKeyCnf", []],
  ["AwaitCmSlacParmReq", "CM_SLAC_PARM.REQ", "AwaitCmStartAttenCharInd", ["CM_SLAC_PARM.CNF"]],
  ["AwaitCmSlacParmReq", "CM_SLAC_PARM.REQ", "AwaitCmSlacParmReq", [], { APPLICATION_TYPE: 0xff }],
  ["AwaitCmSlacParmReq", "CM_SLAC_PARM.REQ", "AwaitCmSlacParmReq", [], { SECURITY_TYPE: 0xff }],
  ["AwaitCmSlacParmReq", "CM_SLAC_PARM.REQ", "AwaitCmSlacParmReq", [], { mmv: 0 }],
  ["AwaitCmSlacParmReq", "CM_SLAC_PARM.REQ", "AwaitCmSlacParmReq", [], { fragment: 0x1000 }],
  ["AwaitCmSlacParmReq", "CM_SLAC_PARM.REQ", "AwaitCmSlacParmReq", [], { sa: EVSE }],
  ["AwaitCmSlacParmReq", "CM_SLAC_PARM.REQ", "AwaitCmSlacParmReq", [], { da: OTHER }],
  ["AwaitCmSlacParmReq", "CM_SLAC_MATCH.REQ", "AwaitCmSlacParmReq", []],
  ["AwaitCmSlacParmReq", "expire TT_EVSE_SLAC_init", "AwaitVehicle", []],
  // A repeated request restarts the session, from wherever it is.
  ["AwaitCmStartAttenCharInd", "CM_SLAC_PARM.REQ", "AwaitCmStartAttenCharInd", ["CM_SLAC_PARM.CNF"]],
  ["AwaitCmAttenProfileInd", "CM_SLAC_PARM.REQ", "AwaitCmStartAttenCharInd", ["CM_SLAC_PARM.CNF"]],
  ["AwaitCmSlacMatchReq", "CM_SLAC_PARM.REQ", "AwaitCmStartAttenCharInd", ["CM_SLAC_PARM.CNF"]],
  ["AwaitLink", "CM_SLAC_PARM.REQ", "AwaitCmStartAttenCharInd", ["CM_SLAC_PARM.CNF"]],
  ["AwaitLink", "CM_SLAC_PARM.REQ", "AwaitLink", [], { sa: OTHER }],
  ["AwaitCmStartAttenCharInd", "expire TT_match_sequence", "AwaitCmSlacParmReq", []],
  ["AwaitCmStartAttenCharInd", "CM_START_ATTEN_CHAR.IND", "AwaitCmStartAttenCharInd", [], { APPLICATION_TYPE: 0xff }],
  ["AwaitCmStartAttenCharInd", "CM_START_ATTEN_CHAR.IND", "AwaitCmStartAttenCharInd", [], { SECURITY_TYPE: 0xff }],
  ["AwaitCmStartAttenCharInd", "CM_START_ATTEN_CHAR.IND", "AwaitCmStartAttenCharInd", [], { NUM_SOUNDS: 0 }],
  ["AwaitCmStartAttenCharInd", "CM_START_ATTEN_CHAR.IND", "AwaitCmStartAttenCharInd", [], { Time_Out: 0 }],
  ["AwaitCmStartAttenCharInd", "CM_START_ATTEN_CHAR.IND", "AwaitCmStartAttenCharInd", [], { RESP_TYPE: 0 }],
  ["AwaitCmStartAttenCharInd", "CM_START_ATTEN_CHAR.IND", "AwaitCmStartAttenCharInd", [], { RunID: "FF".repeat(8) }],
  ["AwaitCmStartAttenCharInd", "CM_START_ATTEN_CHAR.IND", "AwaitCmAttenProfileInd", []],
  ["AwaitCmStartAttenCharInd", "CM_START_ATTEN_CHAR.IND", "AwaitCmAttenProfileInd", [], { Time_Out: 10 }],
  ["AwaitCmAttenProfileInd", "CM_START_ATTEN_CHAR.IND", "AwaitCmAttenProfileInd", []],
  ["AwaitCmAttenProfileInd", "expire TT_EVSE_match_MNBC", "AwaitCmSlacParmReq", []],
  ["AwaitCmAttenProfileInd", "unplugged", "AwaitVehicle", []],
  ["AwaitCmAttenCharRsp", "expire TT_match_response", "AwaitCmAttenCharRsp", ["CM_ATTEN_CHAR.IND"]],
  ...["APPLICATION_TYPE", "SECURITY_TYPE", "Result"].map((field): Row => invalidRsp({ [field]: 0xff })),
  ...["SOURCE_ID", "RESP_ID"].map((field): Row => invalidRsp({ [field]: "FF".repeat(17) })),
  invalidRsp({ SOURCE_ADDRESS: "00:00:00:00:00:00" }),
  invalidRsp({ RunID: "FF".repeat(8) }),
  ["AwaitCmAttenCharRsp", "CM_SLAC_MATCH.REQ", "AwaitCmAttenCharRsp", []],
  ["AwaitCmSlacMatchReq", "CM_ATTEN_CHAR.RSP", "AwaitCmSlacMatchReq", []],
  ...["APPLICATION_TYPE", "SECURITY_TYPE", "MVFLength"].map((field): Row => invalidMatch({ [field]: 0xff })),
  ...["PEV_ID", "EVSE_ID"].map((field): Row => invalidMatch({ [field]: "AA".repeat(17) })),
  ...["PEV_MAC", "EVSE_MAC"].map((field): Row => invalidMatch({ [field]: "00:00:00:00:00:00" })),
  invalidMatch({ RunID: "FF".repeat(8) }),
  invalidMatch({ sa: OTHER }),
  ["AwaitCmSlacMatchReq", "expire TT_EVSE_match_session", "AwaitCmSlacParmReq", []],
  ["AwaitCmSlacMatchReq", "unplugged", "AwaitVehicle", []],
  ["AwaitLink", "CM_SLAC_MATCH.REQ", "AwaitLink", ["CM_SLAC_MATCH.CNF"]],
  ["AwaitLink", "CM_SLAC_MATCH.REQ", "AwaitLink", [], { sa: OTHER }],
  ["AwaitLink", "VS_PL_LNK_STATUS.CNF", "AwaitLink", [], { LinkStatus: 0 }],
  ["AwaitLink", "expire TT_match_join", "AwaitSetKeyCnf", ["CM_SET_KEY.REQ"]],
  ["AwaitLink", "unplugged", "AwaitSetKeyCnf", ["CM_SET_KEY.REQ"]],
  ["Matched", "unplugged", "AwaitSetKeyCnf", ["CM_SET_KEY.REQ"]],
  ["Matched", "leave", "AwaitSetKeyCnf", ["CM_SET_KEY.REQ"]],
  ["Matched", "VS_PL_LNK_STATUS.CNF", "AwaitSetKeyCnf", ["CM_SET_KEY.REQ"], { LinkStatus: 0 }],
  ["Matched", "CM_AMP_MAP.REQ", "Matched", ["CM_AMP_MAP.CNF"]],
  ["Matched", "CM_AMP_MAP.REQ", "Matched", [], { AMLEN: 0, AMDATA: "" }],
  ["Matched", "CM_AMP_MAP.REQ", "Matched", [], { sa: OTHER }],
];

function invalidRsp(told: Told): Row {
  return ["AwaitCmAttenCharRsp", "CM_ATTEN_CHAR.RSP", "AwaitCmAttenCharRsp", [], told];
}
function invalidMatch(told: Told): Row {
  return ["AwaitCmSlacMatchReq", "CM_SLAC_MATCH.REQ", "AwaitCmSlacMatchReq", [], told];
}

test("start, event, target", () => {
  for (const [from, event, to, sends, told] of table) {
    const probe = reach(from);
    if (event === "unplugged" || event === "leave") probe.take({ kind: event });
    else if (event.startsWith("expire ")) probe.expire(event.slice(7));
    else hear(probe, event as MmeName, told);
    const row = `${from} + ${event} ${JSON.stringify(told ?? {})}`;
    assert.deepEqual([probe.at, probe.names()], [to, sends], row);
  }
});

test("the confirmation has the fields of Table A.2 and echoes the RunID", () => {
  const [cnf] = reach("AwaitCmStartAttenCharInd").sent as Mme<"CM_SLAC_PARM.CNF">[];
  assert.equal(cnf?.da, EV);
  assert.deepEqual(cnf?.fields, {
    "M-SOUND_TARGET": ALL,
    NUM_SOUNDS: 10,
    Time_Out: 6,
    RESP_TYPE: 1,
    FORWARDING_STA: EV,
    APPLICATION_TYPE: 0,
    SECURITY_TYPE: 0,
    RunID: RUN,
  });
});

test("a car that hears nothing gets the attenuation three times, then the session is over", () => {
  const probe = reach("AwaitCmAttenCharRsp");
  assert.deepEqual(probe.names(), ["CM_ATTEN_CHAR.IND"]);
  const first = probe.frames[0];
  for (let repeat = 1; repeat <= 2; repeat++) assert.equal(probe.expire("TT_match_response").frames[0], first);
  probe.expire("TT_match_response");
  assert.deepEqual([probe.at, probe.names()], ["AwaitCmSlacParmReq", []]);
  assert.deepEqual(
    probe.logged.map(({ level, fields }) => [level, fields]),
    [["warn", { reason: "TT_match_response", pevMac: EV, runId: RUN }]],
  );
  hear(probe, "CM_SLAC_MATCH.REQ");
  assert.deepEqual(probe.sent, []);
});

test("only a machine that gives up says so: no request in time, or no link", () => {
  for (const [state, timer, told] of [
    ["AwaitCmStartAttenCharInd", "TT_match_sequence", []],
    ["AwaitCmSlacMatchReq", "TT_EVSE_match_session", []],
    ["AwaitCmSlacParmReq", "TT_EVSE_SLAC_init", [{ kind: "matchFailed", reason: "TT_EVSE_SLAC_init" }]],
    ["AwaitLink", "TT_match_join", [{ kind: "matchFailed", reason: "TT_match_join" }]],
  ] as const) {
    const probe = reach(state).expire(timer);
    assert.deepEqual(probe.told, told, timer);
    assert.equal(probe.state.plugged, told.length === 0, timer);
  }
});

test("a late response, after the second repetition, still counts", () => {
  const probe = reach("AwaitCmAttenCharRsp").expire("TT_match_response").expire("TT_match_response");
  assert.equal(hear(probe, "CM_ATTEN_CHAR.RSP").at, "AwaitCmSlacMatchReq");
});

const indOf = (probe: StationProbe) =>
  probe.sent.find((it) => it.name === "CM_ATTEN_CHAR.IND")?.fields as Mme<"CM_ATTEN_CHAR.IND">["fields"];

test("what was heard is averaged: any number of sounds, floor, and the offset of the receive path", () => {
  for (const [heard, offset, groups, sounds] of [
    [[30], 0, 30, 1],
    [[10, 11, 11], 0, 10, 3],
    [new Array(9).fill(20), -5, 15, 9],
    [[3], -10, 0, 1],
    [[250], 10, 255, 1],
  ] as [number[], number, number, number][]) {
    const probe = reach("AwaitCmAttenProfileInd", { attenuationOffsetDb: offset });
    for (const db of heard) hear(probe, "CM_ATTEN_PROFILE.IND", { AAG: new Array(58).fill(db) });
    probe.expire("TT_EVSE_match_MNBC");
    assert.deepEqual([indOf(probe).NumSounds, indOf(probe).AAG], [sounds, new Array(58).fill(groups)]);
  }
});

test("only the first ten profiles count", () => {
  const probe = sound(reach("AwaitCmAttenProfileInd"), 10);
  assert.equal(indOf(probe).NumSounds, 10);
  hear(probe, "CM_ATTEN_PROFILE.IND", { AAG: new Array(58).fill(200) });
  assert.deepEqual([probe.at, probe.names()], ["AwaitCmAttenCharRsp", []]);
});

test("profiles of other cars, of foreign sounds, or of another size do not count", () => {
  const probe = reach("AwaitCmAttenProfileInd");
  hear(probe, "CM_ATTEN_PROFILE.IND", { PEV_MAC: OTHER });
  hear(probe, "CM_ATTEN_PROFILE.IND", { NumGroups: 57, AAG: new Array(57).fill(9) });
  hear(probe, "CM_ATTEN_PROFILE.IND", { NumGroups: 0, AAG: [] });
  hear(probe, "CM_ATTEN_PROFILE.IND", { NumGroups: 255 });
  for (const told of [{ RunID: "FF".repeat(8) }, { SECURITY_TYPE: 1 }]) {
    hear(probe, "CM_MNBC_SOUND.IND", told);
    hear(probe, "CM_ATTEN_PROFILE.IND", { AAG: new Array(58).fill(90) });
  }
  sound(probe, 1);
  probe.expire("TT_EVSE_match_MNBC");
  assert.deepEqual([indOf(probe).NumSounds, indOf(probe).AAG[0]], [1, 20]);
});

test("a flood of cars is capped, and the car that comes after it is served", () => {
  const probe = reach("AwaitCmSlacParmReq");
  for (let n = 0; n < 1000; n++) {
    const tail = n.toString(16).toUpperCase().padStart(4, "0");
    hear(probe, "CM_SLAC_PARM.REQ", {
      sa: `02:00:00:01:${tail.slice(0, 2)}:${tail.slice(2)}`,
      RunID: `AAAAAAAAAAAA${tail}`,
    });
  }
  assert.equal(probe.state.sessions.length, 16);
  assert.equal(probe.timers.size, 16);
  hear(probe, "CM_SLAC_PARM.REQ");
  assert.deepEqual(probe.names(), ["CM_SLAC_PARM.CNF"]);
  hear(probe, "CM_START_ATTEN_CHAR.IND");
  hear(sound(probe, 10), "CM_ATTEN_CHAR.RSP");
  hear(probe, "CM_SLAC_MATCH.REQ");
  assert.equal(probe.at, "AwaitLink");
  assert.deepEqual(probe.running(), ["TT_match_join", "T_link_poll"]);
});

test("a flood of cars keeps no car out, however many ask before it begins to sound", () => {
  const probe = reach("AwaitCmSlacParmReq");
  hear(probe, "CM_SLAC_PARM.REQ");
  for (let n = 0; n < 20_000; n++) {
    const tail = n.toString(16).toUpperCase().padStart(4, "0");
    probe.now += 0.1;
    hear(probe, "CM_SLAC_PARM.REQ", { sa: `02:00:00:01:${tail.slice(0, 2)}:${tail.slice(2)}`, RunID: "AA".repeat(8) });
    if (n === 10_000) hear(probe, "CM_SLAC_PARM.REQ");
    if (n === 13_000) hear(probe, "CM_START_ATTEN_CHAR.IND");
    if (n > 13_000 && n % 500 === 0) sound(probe, 1);
  }
  assert.equal(probe.state.sessions.length, 16);
  assert.ok(probe.state.waiting.length <= 4096);
  const own = probe.state.sessions.find(({ pevMac }) => pevMac === EV);
  assert.deepEqual([own?.at, own?.sounds], ["AwaitCmAttenCharRsp", 10]);
});

test("a car whose session gave way comes back within TT_match_sequence only", () => {
  for (const [after, served] of [
    [399, true],
    [401, false],
  ] as const) {
    const probe = reach("AwaitCmSlacParmReq");
    hear(probe, "CM_SLAC_PARM.REQ");
    const told = probe.now;
    for (let n = 0; n < 16; n++) {
      const tail = n.toString(16).toUpperCase().padStart(2, "0");
      hear(probe, "CM_SLAC_PARM.REQ", { sa: `02:00:00:01:00:${tail}`, RunID: "AA".repeat(8) });
    }
    assert.deepEqual(
      [probe.state.sessions.some(({ pevMac }) => pevMac === EV), probe.state.waiting.length],
      [false, 1],
    );
    probe.now = told + after;
    hear(probe, "CM_START_ATTEN_CHAR.IND");
    assert.equal(
      probe.state.sessions.some(({ pevMac }) => pevMac === EV),
      served,
    );
  }
});

test("one car with ever new RunIDs holds two sessions at most", () => {
  const probe = reach("AwaitCmSlacParmReq");
  for (let n = 0; n < 100; n++)
    hear(probe, "CM_SLAC_PARM.REQ", { RunID: n.toString(16).padStart(16, "0").toUpperCase() });
  assert.equal(probe.state.sessions.length, 2);
});

test("requests that follow in the name of a car do not end its match", () => {
  const probe = reach("AwaitCmAttenProfileInd");
  for (let n = 0; n < 20; n++)
    hear(probe, "CM_SLAC_PARM.REQ", { RunID: n.toString(16).padStart(16, "A").toUpperCase() });
  assert.equal(probe.state.sessions.length, 2);
  hear(sound(probe, 10), "CM_ATTEN_CHAR.RSP");
  hear(probe, "CM_SLAC_MATCH.REQ");
  assert.equal(probe.at, "AwaitLink");
});

test("a key that the modem does not take is sent again, and at leisure after three attempts", () => {
  const probe = powered();
  const first = probe.frames[0];
  keyed(probe, 0);
  assert.equal(probe.at, "AwaitSetKeyCnf");
  assert.equal(probe.expire("T_set_key_response").frames[0], first);
  assert.equal(probe.expire("T_set_key_response").frames[0], first);
  assert.deepEqual(probe.logged, []);
  probe.expire("T_set_key_response");
  assert.deepEqual(
    probe.logged.map(({ level }) => level),
    ["error"],
  );
  const before = probe.now;
  probe.expire("T_set_key_response");
  assert.equal(probe.now - before, 5000);
  assert.deepEqual(probe.logged, []);
  assert.equal(keyed(probe).at, "AwaitVehicle");
});

test("a car plugged in before the modem has its key is served as soon as it has", () => {
  const probe = powered().take({ kind: "plugged" });
  assert.equal(probe.at, "AwaitSetKeyCnf");
  assert.equal(keyed(probe).at, "AwaitCmSlacParmReq");
});

test("a modem that says no more while matched is a lost link", () => {
  const probe = reach("Matched");
  for (let asked = 0; asked < 5; asked++) assert.deepEqual(probe.expire("T_link_watch").told, []);
  assert.deepEqual(probe.expire("T_link_watch").told, [{ kind: "linkLost" }]);
  assert.equal(probe.at, "AwaitSetKeyCnf");
});

test("every key is told to one car only", () => {
  const probe = reach("Matched");
  const { nmk } = probe.state.key;
  probe.take({ kind: "unplugged" });
  assert.notEqual(probe.state.key.nmk, nmk);
  assert.equal(keyed(probe).at, "AwaitVehicle");
});

test("validation: counted toggles are told after the window, and the match must follow within TT_match_sequence", () => {
  const probe = reach("AwaitCmSlacMatchReq", { validation: "count" });
  hear(probe, "CM_VALIDATE.REQ");
  assert.deepEqual(
    [probe.at, probe.sent[0]?.fields],
    ["AwaitCmValidateReq", { SignalType: 0, ToggleNum: 0, Result: 1 }],
  );
  hear(probe, "CM_VALIDATE.REQ", { Timer: 0x13 });
  assert.deepEqual([probe.at, probe.names()], ["AwaitToggles", []]);
  const opened = probe.now;
  for (const lasted of [100, 200, 300, 400, 600]) probe.take({ kind: "toggled", lasted });
  probe.expire("TT_EVSE_vald_toggle");
  assert.equal(probe.now - opened, 2000);
  assert.deepEqual(probe.sent[0]?.fields, { SignalType: 0, ToggleNum: 3, Result: validateResult.success });
  assert.deepEqual(probe.running(), ["TT_match_sequence"]);
  assert.equal(hear(probe, "CM_SLAC_MATCH.REQ").at, "AwaitLink");
});

test("validation: the first answer is repeated twice, and a second step that is not ready ends it", () => {
  const silent = hear(reach("AwaitCmSlacMatchReq", { validation: "count" }), "CM_VALIDATE.REQ");
  for (let repeat = 1; repeat <= 2; repeat++)
    assert.deepEqual(silent.expire("TT_match_sequence").names(), ["CM_VALIDATE.CNF"]);
  assert.deepEqual(silent.expire("TT_match_sequence").names(), []);
  for (const Result of [0, 2, 3, 4]) {
    const probe = hear(reach("AwaitCmSlacMatchReq", { validation: "count" }), "CM_VALIDATE.REQ");
    hear(probe, "CM_VALIDATE.REQ", { Timer: 0x13, Result });
    assert.deepEqual([probe.at, probe.names()], ["AwaitCmSlacParmReq", []]);
  }
});

test("validation: another car is told to come again, and a station may do without", () => {
  const probe = hear(reach("AwaitCmSlacMatchReq", { validation: "count" }), "CM_VALIDATE.REQ");
  const theirs = { sa: OTHER, RunID: "1111111111111111" };
  hear(probe, "CM_SLAC_PARM.REQ", theirs);
  hear(probe, "CM_START_ATTEN_CHAR.IND", { ...theirs, FORWARDING_STA: OTHER });
  for (let n = 0; n < 10; n++) hear(probe, "CM_ATTEN_PROFILE.IND", { PEV_MAC: OTHER });
  hear(probe, "CM_ATTEN_CHAR.RSP", { ...theirs, SOURCE_ADDRESS: OTHER });
  hear(probe, "CM_VALIDATE.REQ", { sa: OTHER });
  assert.deepEqual(probe.sent[0]?.fields, { SignalType: 0, ToggleNum: 0, Result: validateResult.notReady });
  for (const validation of ["notRequired", "failure"] as const) {
    const plain = hear(reach("AwaitCmSlacMatchReq", { validation }), "CM_VALIDATE.REQ");
    assert.deepEqual(plain.sent[0]?.fields, { SignalType: 0, ToggleNum: 0, Result: validateResult[validation] });
    assert.equal(plain.at, "AwaitCmSlacMatchReq");
  }
});

test("what is ignored is counted", () => {
  const probe = reach("AwaitCmSlacParmReq");
  hear(probe, "CM_SLAC_PARM.REQ", { APPLICATION_TYPE: 1 });
  hear(probe, "CM_SLAC_MATCH.REQ");
  probe.hear(new Uint8Array(3));
  assert.deepEqual(probe.state.ignored, { Deviation: 1, Unexpected: 1, ShortFrame: 1 });
});

test("a modem that restarts gets a key again, and the car that waits is served after it", () => {
  for (const [state, told] of [
    ["AwaitCmSlacParmReq", []],
    ["AwaitCmAttenProfileInd", []],
    ["Matched", [{ kind: "linkLost" }]],
  ] as const) {
    const probe = reach(state).take({ kind: "modemRestarted" });
    assert.deepEqual([probe.at, probe.names(), probe.told], ["AwaitSetKeyCnf", ["CM_SET_KEY.REQ"], told]);
    assert.equal(keyed(probe).at, state === "Matched" ? "AwaitVehicle" : "AwaitCmSlacParmReq");
  }
});

test("over a pause the key is kept, and the link comes back with it or both begin anew", () => {
  for (const up of [1, 0]) {
    const probe = reach("Matched");
    const { key } = probe.state;
    probe.take({ kind: "pause" });
    assert.deepEqual([probe.at, probe.running(), probe.names()], ["Paused", [], []]);
    assert.deepEqual(probe.take({ kind: "modemRestarted" }).names(), ["CM_SET_KEY.REQ"]);
    probe.take({ kind: "resume" });
    assert.deepEqual([probe.at, probe.running()], ["AwaitResumedLink", ["T_conn_resume", "T_link_poll"]]);
    hear(probe, "VS_PL_LNK_STATUS.CNF", { LinkStatus: up });
    if (up === 1) {
      probe.expire("TP_link_ready_notification");
      assert.deepEqual([probe.at, probe.state.key], ["Matched", key]);
      continue;
    }
    probe.expire("T_conn_resume");
    assert.deepEqual(probe.told, [{ kind: "matchFailed", reason: "T_conn_resume" }]);
    assert.equal(probe.at, "AwaitSetKeyCnf");
    assert.notDeepEqual(probe.state.key, key);
  }
});

test("a pilot that is lost in a pause erases the key", () => {
  const probe = reach("Matched").take({ kind: "pause" }).take({ kind: "unplugged" });
  assert.deepEqual([probe.at, probe.names()], ["AwaitSetKeyCnf", ["CM_SET_KEY.REQ"]]);
});
