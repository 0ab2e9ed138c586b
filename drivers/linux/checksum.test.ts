import assert from "node:assert/strict";
import { test } from "node:test";
import type { Stream } from "../../core/network";
import { bothEnds, insideNamespace, skippingWithoutCapture } from "./inside-namespace.contract";
import { LinuxNetwork } from "./network";
import { RawLink } from "./raw-link";

const ETHERNET = 14;
const IPV6 = 40;
const nextHeader = { tcp: 6, udp: 17 } as const;

/** RFC 8200 §8.1: over pseudo-header and packet the sum of a good checksum is all ones. */
function checksumIsGood(frame: Buffer): boolean {
  const length = frame.readUInt16BE(ETHERNET + 4);
  const packet = frame.subarray(ETHERNET + 8, ETHERNET + IPV6 + length);
  const padded = Buffer.concat([packet, Buffer.alloc(packet.length % 2)]);
  let sum = length + (frame[ETHERNET + 6] ?? 0);
  for (let at = 0; at < padded.length; at += 2) sum += padded.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum === 0xffff;
}

insideNamespace(__filename, bothEnds, () => {
  test(
    "packets on a cable are whole: checksums filled in, none longer than the MTU",
    skippingWithoutCapture(),
    async () => {
      const tap = await RawLink.open({ interface: "right", select: "all" });
      const [left, right] = await Promise.all(["left", "right"].map((name) => LinuxNetwork.open({ interface: name })));
      assert.ok(left && right);
      const frames: Buffer[] = [];
      tap.onFrame((frame) => void frames.push(Buffer.from(frame)));
      const client = left.datagrams(0, () => undefined);
      client.send(Uint8Array.of(1, 2, 3), { address: "ff02::1", port: 15118 });
      const streams: Stream[] = [];
      let taken = 0;
      const listener = right.listen(0, (stream) => {
        streams.push(stream);
        stream.onBytes((bytes) => {
          taken += bytes.length;
        });
      });
      left.connect(
        listener.local,
        (stream) => {
          streams.push(stream);
          stream.send(new Uint8Array(100_000));
        },
        assert.fail,
      );
      const of = (protocol: keyof typeof nextHeader) =>
        frames.filter((it) => it.readUInt16BE(12) === 0x86dd && it[ETHERNET + 6] === nextHeader[protocol]);
      const carried = (): number => of("tcp").reduce((sum, it) => sum + it.length - ETHERNET - IPV6 - 32, 0);
      while (taken < 100_000 || carried() < 100_000 || of("udp").length === 0) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      for (const it of [...of("tcp"), ...of("udp")]) {
        assert.ok(checksumIsGood(it), it.toString("hex"));
        assert.ok(it.length <= ETHERNET + 1500, `${it.length} octets`);
      }
      for (const open of [...streams, listener, client, left, right, tap]) open.close();
    },
  );
});
