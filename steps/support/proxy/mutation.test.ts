import assert from "node:assert/strict";
import { test } from "node:test";
import type { V2gMessage } from "../../../protocol/v2g";
import { encodeMessage } from "../../../protocol/v2g";
import { FrameAssembler, frame, payloadTypes } from "../../../protocol/v2gtp";
import { defaultMessage } from "../defaults";
import { lookup } from "../fields";
import { catalogue } from "./catalogue";
import { mutated, mutationOf } from "./mutation";
import { Speech, writable } from "./speech";

const header = { SessionID: "0102030405060708" };
const demand = defaultMessage("CurrentDemandRes", header);
const framed = (message: V2gMessage): Uint8Array => frame(payloadTypes.exi, encodeMessage(message));
const said = (name: string, ...messages: readonly V2gMessage[]): Uint8Array[][] => {
  const mutation = mutationOf(name);
  assert.ok(mutation);
  const speech = new Speech(mutation);
  return messages.map((message) => speech.change(framed(message), "iso15118-2").map(({ bytes }) => bytes));
};

test("a mutation's name says message, occurrence, field and change", () => {
  assert.deepEqual(mutationOf("CurrentDemandRes#2.EVSEPresentVoltage +10%"), {
    name: "CurrentDemandRes#2.EVSEPresentVoltage +10%",
    message: "CurrentDemandRes",
    occurrence: 2,
    path: "EVSEPresentVoltage",
    change: "+10%",
  });
  assert.equal(mutationOf("never-times-out"), undefined);
});

test("a field is changed, left out or added, and nothing else", () => {
  const body = (change: string, path: string) => mutated(demand, path, change)?.body;
  assert.equal(lookup(body("+10%", "EVSEPresentVoltage"), "EVSEPresentVoltage.Value"), 440);
  assert.equal(lookup(body("not", "EVSECurrentLimitAchieved"), "EVSECurrentLimitAchieved"), true);
  assert.notEqual(lookup(body("added", "MeterInfo"), "MeterInfo"), undefined);
  assert.deepEqual(mutated(demand, "EVSEID", "other"), {
    ...demand,
    body: { ...demand.body, EVSEID: "1E*CCS*E000001" },
  });
  assert.equal(mutated(demand, "NoSuchField", "other"), undefined);
  assert.equal(mutated(demand, "ResponseCode", "=OK"), undefined, "it is OK already");
});

test("only the occurrence that is named is changed", () => {
  const [first, second, third] = said("CurrentDemandRes#2 dropped", demand, demand, demand);
  assert.deepEqual([first?.length, second?.length, third?.length], [1, 0, 1]);
});

test("a frame is doubled, cut, or follows the one before it", () => {
  const stop = defaultMessage("SessionStopRes", header);
  assert.equal(said("SessionStopRes doubled", stop)[0]?.length, 2);
  assert.deepEqual(Buffer.concat(said("SessionStopRes cut for 20 ms", stop)[0] ?? []), Buffer.from(framed(stop)));
  assert.deepEqual(said("SessionStopRes after the last one again", demand, stop)[1], [framed(demand), framed(stop)]);
});

test("a frame with a wrong header is no frame any more", () => {
  for (const how of ["with version FF", "with inverse FF", "with payload type 8002"]) {
    const found: string[] = [];
    new FrameAssembler(100_000).push(said(`CurrentDemandRes ${how}`, demand)[0]?.[0] ?? new Uint8Array(0), ({ kind }) =>
      found.push(kind),
    );
    assert.deepEqual(found, ["skipped"], how);
  }
});

test("every mutation of the catalogue changes what is said", () => {
  const names = catalogue([demand], writable);
  assert.ok(names.length > 50, `${names.length}`);
  assert.equal(new Set(names).size, names.length);
  for (const name of names.filter((each) => each.startsWith("CurrentDemandRes") && !each.endsWith("late"))) {
    const [pieces = []] = said(name, demand);
    const same = pieces.length === 1 && Buffer.from(pieces[0] ?? []).equals(framed(demand));
    assert.ok(!same || name.includes("last one again"), name);
  }
});
