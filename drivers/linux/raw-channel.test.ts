import assert from "node:assert/strict";
import { test } from "node:test";
import { boundedSender } from "./raw-channel";

test("a sender to a process that is busy holds a bounded number of frames, and tells once how many it dropped", () => {
  const under: (() => void)[] = [];
  const notes: string[] = [];
  const send = boundedSender<Uint8Array>(
    (_, sent) => void under.push(sent),
    (text) => void notes.push(text),
  );
  const frame = new Uint8Array(60);
  for (let number = 0; number < 10_000; number++) send(frame);
  const held = under.length;
  assert.ok(held < 10_000, "nothing bounds it");
  assert.deepEqual(notes, []);
  for (const sent of under.splice(0)) sent();
  assert.deepEqual(notes, [`${10_000 - held} frames dropped: they came faster than they were taken`]);
  send(frame);
  under[0]?.();
  assert.deepEqual([under.length, notes.length], [1, 1]);
});
