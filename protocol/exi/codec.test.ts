import assert from "node:assert/strict";
import { test } from "node:test";
import { appProtocol, supportedAppProtocolReq } from "../app-protocol";
import { defaultOf, iso15118_2, MessageHeaderType, messages } from "../iso15118-2";
import { decode, decodeFragment, encode, encodeFragment, Undecodable, Unencodable, violations } from ".";

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

/* Where a fielded codec departs from the grammar. */

const eMAID = { "@Id": "id4", "#text": "UKSWI123456789A" };
const relaxed = "80ec0202b4b21a40045552d4d5d24c4c8ccd0d4d8dce0e507d3d00";
const typed = "80ec02b4b21a045552d4d5d24c4c8ccd0d4d8dce0e505e80";

test("an eMAID fragment has the relaxed grammar, since it is declared with two types", () => {
  assert.equal(hexOf(encodeFragment(iso15118_2, "eMAID", eMAID)), relaxed);
  assert.deepEqual(decodeFragment(iso15118_2, bytes(relaxed)).value, eMAID);
});

test("the eMAID fragment of cbV2G is read and written on demand only", () => {
  assert.equal(hexOf(encodeFragment(iso15118_2, "eMAID", eMAID, { peer: "cbV2G" })), typed);
  assert.deepEqual(decodeFragment(iso15118_2, bytes(typed), { peer: "cbV2G" }).value, eMAID);
  assert.throws(() => decodeFragment(iso15118_2, bytes(typed)), Undecodable);
});

test("a full list ends in one bit, with cbV2G in two", () => {
  const SelectedService = Array.from({ length: 16 }, (_, index) => ({ ServiceID: index }));
  const body = { SelectedPaymentOption: "ExternalPayment", SelectedServiceList: { SelectedService } };
  const value = { Header: { SessionID: "00" }, Body: { PaymentServiceSelectionReq: body } };
  const spec = encode(iso15118_2, "V2G_Message", value);
  const asPeer = encode(iso15118_2, "V2G_Message", value, { peer: "cbV2G" });
  assert.notDeepEqual(asPeer, spec);
  assert.deepEqual(decode(iso15118_2, spec).value, value);
  assert.deepEqual(decode(iso15118_2, asPeer, { peer: "cbV2G" }).value, value);
  const fewer = {
    ...value,
    Body: {
      PaymentServiceSelectionReq: { ...body, SelectedServiceList: { SelectedService: SelectedService.slice(1) } },
    },
  };
  assert.deepEqual(
    encode(iso15118_2, "V2G_Message", fewer, { peer: "cbV2G" }),
    encode(iso15118_2, "V2G_Message", fewer),
  );
});

test("elements of one name are told apart by their namespace", () => {
  const status = { NotificationMaxDelay: 0, EVSENotification: "None", EVSEStatusCode: "EVSE_Ready" };
  assert.throws(() => encodeFragment(iso15118_2, "DC_EVSEStatus", status), Unencodable);
  const name = "{urn:iso:15118:2:2013:MsgBody}DC_EVSEStatus";
  const { root, uri, value } = decodeFragment(iso15118_2, encodeFragment(iso15118_2, name, status));
  assert.deepEqual({ name: `{${uri}}${root}`, value }, { name, value: status });
});

test("a repeated string may refer to the string table", () => {
  // supportedAppProtocolReq with the namespace "a" twice, the second time as hit in the local table of one entry (0 bits).
  const entry = (namespace: string, id: string) =>
    `0 ${namespace} 0  0 0 00000010 0  0 0 00000000 0  0 0 ${id} 0  0 0 00000 0  0`;
  const bits = `10000000 00  0 ${entry("0 00000011 01100001", "00000001")}  00 ${entry("0 00000000", "00000010")}  01`;
  const digits = bits.replaceAll(" ", "");
  const stream = Uint8Array.from(digits.padEnd(Math.ceil(digits.length / 8) * 8, "0").match(/.{8}/g)!, (b) =>
    Number.parseInt(b, 2),
  );
  const protocol = { ProtocolNamespace: "a", VersionNumberMajor: 2, VersionNumberMinor: 0, Priority: 1 };
  const { value } = decode(appProtocol, stream);
  assert.deepEqual(value, {
    AppProtocol: [
      { ...protocol, SchemaID: 1 },
      { ...protocol, SchemaID: 2 },
    ],
  });
});

test("half a surrogate pair is no character", () => {
  // supportedAppProtocolReq whose namespace is the one code point U+D800, as the groups 0x00, 0x30, 0x03 of 7 bits
  const digits = "10000000 00 0 0 0 00000011 10000000 10110000 00000011 0".replaceAll(" ", "").padEnd(96, "0");
  const stream = Uint8Array.from(digits.match(/.{8}/g)!, (octet) => Number.parseInt(octet, 2));
  assert.throws(() => decode(appProtocol, stream), /55296 is no character/);
  const AppProtocol = { ...defaultOf(supportedAppProtocolReq).AppProtocol[0]!, ProtocolNamespace: "a\ud800" };
  assert.throws(() => encode(appProtocol, "supportedAppProtocolReq", { AppProtocol: [AppProtocol] }), Unencodable);
});

test("too many items of a list are a violation, too few as well", () => {
  const [item] = defaultOf(supportedAppProtocolReq).AppProtocol;
  const of = (length: number) =>
    violations(appProtocol, "supportedAppProtocolReq", { AppProtocol: Array.from({ length }, () => item) });
  const path = "supportedAppProtocolReq/AppProtocol";
  assert.deepEqual(of(0), [{ path, bound: "1 to 20 items", actual: 0 }]);
  assert.deepEqual(of(20), []);
  assert.deepEqual(of(21), [{ path, bound: "1 to 20 items", actual: 21 }]);
});

test("integers beyond 2^53 keep their digits, and text that is no number is a violation", () => {
  const of = (EVSETimeStamp: unknown) => ({
    Header: { SessionID: "00" },
    Body: { SessionSetupRes: { ResponseCode: "OK", EVSEID: "DE*CCS*E1", EVSETimeStamp } },
  });
  for (const value of ["9007199254740993", "-9223372036854775808", -9007199254740991]) {
    assert.deepEqual(decode(iso15118_2, encode(iso15118_2, "V2G_Message", of(value))).value, of(value));
    assert.deepEqual(violations(iso15118_2, "V2G_Message", of(value)), []);
  }
  const path = "V2G_Message/Body/SessionSetupRes/EVSETimeStamp";
  for (const actual of ["9223372036854775808", "soon"]) {
    const bound = "-9223372036854775808 to 9223372036854775807";
    assert.deepEqual(violations(iso15118_2, "V2G_Message", of(actual)), [{ path, bound, actual }]);
  }
});
