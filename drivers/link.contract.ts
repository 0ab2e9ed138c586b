import assert from "node:assert/strict";
import { test } from "node:test";
import { hex } from "../core/bytes";
import type { Link } from "../core/link";

/** Two hosts on one line, as a driver gives them. `settle` lets all that is under way arrive. */
export interface LinkBench {
  readonly a: Link;
  readonly b: Link;
  settle(): Promise<void>;
  close(): Promise<void>;
}

const ETHERTYPE = [0x88, 0xe1];

const frameTo = (da: Uint8Array, sa: Uint8Array, body: readonly number[], length = 60): Uint8Array => {
  const frame = new Uint8Array(length);
  frame.set([...da, ...sa, ...ETHERTYPE, ...body]);
  return frame;
};
const everyone = new Uint8Array(6).fill(0xff);
/** A message type that no modem knows, so that none answers it. */
const unknown = [1, 0xfd, 0x7f, 0, 0];

/** What every `Link` does, whichever driver is behind it. */
export function linkContract(driver: string, open: () => Promise<LinkBench>): void {
  const on = (what: string, body: (bench: LinkBench) => Promise<void>) =>
    void test(`${driver}: ${what}`, async () => {
      const bench = await open();
      try {
        await body(bench);
      } finally {
        await bench.close();
      }
    });

  on("knows its host's address", async ({ a, b }) => {
    assert.deepEqual([a.mac.length, b.mac.length], [6, 6]);
    assert.notEqual(hex(a.mac), hex(b.mac));
  });

  on(
    "brings a broadcast and a frame for its host to every listener, octet for octet, in order",
    async ({ a, b, settle }) => {
      const heard: string[][] = [[], []];
      for (const list of heard) b.onFrame((frame) => void list.push(hex(frame)));
      const sent = [
        frameTo(everyone, a.mac, [...unknown, 1]),
        frameTo(b.mac, a.mac, [...unknown, 2]),
        frameTo(b.mac, a.mac, [...unknown, 3], 1500),
      ];
      for (const frame of sent) a.send(frame);
      await settle();
      assert.deepEqual(heard, [sent.map(hex), sent.map(hex)]);
    },
  );

  on("does not bring a host its own frames", async ({ a, settle }) => {
    const heard: string[] = [];
    a.onFrame((frame) => void heard.push(hex(frame)));
    a.send(frameTo(everyone, a.mac, unknown));
    await settle();
    assert.deepEqual(heard, []);
  });

  on("never calls back from within a send", async ({ a, b, settle }) => {
    let sending = false;
    let inside = 0;
    let answers = 0;
    a.onFrame(() => {
      answers++;
      if (sending) inside++;
    });
    b.onFrame(() => b.send(frameTo(a.mac, b.mac, unknown)));
    sending = true;
    a.send(frameTo(b.mac, a.mac, unknown));
    sending = false;
    await settle();
    assert.deepEqual([answers, inside], [1, 0]);
  });

  on("keeps its frames when the caller's bytes change afterwards", async ({ a, b, settle }) => {
    const heard: string[] = [];
    b.onFrame((frame) => void heard.push(hex(frame)));
    const frame = frameTo(b.mac, a.mac, [...unknown, 7]);
    const before = hex(frame);
    a.send(frame);
    frame.fill(0);
    await settle();
    assert.deepEqual(heard, [before]);
  });

  on("tells no more whoever has had enough, and everyone else still", async ({ a, b, settle }) => {
    const heard: string[] = [];
    const first = b.onFrame(() => void heard.push("first"));
    b.onFrame(() => void heard.push("second"));
    a.send(frameTo(b.mac, a.mac, unknown));
    await settle();
    first();
    first();
    a.send(frameTo(b.mac, a.mac, unknown));
    await settle();
    assert.deepEqual(heard, ["first", "second", "second"]);
  });

  on("is silent once closed, and closing twice is no error", async ({ a, b, settle }) => {
    const heard: string[] = [];
    b.onFrame((frame) => void heard.push(hex(frame)));
    b.close();
    b.close();
    b.send(frameTo(a.mac, b.mac, unknown));
    a.send(frameTo(b.mac, a.mac, unknown));
    await settle();
    assert.deepEqual(heard, []);
  });
}
