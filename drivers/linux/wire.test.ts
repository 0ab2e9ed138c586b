import assert from "node:assert/strict";
import { test } from "node:test";
import { hex } from "../../core/bytes";
import { linkContract } from "../link.contract";
import { networkContract } from "../network.contract";
import { bothEnds, insideNamespace, skippingWithoutCapture } from "./inside-namespace.contract";
import { markable, passed } from "./markers.contract";
import { LinuxNetwork } from "./network";
import { RawLink } from "./raw-link";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** All that is under way in the kernel arrives within turns of the event loop, however slow those are. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await sleep(10);
}

async function rawLinks(): Promise<readonly [RawLink, RawLink]> {
  return Promise.all([RawLink.open({ interface: "left" }), RawLink.open({ interface: "right" })]);
}

insideNamespace(__filename, bothEnds, () => {
  networkContract("linux network", async () => {
    const [a, b] = await Promise.all(["left", "right"].map((name) => LinuxNetwork.open({ interface: name })));
    assert.ok(a && b);
    const close = async (): Promise<void> => {
      a.close();
      b.close();
    };
    return { a, b, settle: turns, close };
  });

  const { skip } = skippingWithoutCapture();
  if (skip !== undefined) return void test("raw link: the contract of links", { skip }, () => undefined);
  linkContract("raw link", async () => {
    const [left, right] = await rawLinks();
    const [a, b] = [markable(left), markable(right)];
    // There, back with what was answered, and there again. A closed end hears no marker.
    const settle = async (): Promise<void> => {
      await passed(left, b, 2000);
      await passed(right, a, 2000);
      await passed(left, b, 2000);
    };
    const close = async (): Promise<void> => {
      left.close();
      right.close();
    };
    return { a: a.link, b: b.link, settle, close };
  });

  for (const [select, expected] of [
    ["homeplug", ["to all", "to the host", "short"]],
    ["all", ["to all", "to the host", "to another", "tagged", "IPv6", "short"]],
  ] as const) {
    test(`raw link: hears what is for ${select === "all" ? "anybody" : "its host and HomePlug"}, padded to 60 octets`, async () => {
      const left = await RawLink.open({ interface: "left" });
      const right = await RawLink.open({ interface: "right", select });
      const marked = markable(right);
      const heard: string[] = [];
      marked.link.onFrame((frame) => void heard.push(names.get(frame[25] ?? 0) ?? `not ours: ${hex(frame)}`));
      marked.link.onFrame((frame) => assert.ok(frame.length >= 60));
      const names = new Map<number, string>();
      const send = (name: string, da: Uint8Array, type: readonly number[], length = 60): void => {
        const frame = new Uint8Array(length);
        frame.set([...da, ...left.mac, ...type]);
        frame[25] = names.size + 1;
        names.set(names.size + 1, name);
        left.send(frame);
      };
      const everyone = new Uint8Array(6).fill(0xff);
      const another = Uint8Array.of(2, 0, 0, 0, 0, 0xcc);
      send("to all", everyone, [0x88, 0xe1]);
      send("to the host", right.mac, [0x88, 0xe1]);
      send("to another", another, [0x88, 0xe1]);
      send("tagged", right.mac, [0x81, 0x00, 0, 1, 0x88, 0xe1]);
      send("IPv6", right.mac, [0x86, 0xdd]);
      send("short", right.mac, [0x88, 0xe1], 26);
      await passed(left, marked, 10_000);
      assert.deepEqual(heard, expected);
      left.close();
      right.close();
    });
  }

  test("raw link: does not hear what another program sends with its host's address", async () => {
    const [left, right] = await rawLinks();
    const twin = await RawLink.open({ interface: "right", select: "all" });
    const marked = markable(right);
    const [atLeft, atRight]: [string[], string[]] = [[], []];
    left.onFrame((frame) => void atLeft.push(hex(frame)));
    marked.link.onFrame((frame) => void atRight.push(hex(frame)));
    const frame = new Uint8Array(60).fill(0xff, 0, 6);
    frame.set([...right.mac, 0x88, 0xe1, 1], 6);
    twin.send(frame);
    for (let waited = 0; atLeft.length === 0 && waited < 10_000; waited += 10) await sleep(10);
    await passed(left, marked, 10_000);
    assert.deepEqual([atLeft, atRight], [[hex(frame)], []]);
    for (const link of [left, right, twin]) link.close();
  });

  test("raw link: a frame that is too long for the interface is told, and harms nothing", async () => {
    const told: string[] = [];
    const left = await RawLink.open({ interface: "left", log: (text) => void told.push(text) });
    const right = await RawLink.open({ interface: "right" });
    const marked = markable(right);
    left.send(new Uint8Array(1515).fill(0xff));
    left.send(new Uint8Array(100_000).fill(0xff));
    left.send(new Uint8Array(0));
    await passed(left, marked, 10_000);
    assert.equal(marked.seen(), 1);
    for (let waited = 0; told.length < 2 && waited < 10_000; waited += 10) await sleep(10);
    assert.match(told.join("\n"), /^left: frame of 1515 bytes not sent: .+\nleft: frame of 100000 bytes not sent: .+$/);
    left.close();
    right.close();
  });
});
