import assert from "node:assert/strict";
import { test } from "node:test";
import { concat, unhex } from "../../core/bytes";
import { type Found, FrameAssembler, frame, payloadTypes } from ".";

const one = frame(payloadTypes.exi, unhex("80980200"));
const two = frame(payloadTypes.exi, unhex("8040"));

function assemble(chunks: Uint8Array[], cap = 1024): Found[] {
  const assembler = new FrameAssembler(cap);
  const found: Found[] = [];
  for (const chunk of chunks) assembler.push(chunk, (each) => found.push(each));
  return found;
}

test("a header is version, inverse, type and length, big-endian", () => {
  assert.deepEqual(one, unhex("01FE8001 00000004 80980200"));
});

test("two frames cut at every byte come out as two", () => {
  const bytes = concat(one, two);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const found = assemble([bytes.subarray(0, cut), bytes.subarray(cut)]);
    assert.deepEqual(
      found.map((each) => each.bytes),
      [one, two],
      `cut at ${cut}`,
    );
  }
  assert.deepEqual(
    assemble([...bytes].map((byte) => Uint8Array.of(byte))).map((each) => each.bytes),
    [one, two],
  );
});

for (const [name, header, fault] of [
  ["wrong version", { version: 0xff }, "version"],
  ["wrong inverse", { inverse: 0xff }, "version"],
  ["unknown payload type", { payloadType: 0x7001 }, "payload type"],
] as const) {
  test(`${name}: the frame is skipped with its payload and the next one is found`, () => {
    const found = assemble([concat(frame(payloadTypes.exi, unhex("010203"), header), two)]);
    assert.equal(found[0]?.kind === "skipped" && found[0].fault, fault);
    assert.deepEqual(found[1]?.bytes, two);
  });
}

test("a length of 0 is skipped", () => {
  const found = assemble([concat(frame(payloadTypes.exi, new Uint8Array(0)), two)]);
  assert.deepEqual(
    found.map((each) => each.kind),
    ["skipped", "frame"],
  );
});

test("a length over the cap ends the stream before memory is taken", () => {
  const assembler = new FrameAssembler(64);
  const found: Found[] = [];
  assembler.push(frame(payloadTypes.exi, unhex("00"), { payloadLength: 0xffffffff }), (each) => found.push(each));
  assembler.push(one, (each) => found.push(each));
  assert.deepEqual(
    found.map((each) => each.kind),
    ["oversize"],
  );
  assert.equal(assembler.waiting, 0);
});
