import assert from "node:assert/strict";
import { test } from "node:test";
import { hex } from "../../core/bytes";
import type { Link } from "../../core/link";
import { linkContract } from "../link.contract";
import { networkContract } from "../network.contract";
import { bothEnds, insideNamespace, skippingWithoutCapture } from "./inside-namespace.contract";
import { LinuxNetwork } from "./network";
import { RawLink } from "./raw-link";

const MARKER = "88e1deadbeef";
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** All that is under way in the kernel arrives within turns of the event loop, however slow those are. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await sleep(10);
}

/** A link whose listeners do not hear of the markers that `passed` sends: frames keep their order, so what was sent before has arrived. */
function markable(link: Link) {
  let seen = 0;
  link.onFrame((frame) => {
    if (isMarker(frame)) seen++;
  });
  const hiding: Link = {
    mac: link.mac,
    send: (frame) => link.send(frame),
    onState: (listener) => link.onState(listener),
    close: () => link.close(),
    onFrame: (listener) =>
      link.onFrame((frame) => {
        if (!isMarker(frame)) listener(frame);
      }),
  };
  return { link: hiding, seen: () => seen };
}

const isMarker = (frame: Uint8Array): boolean => hex(frame.subarray(12, 18)).toLowerCase() === MARKER;

async function passed(from: Link, to: { seen: () => number }, limit: number): Promise<void> {
  const marker = new Uint8Array(60);
  marker.set([...new Uint8Array(6).fill(0xff), ...from.mac, 0x88, 0xe1, 0xde, 0xad, 0xbe, 0xef]);
  const before = to.seen();
  from.send(marker);
  for (let waited = 0; to.seen() === before && waited < limit; waited += 5) await sleep(5);
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
});
