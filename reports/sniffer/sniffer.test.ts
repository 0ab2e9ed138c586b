import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { appProtocol } from "../../protocol/app-protocol";
import { encode } from "../../protocol/exi";
import { frame } from "../../protocol/v2gtp";
import { equipped, foreign, foreignRoot } from "../../scripts/foreign";
import { goodSession } from "../example-session";
import { pcapng } from "../pcapng";
import { Conversation } from "./conversation";
import { readCapture, type Sniffed, Sniffer, UnreadableCapture } from "./index";
import { Reassembly } from "./reassembly";

const captures = "data/captures/";

function sniffed(path: string): { heard: Sniffed[]; sniffer: Sniffer } {
  const sniffer = new Sniffer();
  const heard = [...readCapture(path)].flatMap(({ at, frame }) => sniffer.hear(Number(at) / 1e6, frame));
  return { heard, sniffer };
}

const names = (heard: readonly Sniffed[], layer: Sniffed["layer"]): string[] =>
  heard.filter((it) => it.layer === layer).map(({ name }) => name);

foreign(
  "a foreign DIN session is read whole, its car named, and every request has its response",
  [`${captures}DIN_DC_DS5366_Josev.pcapng`],
  ([path]) => {
    const { heard, sniffer } = sniffed(path as string);
    assert.deepEqual([...sniffer.cars], ["00:E0:4C:68:00:1D"]);
    assert.deepEqual([...sniffer.stations], ["64:4D:70:01:03:BF"]);
    const told = names(heard, "v2g");
    assert.deepEqual(told.slice(0, 4), [
      "supportedAppProtocolReq",
      "supportedAppProtocolRes",
      "SessionSetupReq",
      "SessionSetupRes",
    ]);
    assert.deepEqual(told.slice(-2), ["SessionStopReq", "SessionStopRes"]);
    for (let at = 0; at < told.length; at += 2) assert.equal(told[at + 1], told[at]?.replace("Req", "Res"));
    assert.deepEqual(
      heard.filter(({ error }) => error !== undefined),
      [],
    );
  },
);

const sessions = ["ISO-2_AC_DS5366", "ISO-2_DC_Pause_DS5366", "ISO-20_BPT_AC_DS5366_Josev"];
const files = sessions.map((name) => `${captures}${name}.pcapng`);
foreign("in every protocol as many messages are read as the connection has frames", files, (paths) => {
  for (const path of paths) {
    const { heard } = sniffed(path);
    assert.deepEqual(
      heard.filter(({ error }) => error !== undefined),
      [],
      path,
    );
    const frames = [...readCapture(path)].reduce((sum, { frame }) => sum + headersIn(frame), 0);
    assert.equal(names(heard, "v2g").length, frames, path);
  }
});

/** In these captures a V2GTP frame always begins a segment. */
const headersIn = (frame: Uint8Array): number =>
  Buffer.from(frame).indexOf(Buffer.from("01fe80", "hex"), 54) >= 0 && frame[20] === 6 ? 1 : 0;

foreign(
  "a connection under TLS is said to be one, and not read",
  [`${captures}ISO-20_mTLS_DC_DS5366_Josev.pcapng`],
  ([path]) => {
    assert.deepEqual(names(sniffed(path as string).heard, "v2g"), ["(TLS)"]);
  },
);

const compared = join(foreignRoot, captures, "ISO-2_DC_multi_EVSE_SLAC_DS5366_Josev.pcapng");
const lack = existsSync(compared)
  ? spawnSync("tshark", ["--version"]).error && "tshark is not installed"
  : `foreign data absent (${compared})`;

equipped("frames are those that tshark reads, at the same times", lack, () => {
  const args = ["-r", compared, "-T", "fields", "-e", "frame.len", "-e", "frame.time_epoch"];
  const { stdout } = spawnSync("tshark", args, { encoding: "utf8" });
  const read = [...readCapture(compared)].map(({ at, frame }) => {
    const text = String(at).padStart(10, "0");
    return `${frame.length}\t${text.slice(0, -9)}.${text.slice(-9)}`;
  });
  assert.deepEqual(read, stdout.trim().split("\n"));
});

function inFile(bytes: Uint8Array, use: (path: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-sniff-"));
  try {
    const path = join(folder, "capture");
    writeFileSync(path, bytes);
    use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("what we have written is read again; a file that is cut off gives its whole frames first", () => {
  const written = Buffer.from(pcapng(goodSession(3).trace.events));
  inFile(written, (path) => {
    const { heard, sniffer } = sniffed(path);
    assert.equal(sniffer.cars.size, 1);
    assert.ok(heard.some(({ layer }) => layer === "sdp"));
  });
  inFile(written, (path) => {
    const all = [...readCapture(path)].length;
    inFile(written.subarray(0, written.length - 10), (cut) => {
      let frames = 0;
      assert.throws(() => {
        for (const _ of readCapture(cut)) frames++;
      }, UnreadableCapture);
      assert.equal(frames, all - 1);
    });
  });
});

test("pcap is read in either byte order, in micro- and nanoseconds", () => {
  const frame = Buffer.alloc(60, 0xab);
  for (const [magic, big, unit] of [
    ["d4c3b2a1", false, 1000n],
    ["4d3cb2a1", false, 1n],
    ["a1b2c3d4", true, 1000n],
    ["a1b23c4d", true, 1n],
  ] as const) {
    const words = (...values: number[]): Buffer => {
      const bytes = Buffer.alloc(4 * values.length);
      for (const [index, value] of values.entries()) {
        if (big) bytes.writeUInt32BE(value, 4 * index);
        else bytes.writeUInt32LE(value, 4 * index);
      }
      return bytes;
    };
    const head = [Buffer.from(magic, "hex"), words(0x00040002, 0, 0, 65_535, 1)];
    const file = Buffer.concat([...head, words(7, 5, 60, 60), frame, words(8, 6, 60, 60), frame]);
    inFile(file, (path) => {
      const read = [...readCapture(path)];
      assert.deepEqual(
        read.map(({ at }) => at),
        [7_000_000_000n + 5n * unit, 8_000_000_000n + 6n * unit],
      );
      assert.ok(frame.equals(read[0]?.frame ?? new Uint8Array()));
    });
  }
});

test("a file of anything is refused in words or read, whatever it is", () => {
  const file = Buffer.from(pcapng(goodSession(1).trace.events));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(Math.min(2_000, file.length - 1)), fc.nat(255)), { minLength: 1, maxLength: 8 }),
      (changes) => {
        const damaged = Buffer.from(file);
        for (const [at, value] of changes) damaged[at] = value;
        inFile(damaged, (path) => {
          try {
            sniffed(path);
          } catch (error) {
            assert.ok(error instanceof UnreadableCapture, String(error));
          }
        });
      },
    ),
    { numRuns: 150 },
  );
  assert.throws(() => [...readCapture("/nowhere")], UnreadableCapture);
  assert.throws(() => [...readCapture(__filename)], /neither pcap nor pcapng/);
  assert.throws(() => [...readCapture(__dirname)], UnreadableCapture);
});

test("segments in any order, some twice, become the stream, across the turn of the sequence numbers", () => {
  const stream = Uint8Array.from({ length: 400 }, (_, index) => index % 251);
  fc.assert(
    fc.property(fc.nat(0xffffffff), fc.array(fc.tuple(fc.nat(399), fc.nat(60)), { maxLength: 40 }), (start, extra) => {
      const order = new Reassembly();
      const seq = (at: number) => (start + 1 + at) >>> 0;
      const flags = { fin: false, reset: false };
      order.push({ seq: start, syn: true, ...flags, payload: new Uint8Array() });
      const pieces = [...extra, ...Array.from({ length: 20 }, (_, index) => [index * 20, 20] as const)];
      const got = pieces.flatMap(
        ([at, length]) =>
          order.push({ seq: seq(at), syn: false, ...flags, payload: stream.subarray(at, at + length) }).bytes,
      );
      assert.deepEqual(Uint8Array.from(Buffer.concat(got)), stream);
    }),
  );
});

test("once a protocol is agreed, its messages alone are read: bytes of the handshake are none of it", () => {
  const conversation = new Conversation();
  let seq = 0;
  const say = (payload: Uint8Array) => {
    const bytes = frame(0x8001, payload);
    const heard = conversation.push("a", { seq, syn: false, fin: false, reset: false, payload: bytes });
    seq += bytes.length;
    return heard.map(({ name }) => name);
  };
  const iso2 = { ProtocolNamespace: "urn:iso:15118:2:2013:MsgDef", VersionNumberMajor: 2, VersionNumberMinor: 0 };
  const offer = encode(appProtocol, "supportedAppProtocolReq", {
    AppProtocol: [{ ...iso2, SchemaID: 3, Priority: 1 }],
  });
  assert.deepEqual(say(offer), ["supportedAppProtocolReq"]);
  const agreed = { ResponseCode: "OK_SuccessfulNegotiation", SchemaID: 3 } as const;
  assert.deepEqual(say(encode(appProtocol, "supportedAppProtocolRes", agreed)), ["supportedAppProtocolRes"]);
  assert.deepEqual(say(offer), ["(undecodable)"]);
});

test("a gap that is never filled is told, and what follows is read on", () => {
  const order = new Reassembly();
  const flags = { syn: false, fin: false, reset: false };
  order.push({ seq: 0, ...flags, payload: new Uint8Array(10) });
  let gaps = 0;
  for (let at = 20; at < 600_000; at += 1000) {
    if (order.push({ seq: at, ...flags, payload: new Uint8Array(1000) }).gap) gaps++;
  }
  assert.equal(gaps, 1);
});

test("truncated and random frames are nothing to a sniffer", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom("", "88e1", "86dd", "8100000186dd"),
      (bytes, type) => {
        const frame = Buffer.concat([Buffer.alloc(12, 2), Buffer.from(type, "hex"), bytes]);
        for (const message of new Sniffer().hear(0, frame)) assert.equal(typeof message.name, "string");
      },
    ),
    { numRuns: 5_000 },
  );
});
