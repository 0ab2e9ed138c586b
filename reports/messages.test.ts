import { deepEqual, equal, match as matches, ok } from "node:assert/strict";
import { test } from "node:test";
import { Trace } from "../core";
import { goodSession, Scene } from "./example-session";
import { fieldsOf, summary } from "./fields";
import { messagesJsonLines, messagesText } from "./messages";
import { transmissions } from "./wire";

test("a message is one line with its time, direction, name and the fields that matter", () => {
  const scene = new Scene().wait(12_034.123).connect();
  scene.v2g("secc", "SessionSetupRes", {
    Header: { SessionID: "0102030405060708" },
    Body: { SessionSetupRes: { ResponseCode: "OK_NewSessionEstablished", EVSEID: "DE*PNX*1" } },
  });
  const [open, accepted, line] = messagesText(scene.trace.events).split("\n");
  matches(open ?? "", /^ {3}12\.034123 {2}-- EVCC connection 1 opened by itself$/);
  matches(accepted ?? "", /SECC connection 1 opened by its peer$/);
  equal(
    line,
    "   12.034123  SECC → EVCC    SessionSetupRes              ResponseCode=OK_NewSessionEstablished SessionID=0102030405060708 EVSEID=DE*PNX*1",
  );
});

test("every message of a session is there once", () => {
  const { trace } = goodSession(20);
  const sent = trace.events.filter((event) => "dir" in event && event.dir === "tx").length;
  const fromModem = trace.of("mme").filter((event) => event.name === "CM_ATTEN_PROFILE.IND").length;
  const lines = messagesJsonLines(trace.events)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  equal(lines.length, sent + fromModem);
  equal(lines.filter((line) => line.from === "modem" && line.to === "secc").length, fromModem);
  ok(lines.every((line) => line.from === "modem" || line.received >= line.t));
});

test("a frame that never arrives is lost, its repetition is not", () => {
  let now = 0;
  const trace = new Trace(() => now);
  const frame = { type: "mme", name: "CM_SLAC_PARM.REQ", hex: "FF".repeat(60) } as const;
  trace.record("evcc", { ...frame, dir: "tx" });
  now = 100;
  trace.record("evcc", { ...frame, dir: "tx" });
  now = 101;
  trace.record("secc", { ...frame, dir: "rx" });
  deepEqual(
    transmissions(trace.events).map(({ t, lost }) => [t, lost]),
    [
      [0, true],
      [100, false],
    ],
  );
  matches(messagesText(trace.events), /CM_SLAC_PARM\.REQ +\(lost\)\n/);
});

test("physical values, lists and octets read as a person writes them", () => {
  const fields = {
    EVTargetVoltage: { Multiplier: -1, Unit: "V", Value: 4005 },
    PaymentOption: ["Contract", "ExternalPayment"],
    Id: new Uint8Array([1, 171]),
  };
  deepEqual(
    fieldsOf(fields).map((field) => field.text),
    ["400.5 V", "Contract, ExternalPayment", "01AB"],
  );
  deepEqual(summary({ ResponseCode: "OK", EVSEProcessing: "Ongoing", EVReady: true }), [
    "ResponseCode=OK",
    "EVSEProcessing=Ongoing",
  ]);
});

test("a message that refers to itself does not hang the report", () => {
  const fields: Record<string, unknown> = { a: 1 };
  fields.self = fields;
  ok(fieldsOf(fields).length <= 400);
});

test("a listing is bounded and says what it left out", () => {
  const scene = new Scene().connect();
  for (let i = 0; i < 500; i++) scene.v2g("evcc", `Message${i}`);
  const text = messagesText(scene.trace.events, { maxLines: 100 });
  equal(text.trimEnd().split("\n").length, 101);
  matches(text, /lines left out/);
});

test("a listing that would be long has each exchange of a loop at its beginning and end, and counts the others", () => {
  const text = messagesText(goodSession(50).trace.events, { maxLines: 110 });
  matches(text, /… CurrentDemandReq \/ Res × 48 more, until \d+\.\d+\n/);
  equal(text.match(/SECC → EVCC +CurrentDemandRes/g)?.length, 2);
  ok(text.split("\n").length < 100);
});

test("polls and paces are left out of a listing that would be long, timeouts are not", () => {
  const trace = new Trace(() => 0);
  for (const name of ["pace", "slac.T_link_watch", "V2G_SECC_Sequence_Timer"]) {
    trace.record("secc", { type: "timer", name, op: "expire", ms: 5 });
  }
  trace.record("secc", { type: "mme", dir: "tx", name: "VS_PL_LNK_STATUS.REQ", hex: "00B052000001" });
  const lines = (maxLines: number) =>
    messagesText(trace.events, { maxLines })
      .trimEnd()
      .split("\n")
      .map((line) => line.slice(14));
  const expired = "-- SECC timer V2G_SECC_Sequence_Timer expired after 5 ms";
  deepEqual(lines(100), [expired, "SECC → modem   VS_PL_LNK_STATUS.REQ"]);
  deepEqual(lines(1), [expired, "… 1 lines left out …"]);
});
