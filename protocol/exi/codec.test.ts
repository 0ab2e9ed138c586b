import assert from "node:assert/strict";
import { test } from "node:test";
import { appProtocol } from "../app-protocol";
import { defaultOf, iso15118_2, MessageHeaderType, messages } from "../iso15118-2";
import { decode, encode, Undecodable, Unencodable, violations } from ".";

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const hexOf = (stream: Uint8Array) => Buffer.from(stream).toString("hex");

/** Worked out by hand, bit by bit: header, root 76 of 81, then one bit for each event that has no alternative. */
const sessionSetupReq = {
  bytes: "8098 0200 0000 0000 0000 0011 d01a af37 bc04 080c 00",
  value: { Header: { SessionID: "0000000000000000" }, Body: { SessionSetupReq: { EVCCID: "ABCDEF010203" } } },
};

test("a message worked out by hand is read and written bit for bit", () => {
  const decoded = decode(iso15118_2, bytes(sessionSetupReq.bytes));
  assert.deepEqual(decoded, { root: "V2G_Message", value: sessionSetupReq.value, trailingBytes: 0 });
  assert.equal(
    hexOf(encode(iso15118_2, "V2G_Message", sessionSetupReq.value)),
    sessionSetupReq.bytes.replaceAll(" ", ""),
  );
});

test("the handshake response is 80 40 and three short values", () => {
  // 80 | 01 Res | 0 SE 0 CH 00 OK 0 EE | 00 SE(SchemaID) 0 CH 00000001 0 EE | 0 EE | padding
  const value = { ResponseCode: "OK_SuccessfulNegotiation", SchemaID: 1 };
  assert.equal(hexOf(encode(appProtocol, "supportedAppProtocolRes", value)), "80400040");
  assert.deepEqual(decode(appProtocol, bytes("80400040")).value, value);
});

test("an empty body is a message, as the schema has it", () => {
  const value = { Header: { SessionID: "0000000000000000" }, Body: {} };
  assert.equal(hexOf(encode(iso15118_2, "V2G_Message", value)), "80980200000000000000001230");
  assert.deepEqual(decode(iso15118_2, bytes("80980200000000000000001230")).value, value);
});

for (const [name, message] of Object.entries(messages)) {
  test(`the default ${name} keeps all bounds and comes back as it went`, () => {
    const value = { Header: defaultOf(MessageHeaderType), Body: { [name]: defaultOf(message) } };
    assert.deepEqual(decode(iso15118_2, encode(iso15118_2, "V2G_Message", value)).value, value);
    assert.deepEqual(violations(iso15118_2, "V2G_Message", value), []);
  });
}

test("octets behind the message are counted, or refused if told so", () => {
  const longer = Uint8Array.from([...bytes(sessionSetupReq.bytes), 0]);
  assert.equal(decode(iso15118_2, longer).trailingBytes, 1);
  assert.throws(() => decode(iso15118_2, longer, { trailing: "refuse" }), Undecodable);
});

const undecodable: [string, string, { offset: number; path: string }][] = [
  ["another header", "8198", { offset: 0, path: "" }],
  ["a root that no schema has", "80ff", { offset: 15, path: "" }],
  ["a root that is no message", "8000", { offset: 15, path: "" }],
  ["nothing", "", { offset: 0, path: "" }],
  ["a SessionID cut short", "80980200", { offset: 26, path: "V2G_Message/Header/SessionID" }],
];

for (const [what, hex, where] of undecodable) {
  test(`${what} is refused with its place`, () => {
    assert.throws(
      () => decode(iso15118_2, bytes(hex)),
      (error) => {
        assert.ok(error instanceof Undecodable, String(error));
        assert.deepEqual({ layer: error.layer, offset: error.offset, path: error.path }, { layer: "exi", ...where });
        return true;
      },
    );
  });
}

const header = { SessionID: "00" };
const unencodable: [string, unknown, string][] = [
  ["no object", 7, "V2G_Message"],
  ["a missing element", { Header: header }, "V2G_Message"],
  ["an unknown element", { Header: header, Body: { FooReq: {} } }, "V2G_Message/Body"],
  ["two messages", { Header: header, Body: { ChargingStatusReq: {}, ServiceDiscoveryReq: {} } }, "V2G_Message/Body"],
  [
    "a word outside the enumeration",
    { Header: header, Body: { SessionStopReq: { ChargingSession: "Stop" } } },
    "V2G_Message/Body/SessionStopReq/ChargingSession",
  ],
  ["odd digits", { Header: { SessionID: "0" }, Body: {} }, "V2G_Message/Header/SessionID"],
  [
    "a fraction",
    { Header: header, Body: { ServiceDetailReq: { ServiceID: 1.5 } } },
    "V2G_Message/Body/ServiceDetailReq/ServiceID",
  ],
];

for (const [what, value, path] of unencodable) {
  test(`a value with ${what} is refused with its place`, () => {
    assert.throws(
      () => encode(iso15118_2, "V2G_Message", value),
      (error) => {
        assert.ok(error instanceof Unencodable, String(error));
        assert.equal(error.path, path);
        return true;
      },
    );
  });
}

test("a bound that EXI does not encode is reported, not refused", () => {
  const value = { Header: { SessionID: "000102030405060708" }, Body: { ServiceDetailReq: { ServiceID: 70000 } } };
  assert.deepEqual(decode(iso15118_2, encode(iso15118_2, "V2G_Message", value)).value, value);
  assert.deepEqual(violations(iso15118_2, "V2G_Message", value), [
    { path: "V2G_Message/Header/SessionID", bound: "length 0 to 8", actual: 9 },
    { path: "V2G_Message/Body/ServiceDetailReq/ServiceID", bound: "0 to 65535", actual: 70000 },
  ]);
});
