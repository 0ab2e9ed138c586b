import assert from "node:assert/strict";
import { test } from "node:test";
import { VirtualClock } from "./clock";

test("deadlines fire in order of time, then of arming", () => {
  const clock = new VirtualClock();
  const fired: string[] = [];
  clock.after(20, () => fired.push(`c@${clock.now()}`));
  clock.after(10, () => fired.push(`a@${clock.now()}`));
  clock.after(10, () => fired.push(`b@${clock.now()}`));
  clock.advance(30);
  assert.deepEqual(fired, ["a@10", "b@10", "c@20"]);
  assert.equal(clock.now(), 30);
});

test("a cancelled deadline does not fire and is not pending", () => {
  const clock = new VirtualClock();
  const cancel = clock.after(5, () => assert.fail("fired"));
  cancel();
  clock.advance(10);
  assert.equal(clock.pending, 0);
});

test("runUntil stops at the instant at which its condition holds, or at the limit", () => {
  const clock = new VirtualClock();
  let seen = false;
  clock.after(60_000, () => {
    seen = true;
  });
  assert.equal(
    clock.runUntil(() => seen, 59_999),
    false,
  );
  assert.equal(clock.now(), 59_999);
  assert.equal(
    clock.runUntil(() => seen, 10),
    true,
  );
  assert.equal(clock.now(), 60_000);
});

test("a process that changes something early is asked again from there", () => {
  const clock = new VirtualClock();
  const spans: [number, number][] = [];
  clock.process({
    advance(from, to) {
      spans.push([from, to]);
      return from < 4 && to > 4 ? 4 : to;
    },
  });
  clock.after(10, () => undefined);
  clock.advance(10);
  assert.deepEqual(spans, [
    [0, 10],
    [4, 10],
  ]);
});

test("a thousand deadlines in random order come back sorted", () => {
  const clock = new VirtualClock();
  const times: number[] = [];
  for (let i = 0; i < 1000; i++) clock.after((i * 7919) % 1009, () => times.push(clock.now()));
  clock.advance(2000);
  assert.deepEqual(
    times,
    [...times].sort((a, b) => a - b),
  );
  assert.equal(times.length, 1000);
});
