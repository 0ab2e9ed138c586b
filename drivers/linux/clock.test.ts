import assert from "node:assert/strict";
import { test } from "node:test";
import { SystemClock } from "./clock";
import { SystemEntropy } from "./entropy";

const wait = (clock: SystemClock, delay: number): Promise<number> =>
  new Promise((resolve) => void clock.after(delay, () => resolve(clock.now())));

test("a system clock never fires early, whole milliseconds or not", async () => {
  const clock = new SystemClock();
  const early: string[] = [];
  const delays = Array.from({ length: 400 }, (_, index) => index / 8);
  await Promise.all(
    delays.map(async (delay) => {
      const due = clock.now() + delay;
      const fired = await wait(clock, delay);
      if (fired < due) early.push(`${delay} ms: ${due - fired} ms early`);
    }),
  );
  assert.deepEqual(early, []);
});

test("a system clock fires after its caller has returned, also without a delay", async () => {
  const clock = new SystemClock();
  let returned = false;
  const inside = await new Promise((resolve) => {
    clock.after(0, () => resolve(!returned));
    clock.after(-5, () => resolve(!returned));
    returned = true;
  });
  assert.equal(inside, false);
});

test("a delay longer than the platform's longest timer does not fire at once, and is cancelled", async () => {
  const clock = new SystemClock();
  const fired: number[] = [];
  const warnings: string[] = [];
  const warned = ({ name }: Error): void => void warnings.push(name);
  process.on("warning", warned);
  const cancels = [2 ** 31, 2 ** 33, Number.POSITIVE_INFINITY].map((delay) =>
    clock.after(delay, () => fired.push(delay)),
  );
  await wait(clock, 20);
  for (const cancel of cancels) cancel();
  process.off("warning", warned);
  assert.deepEqual([fired, warnings], [[], []]);
});

test("a cancelled timer does not fire, and cancelling twice is no error", async () => {
  const clock = new SystemClock();
  let fired = 0;
  const cancel = clock.after(5, () => fired++);
  cancel();
  cancel();
  await wait(clock, 20);
  assert.equal(fired, 0);
});

test("clocks of one origin share their time base", () => {
  const origin = process.hrtime.bigint() - 5_000_000_000n;
  const [a, b] = [new SystemClock(origin), new SystemClock(origin)];
  const [first, second, third] = [a.now(), b.now(), a.now()];
  assert.ok(first >= 5000 && first <= second && second <= third);
});

test("system entropy gives as many bytes as asked for, never the same", () => {
  const entropy = new SystemEntropy();
  assert.equal(entropy.bytes(0).length, 0);
  const drawn = new Set(Array.from({ length: 1000 }, () => entropy.bytes(8).join()));
  assert.equal(drawn.size, 1000);
});
