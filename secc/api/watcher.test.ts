import { deepEqual, equal, ok } from "node:assert/strict";
import { EventEmitter } from "node:events";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { VirtualClock } from "../../drivers/virtual/clock";
import { Watcher } from "./watcher";

/** A response that takes `room` characters before it says that it is full, and begins anew when it has been read. */
class Outlet extends EventEmitter {
  readonly taken: string[] = [];
  destroyed = false;
  private room: number;

  constructor(room: number) {
    super();
    this.room = room;
  }

  write(text: string): boolean {
    this.taken.push(text);
    this.room -= text.length;
    return this.room > 0;
  }

  read(room: number): void {
    this.room = room;
    this.emit("drain");
  }

  destroy(): void {
    this.destroyed = true;
    this.emit("close");
  }
}

function made(room: number) {
  const clock = new VirtualClock();
  const outlet = new Outlet(room);
  return { clock, outlet, watcher: new Watcher(outlet as unknown as ServerResponse, clock) };
}

test("who reads is told everything, however long it goes on", () => {
  const { clock, outlet, watcher } = made(10);
  for (let times = 0; times < 1_000; times++) {
    ok(watcher.tell("x".repeat(10_000)));
    clock.advance(4_900);
    outlet.read(10);
  }
  equal(outlet.taken.length, 1_000);
  equal(clock.pending, 0);
});

test("who does not read misses what will be overtaken, and is let go after 5 s", () => {
  const { clock, outlet, watcher } = made(2);
  for (const [text, passing] of [["a"], ["b"], ["c", true], ["d"]] as const) ok(watcher.tell(text, passing));
  deepEqual(outlet.taken, ["a", "b", "d"]);
  clock.advance(4_999);
  equal(outlet.destroyed, false);
  clock.advance(1);
  equal(outlet.destroyed, true);
  equal(watcher.tell("e"), false);
  equal(clock.pending, 0);
});

test("for who does not read no more than 1 MiB is kept", () => {
  const { outlet, watcher } = made(10);
  while (watcher.tell("x".repeat(10_000)));
  ok(outlet.taken.join("").length <= 1_048_576);
  equal(outlet.destroyed, true);
});
