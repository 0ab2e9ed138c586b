import { hex } from "../../core/bytes";
import type { Link } from "../../core/link";

const MARKER = "88e1deadbeef";
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A link whose listeners do not hear of the markers that `passed` sends: frames keep their order, so what was sent before has arrived. */
export function markable(link: Link) {
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

export async function passed(from: Link, to: { seen: () => number }, limit: number): Promise<void> {
  const marker = new Uint8Array(60);
  marker.set([...new Uint8Array(6).fill(0xff), ...from.mac, 0x88, 0xe1, 0xde, 0xad, 0xbe, 0xef]);
  const before = to.seen();
  from.send(marker);
  for (let waited = 0; to.seen() === before && waited < limit; waited += 5) await sleep(5);
}
