import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { hex, unhex } from "../../core";
import { foreign } from "../../scripts/foreign";
import { type DecodedMme, decodeMme, deviations, encodeMme, mmeNames, mmes, reportMme } from "./index";

interface Line {
  id: string;
  mme: string;
  hex: string;
  decoded: { da: string; sa: string; vlan?: number; fields: Record<string, unknown> };
}

const linesOf = (path: string): Line[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** Where the reference names a field by other words than the standard does. */
const otherNames: Record<string, string> = {
  senderId: "SenderID",
  count: "Cnt",
  random: "Rnd",
  reserved: "RSVD",
  reserved2: "RSVD2",
  deviceClass: "MDEVICE_CLASS",
  verLength: "MVERLENGTH",
  version: "MVERSION",
  subVersion: "SUBVER",
};
const plain = (name: string) => name.replace(/[^a-z0-9]/gi, "").toLowerCase();
const folded = (value: unknown) => (typeof value === "string" ? value.toUpperCase() : value);

/** Each field of the reference against ours of the same name; figures that the reference derives itself are checked apart. */
function compare(line: Line, message: DecodedMme): number {
  const ours = new Map(Object.entries(flat(message.fields)).map(([name, value]) => [plain(name), value]));
  let compared = 0;
  for (const [name, value] of Object.entries(line.decoded.fields)) {
    if (["tail", "avgDb", "sta0"].includes(name)) continue;
    const mine = ours.get(plain(otherNames[name] ?? name));
    if (Array.isArray(value)) assert.deepEqual(mine, value, `${line.id} ${name}`);
    else if (name === "version" || name === "hw" || name === "sw") assert.equal(mine, value, `${line.id} ${name}`);
    else if (name === "cookie") assert.equal(mine, Buffer.from(String(value), "hex").readUInt32LE(), line.id);
    else assert.equal(folded(mine), folded(value), `${line.id} ${name}`);
    compared++;
  }
  return compared;
}

/** Fields with the first record of a list spread among them. */
function flat(fields: object): Record<string, unknown> {
  const { Networks, ...rest } = fields as Record<string, unknown> & { Networks?: object[] };
  return { ...rest, ...(Networks?.[0] ?? {}) };
}

foreign(
  "every captured and published frame decodes to its reference and back to its octets",
  ["data/slac/frames.jsonl"],
  ([path]) => {
    const lines = linesOf(path as string);
    assert.ok(lines.length >= 284, `only ${lines.length} lines`);
    let compared = 0;
    for (const line of lines) {
      const message = decodeMme(unhex(line.hex));
      assert.equal(message.kind, "Mme", `${line.id}: ${JSON.stringify(message)}`);
      if (message.kind !== "Mme") continue;
      assert.equal(message.name, line.mme, line.id);
      assert.equal(message.da, line.decoded.da.toUpperCase(), line.id);
      assert.equal(message.sa, line.decoded.sa.toUpperCase(), line.id);
      assert.equal(message.vlan, line.decoded.vlan, line.id);
      compared += compare(line, message);
      assert.equal(hex(encodeMme(message)), line.hex.toUpperCase(), line.id);
    }
    assert.ok(compared > 1400, `only ${compared} fields compared`);
  },
);

foreign("conforming senders deviate in no fixed field", ["data/slac/frames.jsonl"], ([path]) => {
  const odd = linesOf(path as string)
    .map((line) => ({ line, message: decodeMme(unhex(line.hex)) }))
    .flatMap(({ line, message }) =>
      message.kind === "Mme" ? deviations(message).map((it) => `${line.id} ${it.field}`) : [],
    );
  // Only the public reference tools carry identifiers and leave groups out; one badly configured modem reports no groups.
  assert.deepEqual(
    odd.filter((it) => !/^qca-.*(EVSE_ID|PEV_ID|NumGroups)$/.test(it)),
    ["pyplc-ioniq-car-cm-atten-profile-ind-1 NumGroups"],
  );
});

test("fixed values need not be given, and may be given wrong", () => {
  const to = { da: "FF:FF:FF:FF:FF:FF", sa: "02:00:00:00:EE:01" };
  const right = encodeMme({ name: "CM_SLAC_PARM.REQ", ...to, fields: { RunID: "0102030405060708" } });
  assert.equal(right.length, 60);
  assert.equal(hex(right.subarray(12, 29)), "88E1016460000000000102030405060708");
  const wrong = encodeMme({
    name: "CM_SLAC_PARM.REQ",
    ...to,
    fields: { APPLICATION_TYPE: 0xff, RunID: "0102030405060708" },
  });
  const message = decodeMme(wrong);
  assert.ok(message.kind === "Mme");
  assert.deepEqual(deviations(message), [{ field: "APPLICATION_TYPE", required: 0, measured: 0xff }]);
});

test("a frame that is no MME says why", () => {
  const frame = encodeMme({
    name: "CM_ATTEN_PROFILE.IND",
    da: "FF:FF:FF:FF:FF:FF",
    sa: "02:00:00:00:EE:01",
    fields: { PEV_MAC: "02:00:00:00:EE:01", AAG: new Array(58).fill(7) },
  });
  const spoilt = (at: number, octet: number) => Uint8Array.from(frame, (old, index) => (index === at ? octet : old));
  const why = (bytes: Uint8Array) => {
    const read = decodeMme(bytes);
    return read.kind === "NotAnMme" ? read.why : read.name;
  };
  assert.equal(why(frame), "CM_ATTEN_PROFILE.IND");
  assert.equal(why(frame.subarray(0, 16)), "ShortFrame");
  assert.equal(why(new Uint8Array(0)), "ShortFrame");
  assert.equal(why(spoilt(12, 0x86)), "OtherEtherType");
  assert.equal(why(spoilt(14, 0)), "OtherVersion");
  assert.equal(why(spoilt(16, 0x61)), "UnknownType");
  assert.equal(why(spoilt(17, 0x10)), "Fragment");
  assert.equal(why(frame.subarray(0, 84)), "Truncated");
  assert.equal(why(spoilt(25, 255)), "Truncated");
});

test("no message, cut at any length or with random octets, makes the decoder throw", () => {
  let seed = 1;
  const octet = () => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return (seed >> 16) & 0xff;
  };
  for (const name of mmeNames) {
    const { type, versions } = mmes[name];
    const head = [0x88, 0xe1, versions[0] ?? 1, type & 0xff, type >> 8, 0];
    for (let length = 0; length <= 140; length++) {
      const frame = Uint8Array.from({ length }, octet);
      frame.set(head.slice(0, Math.max(0, length - 12)), Math.min(12, length));
      const read = decodeMme(frame);
      assert.ok(length < 20 || read.kind === "Mme" || ("name" in read && read.name === name), `${name} ${length}`);
      reportMme(frame);
    }
  }
});

test("keys are kept out of reports", () => {
  const frame = encodeMme({
    name: "CM_SET_KEY.REQ",
    da: "00:B0:52:00:00:01",
    sa: "02:00:00:00:5E:01",
    fields: { NID: "026BCBA5354E08", NewKey: "B59319D7E8157BA001B018669CCEE30D" },
  });
  assert.doesNotMatch(JSON.stringify(reportMme(frame)), /B59319D7/);
  assert.match(JSON.stringify(reportMme(frame)), /026BCBA5354E08/);
});
