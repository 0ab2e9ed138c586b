import assert from "node:assert/strict";
import { test } from "node:test";
import { boundedSender } from "./raw-channel";

const turn = () => new Promise((resolve) => setImmediate(resolve));

function sender() {
  const under: { frames: readonly number[]; sent: () => void }[] = [];
  const notes: string[] = [];
  const { send, flush } = boundedSender<number>(
    (frames, sent) => void under.push({ frames, sent }),
    (text) => void notes.push(text),
  );
  const held = (): number => under.reduce((sum, { frames }) => sum + frames.length, 0);
  return { under, notes, send, flush, held };
}

test("a sender to a process that is busy holds a bounded number of frames, and tells once how many it dropped", async () => {
  const { under, notes, send, held } = sender();
  for (let number = 0; number < 10_000; number++) send(number);
  await turn();
  const kept = held();
  assert.ok(kept < 10_000, "nothing bounds it");
  assert.deepEqual(notes, []);
  for (const { sent } of under.splice(0)) sent();
  assert.deepEqual(notes, [`${10_000 - kept} frames dropped: they came faster than they were taken`]);
  send(1);
  await turn();
  under[0]?.sent();
  assert.deepEqual([held(), notes.length], [1, 1]);
});

test("frames go in the order in which they came: one by itself in the same turn, of many some in each message", async () => {
  const { under, send } = sender();
  send(0);
  await turn();
  assert.deepEqual(
    under.map(({ frames }) => frames),
    [[0]],
  );
  for (let number = 1; number <= 1_000; number++) send(number);
  await turn();
  assert.deepEqual(
    under.flatMap(({ frames }) => frames),
    Array.from({ length: 1_001 }, (_, number) => number),
  );
  assert.ok(under.length < 100, `${under.length} messages`);
  assert.ok(under.every(({ frames }) => frames.length <= 64));
});

test("what is left is handed over at once before the channel closes, and only once", async () => {
  const { under, send, flush } = sender();
  for (let number = 0; number < 3; number++) send(number);
  flush();
  assert.deepEqual(
    under.map(({ frames }) => frames),
    [[0, 1, 2]],
  );
  await turn();
  assert.equal(under.length, 1);
});
