import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeMme, type Mme, type MmeName } from "../../protocol/homeplug";
import {
  EV,
  EVSE,
  hear,
  keyed,
  MODEM,
  NONE,
  path,
  powered,
  RUN,
  reach,
  SECOND,
  soundAll,
  type Told,
} from "./good-path.contract";

test("each waiting state has its timers, and no other runs", () => {
  const whole = "TT_matching_repetition";
  const timers: Record<string, string[]> = {
    AwaitSetKeyCnf: ["T_set_key_response"],
    AwaitPlug: [],
    AwaitCmSlacParmCnf: ["TT_match_response", whole],
    AwaitBatchInterval: ["TP_EV_batch_msg_interval", "TT_EV_atten_results", whole],
    AwaitCmAttenCharInd: ["TT_EV_atten_results", whole],
    AwaitCmSlacMatchCnf: ["TT_match_response", whole],
    AwaitJoinSetKeyCnf: ["TT_match_join", "T_set_key_response"],
    AwaitLink: ["TT_match_join", "T_link_poll"],
    AwaitLinkReady: ["TP_link_ready_notification"],
    Matched: ["T_link_watch"],
  };
  for (const [state, expected] of Object.entries(timers)) assert.deepEqual(reach(state).running(), expected, state);
});

type Row = [
  from: string,
  event: MmeName | `expire ${string}` | "unplugged" | "leave" | "plugged",
  to: string,
  sends: MmeName[],
  told?: Told,
];

const invalidInd = (told: Told): Row => ["AwaitCmAttenCharInd", "CM_ATTEN_CHAR.IND", "AwaitCmAttenCharInd", [], told];
const invalidMatch = (told: Told): Row => ["AwaitCmSlacMatchCnf", "CM_SLAC_MATCH.CNF", "AwaitCmSlacMatchCnf", [], told];

const foreignRun = { RunID: "FF".repeat(8) };
const secured = [{ APPLICATION_TYPE: 0xff }, { SECURITY_TYPE: 0xff }, foreignRun];
const identified = [{ PEV_ID: "AA".repeat(17) }, { EVSE_ID: "BB".repeat(17) }];
const asked: MmeName[] = [
  "CM_SLAC_PARM.REQ",
  "CM_START_ATTEN_CHAR.IND",
  "CM_MNBC_SOUND.IND",
  "CM_ATTEN_CHAR.RSP",
  "CM_VALIDATE.REQ",
  "CM_SLAC_MATCH.REQ",
];

const stationFields = {
  FORWARDING_STA: EV,
  SOURCE_ADDRESS: EV,
  PEV_MAC: EV,
  EVSE_MAC: EVSE,
  Cnt: 1,
  Timer: 0,
  Result: 1,
};

const table: Row[] = [
  ["AwaitPlug", "plugged", "AwaitCmSlacParmCnf", ["CM_SLAC_PARM.REQ"]],
  ["AwaitSetKeyCnf", "plugged", "AwaitSetKeyCnf", []],
  ["AwaitCmSlacParmCnf", "plugged", "AwaitCmSlacParmCnf", []],
  ["AwaitCmSlacParmCnf", "expire TT_match_response", "AwaitCmSlacParmCnf", ["CM_SLAC_PARM.REQ"]],
  ["AwaitBatchInterval", "expire TP_EV_batch_msg_interval", "AwaitBatchInterval", ["CM_START_ATTEN_CHAR.IND"]],
  ["AwaitBatchInterval", "CM_ATTEN_CHAR.IND", "AwaitBatchInterval", ["CM_ATTEN_CHAR.RSP"]],
  ...secured.map(invalidInd),
  ...[{ SOURCE_ADDRESS: NONE }, { SOURCE_ID: "11".repeat(17) }, { RESP_ID: "11".repeat(17) }].map(invalidInd),
  ...[{ NumGroups: 0, AAG: [] }, { NumSounds: 0 }, { da: "FF:FF:FF:FF:FF:FF", SOURCE_ADDRESS: SECOND }].map(invalidInd),
  ["AwaitCmAttenCharInd", "CM_ATTEN_CHAR.IND", "AwaitCmSlacMatchCnf", ["CM_ATTEN_CHAR.RSP", "CM_SLAC_MATCH.REQ"]],
  ["AwaitCmAttenCharInd", "expire TT_EV_atten_results", "AwaitMatchingRate", []],
  // The station did not get the response, or is one that was not chosen.
  ["AwaitCmSlacMatchCnf", "CM_ATTEN_CHAR.IND", "AwaitCmSlacMatchCnf", ["CM_ATTEN_CHAR.RSP"]],
  ["AwaitCmSlacMatchCnf", "CM_ATTEN_CHAR.IND", "AwaitCmSlacMatchCnf", ["CM_ATTEN_CHAR.RSP"], { sa: SECOND }],
  ["AwaitCmSlacMatchCnf", "expire TT_match_response", "AwaitCmSlacMatchCnf", ["CM_SLAC_MATCH.REQ"]],
  ...[...secured, ...identified].map(invalidMatch),
  ...[{ MVFLength: 0 }, { PEV_MAC: NONE }, { EVSE_MAC: NONE }, { sa: SECOND }].map(invalidMatch),
  ["AwaitCmSlacMatchCnf", "CM_SLAC_MATCH.CNF", "AwaitJoinSetKeyCnf", ["CM_SET_KEY.REQ"]],
  ["AwaitJoinSetKeyCnf", "expire T_set_key_response", "AwaitJoinSetKeyCnf", ["CM_SET_KEY.REQ"]],
  ["AwaitLink", "expire T_link_poll", "AwaitLink", ["VS_PL_LNK_STATUS.REQ"]],
  ["AwaitLink", "VS_PL_LNK_STATUS.CNF", "AwaitLink", [], { LinkStatus: 0 }],
  ["AwaitLink", "expire TT_match_join", "AwaitSetKeyCnf", ["CM_SET_KEY.REQ"]],
  ["Matched", "VS_PL_LNK_STATUS.CNF", "AwaitSetKeyCnf", ["CM_SET_KEY.REQ"], { LinkStatus: 0 }],
  ["Matched", "CM_AMP_MAP.REQ", "Matched", ["CM_AMP_MAP.CNF"]],
  ["Matched", "CM_AMP_MAP.REQ", "Matched", [], { AMLEN: 0, AMDATA: "" }],
  ["Matched", "leave", "AwaitSetKeyCnf", ["CM_SET_KEY.REQ"]],
  // The pilot stops matching at once.
  ...["AwaitCmSlacParmCnf", "AwaitBatchInterval", "AwaitCmAttenCharInd", "AwaitCmSlacMatchCnf"].map(
    (state): Row => [state, "unplugged", "AwaitPlug", []],
  ),
  ...["AwaitJoinSetKeyCnf", "AwaitLink", "Matched"].map(
    (state): Row => [state, "unplugged", "AwaitSetKeyCnf", ["CM_SET_KEY.REQ"]],
  ),
  // A car never answers what is meant for stations.
  ...["AwaitPlug", "AwaitCmSlacParmCnf", "AwaitCmAttenCharInd", "Matched"].flatMap((state) =>
    asked.map((name): Row => [state, name, state, [], { RunID: RUN, ...stationFields }]),
  ),
];

test("start, event, target", () => {
  for (const [from, event, to, sends, told] of table) {
    const probe = reach(from);
    if (event === "unplugged" || event === "leave" || event === "plugged") probe.take({ kind: event });
    else if (event.startsWith("expire ")) probe.expire(event.slice(7));
    else hear(probe, event as MmeName, told);
    assert.deepEqual([probe.at, probe.names()], [to, sends], `${from} + ${event} ${JSON.stringify(told ?? {})}`);
  }
});

test("an invalid confirmation is none: the request is repeated, no START is sent", () => {
  const fields = [
    { "M-SOUND_TARGET": NONE },
    { Time_Out: 0 },
    { RESP_TYPE: 0 },
    { FORWARDING_STA: NONE },
    { NUM_SOUNDS: 0 },
  ];
  for (const told of [...secured, ...fields]) {
    const probe = hear(reach("AwaitCmSlacParmCnf"), "CM_SLAC_PARM.CNF", told).expire("TT_match_response");
    assert.deepEqual([probe.at, probe.names()], ["AwaitCmSlacParmCnf", ["CM_SLAC_PARM.REQ"]], JSON.stringify(told));
  }
});

test("three STARTs and ten SOUNDs that count down, at even intervals, within the results timer", () => {
  const probe = reach("AwaitBatchInterval");
  const sent = [...probe.sent];
  const times = [probe.now];
  while (probe.at === "AwaitBatchInterval") {
    probe.expire("TP_EV_batch_msg_interval");
    sent.push(...probe.sent);
    times.push(probe.now);
  }
  assert.deepEqual(
    sent.slice(0, 3).map(({ name }) => name),
    new Array(3).fill("CM_START_ATTEN_CHAR.IND"),
  );
  const counts = sent.slice(3).map((it) => (it as Mme<"CM_MNBC_SOUND.IND">).fields.Cnt);
  assert.deepEqual(counts, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  assert.ok(
    gaps.every((gap) => gap >= 20 && gap <= 50),
    `${gaps}`,
  );
  assert.equal((probe.timers.get("slac.TT_EV_atten_results") ?? 0) - (times[0] ?? 0), 1200);
});

test("every station gets TP_match_response to confirm, counted from the request", () => {
  const probe = reach("AwaitCmSlacParmCnf");
  const start = probe.now;
  probe.now += 30;
  hear(probe, "CM_SLAC_PARM.CNF");
  probe.now += 30;
  hear(probe, "CM_SLAC_PARM.CNF", { sa: SECOND });
  probe.expire("TT_match_response");
  assert.equal(probe.now - start, 100);
  assert.equal(probe.state.stations.length, 2);
});

test("no answer: three requests with one RunID, a pause, three with another, until the repetition is over", () => {
  const probe = reach("AwaitCmSlacParmCnf");
  const runs = new Set([probe.state.runId]);
  const requests = [probe.now];
  while (probe.at !== "AwaitPlug" && requests.length < 100) {
    const next = [...probe.timers].sort((a, b) => a[1] - b[1])[0]?.[0].replace("slac.", "") ?? "";
    probe.expire(next);
    if (probe.names().includes("CM_SLAC_PARM.REQ")) requests.push(probe.now);
    runs.add(probe.state.runId);
  }
  assert.deepEqual(requests.slice(0, 4), [0, 200, 400, 1000]);
  assert.equal(requests.length, 30);
  assert.equal(runs.size, 10);
  assert.deepEqual(probe.told, [{ kind: "matchFailed", reason: "TT_match_response" }]);
  assert.equal(probe.timers.size, 0);
});

test("thresholds: found, perhaps found, not found", () => {
  for (const [db, at] of [
    [0, "AwaitCmSlacMatchCnf"],
    [9, "AwaitCmSlacMatchCnf"],
    [10, "AwaitCmSlacMatchCnf"],
    [19, "AwaitCmSlacMatchCnf"],
    [20, "AwaitMatchingRate"],
    [21, "AwaitMatchingRate"],
  ] as const) {
    const probe = reach("AwaitCmAttenCharInd", { direct: 10, indirect: 20 });
    hear(probe, "CM_ATTEN_CHAR.IND", { AAG: new Array(58).fill(db) });
    assert.equal(probe.at, at, `${db} dB`);
  }
});

test("the nearer of two stations is asked, though it answers last", () => {
  const probe = hear(reach("AwaitCmSlacParmCnf"), "CM_SLAC_PARM.CNF");
  hear(probe, "CM_SLAC_PARM.CNF", { sa: SECOND }).expire("TT_match_response");
  soundAll(probe);
  hear(probe, "CM_ATTEN_CHAR.IND", { AAG: new Array(58).fill(31) });
  assert.deepEqual([probe.at, probe.names()], ["AwaitCmAttenCharInd", ["CM_ATTEN_CHAR.RSP"]]);
  hear(probe, "CM_ATTEN_CHAR.IND", { sa: SECOND, AAG: new Array(58).fill(26) });
  assert.deepEqual(probe.names(), ["CM_ATTEN_CHAR.RSP", "CM_SLAC_MATCH.REQ"]);
  assert.equal(probe.sent[1]?.da, SECOND);
});

test("a station that never reports is not waited for beyond the results timer", () => {
  const probe = hear(reach("AwaitCmSlacParmCnf"), "CM_SLAC_PARM.CNF");
  hear(probe, "CM_SLAC_PARM.CNF", { sa: SECOND }).expire("TT_match_response");
  hear(soundAll(probe), "CM_ATTEN_CHAR.IND");
  probe.expire("TT_EV_atten_results");
  assert.deepEqual([probe.at, probe.names()], ["AwaitCmSlacMatchCnf", ["CM_SLAC_MATCH.REQ"]]);
});

test("no confirmation of the match: three requests, then another process", () => {
  const probe = reach("AwaitCmSlacMatchCnf");
  assert.deepEqual(probe.expire("TT_match_response").names(), ["CM_SLAC_MATCH.REQ"]);
  assert.deepEqual(probe.expire("TT_match_response").names(), ["CM_SLAC_MATCH.REQ"]);
  assert.equal(probe.expire("TT_match_response").at, "AwaitMatchingRate");
});

test("a remote modem's answer, a refusal or another nonce is no key taken", () => {
  const probe = reach("AwaitJoinSetKeyCnf");
  assert.equal(keyed(probe, 0, EVSE).at, "AwaitJoinSetKeyCnf");
  const fields = { Result: 1, MyNonce: "00000000", YourNonce: "DEADBEEF" };
  probe.hear(encodeMme({ name: "CM_SET_KEY.CNF", da: EV, sa: MODEM, fields }));
  assert.equal(probe.at, "AwaitJoinSetKeyCnf");
  assert.equal(keyed(probe).at, "AwaitLink");
});

test("no link three times: then the car gives up", () => {
  const probe = reach("AwaitLink");
  for (let join = 1; join <= 3; join++) {
    probe.expire("TT_match_join");
    assert.deepEqual(probe.told, join < 3 ? [] : [{ kind: "matchFailed", reason: "TT_match_join" }]);
    if (join === 3) break;
    keyed(probe.draw(RUN));
    assert.equal(probe.at, "AwaitCmSlacParmCnf");
    for (const [state, go] of path.slice(3, 8)) {
      go(probe);
      assert.equal(probe.at, state);
    }
  }
  assert.equal(keyed(probe).at, "AwaitPlug");
});

test("a RunID is used once", () => {
  const probe = powered();
  keyed(probe);
  const runs = new Set<string>();
  for (let n = 0; n < 20; n++) {
    probe.take({ kind: "plugged" });
    runs.add(probe.state.runId);
    probe.take({ kind: "unplugged" });
  }
  assert.equal(runs.size, 20);
  assert.equal(probe.timers.size, 0);
});

test("a modem that restarts gets a key again, and a match under way begins anew", () => {
  for (const [state, told, then] of [
    ["AwaitPlug", [], "AwaitPlug"],
    ["AwaitCmAttenCharInd", [], "AwaitCmSlacParmCnf"],
    ["Matched", [{ kind: "linkLost" }], "AwaitPlug"],
  ] as const) {
    const probe = reach(state).take({ kind: "modemRestarted" });
    assert.deepEqual([probe.at, probe.names(), probe.told], ["AwaitSetKeyCnf", ["CM_SET_KEY.REQ"], told]);
    assert.equal(keyed(probe).at, then);
  }
});

test("the own amplitude map is told after the link is up, three times at most, and an invalid answer is none", () => {
  const polled = hear(reach("AwaitLink", { ampMap: "ask" }).expire("T_link_poll"), "VS_PL_LNK_STATUS.CNF");
  assert.deepEqual([polled.at, polled.names()], ["AwaitCmAmpMapCnf", ["CM_AMP_MAP.REQ"]]);
  for (const told of [{ ResType: 1 }, { ResType: 0, sa: SECOND }]) {
    assert.equal(hear(polled, "CM_AMP_MAP.CNF", told).at, "AwaitCmAmpMapCnf");
    assert.deepEqual(polled.expire("TT_amp_map_exchange").names(), ["CM_AMP_MAP.REQ"]);
  }
  assert.equal(polled.expire("TT_amp_map_exchange").at, "AwaitLinkReady");
  const answered = hear(reach("AwaitLink", { ampMap: "ask" }).expire("T_link_poll"), "VS_PL_LNK_STATUS.CNF");
  assert.equal(hear(answered, "CM_AMP_MAP.CNF", { ResType: 0 }).at, "AwaitLinkReady");
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
