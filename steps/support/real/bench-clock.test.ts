import assert from "node:assert/strict";
import { test } from "node:test";
import { SystemClock } from "../../../drivers/linux/clock";
import { BenchClock } from "./bench-clock";

test("a clock tells what it was asked for until its end, and nothing after it", async () => {
  const clock = new BenchClock();
  const told: string[] = [];
  const later = (name: string): Promise<void> =>
    new Promise((resolve) => new SystemClock().after(20, () => resolve(void told.push(name))));
  clock.after(1, () => void told.push("in time"));
  clock.after(1, () => void told.push("called off"))();
  await later("waited");
  clock.after(1, () => void told.push("too late"));
  clock.end();
  clock.after(1, () => void told.push("after the end"));
  await later("waited again");
  assert.deepEqual(told, ["in time", "waited", "waited again"]);
});
