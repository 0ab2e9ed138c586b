import { deepEqual, equal, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Trace, type TraceEvent } from "../core";
import { foreign } from "../scripts/foreign";
import type { CaptureOptions } from "./capture-file";
import { goodSession, match, Scene, setUp } from "./example-session";
import { pcapng } from "./pcapng";

const tshark = spawnSync("tshark", ["--version"]).status === 0;
const dissected = tshark ? {} : { skip: "not run: tshark is not installed" };

/** One line a frame, its fields split by tabs. */
function read(events: readonly TraceEvent[], fields: string[], options: CaptureOptions = {}): string[][] {
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-pcapng-"));
  try {
    const file = join(folder, "capture.pcapng");
    writeFileSync(file, pcapng(events, options));
    const checks = ["-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE"];
    const asked = fields.flatMap((field) => ["-e", field]);
    const run = spawnSync("tshark", ["-r", file, "-n", ...checks, "-T", "fields", ...asked], { encoding: "utf8" });
    equal(run.status, 0, run.stderr);
    return run.stdout
      .split("\n")
      .filter(Boolean)
      .map((line) => line.split("\t"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const complaints = (events: readonly TraceEvent[]) =>
  read(events, ["frame.number", "_ws.expert.message"]).filter(([, message = ""]) =>
    /retransmission|out-of-order|out of order|checksum|unseen|duplicate|window|malformed|previous segment|reused/i.test(
      message,
    ),
  );

test("tshark reads every frame of a session, without a complaint about TCP or checksums", dissected, () => {
  const { events } = goodSession(40).trace;
  deepEqual(complaints(events), []);
  const rows = read(events, [
    "frame.interface_name",
    "frame.protocols",
    "frame.comment",
    "tcp.checksum.status",
    "udp.checksum.status",
  ]);
  const sent = events.filter((event) => (event.type === "v2g" || event.type === "sdp") && event.dir === "tx").length;
  const mmes = events.filter(
    (event) => event.type === "mme" && (event.dir === "tx" || event.name.includes("PROFILE")),
  ).length;
  const segments = rows.filter((row) => row[1]?.includes(":tcp")).length;
  equal(rows.filter((row) => row[1]?.includes("homeplug")).length, mmes);
  equal(rows.filter((row) => row[2]?.match(/Req|Res/)).length, sent);
  // handshake of 3, one message of 1.8 kB in two segments, FIN from either side and the last ACK
  equal(segments, sent - 2 + 3 + 1 + 3);
  deepEqual([...new Set(rows.map((row) => row[0]))].sort(), ["evcc", "secc"]);
  ok(
    rows.filter((row) => row[1]?.includes(":tcp")).every((row) => row[3] === "1"),
    "TCP checksums",
  );
  ok(
    rows.filter((row) => row[1]?.includes(":udp")).every((row) => row[4] === "1"),
    "UDP checksums",
  );
});

test("times and directions are those of the trace", dissected, () => {
  const scene = new Scene().wait(1234.5678).mme("evcc", "CM_SLAC_PARM.REQ", 0x6064, "0000");
  const rows = read(scene.trace.events, ["frame.time_epoch", "eth.src", "frame.packet_flags_direction"], {
    startedAt: 1_700_000_000_000,
  });
  deepEqual(rows, [["1700000001.234567800", "02:a1:b2:c3:00:02", "0x00000002"]]);
});

/** Payloads of a foreign capture as a trace, as if both hosts had recorded them. */
function recorded(file: string): { trace: Trace; payloads: string[] } {
  const fields = [
    "frame.time_relative",
    "eth.src",
    "tcp.payload",
    "tcp.stream",
    "tcp.srcport",
    "tcp.dstport",
    "ipv6.src",
    "ipv6.dst",
  ];
  const args = ["-r", file, "-Y", "tcp.len > 0", "-T", "fields", ...fields.flatMap((field) => ["-e", field])];
  const rows = spawnSync("tshark", args, { encoding: "utf8" }).stdout.split("\n").filter(Boolean);
  let now = 0;
  const trace = new Trace(() => now);
  const opened = new Set<string>();
  const payloads: string[] = [];
  for (const row of rows) {
    const [time, , hex = "", stream = "0", sport, dport, source = "", target = ""] = row.split("\t");
    now = Number(time) * 1000;
    const from = { address: source, port: Number(sport) };
    const to = { address: target, port: Number(dport) };
    const connection = Number(stream);
    if (!opened.has(stream)) {
      opened.add(stream);
      trace.record("evcc", { type: "connection", connection, op: "open", by: "local", local: from, peer: to });
      trace.record("secc", { type: "connection", connection, op: "open", by: "peer", local: to, peer: from });
    }
    const client =
      trace.of("connection", "evcc").find((open) => open.connection === connection)?.local.address === source;
    const [node, far] = client ? (["evcc", "secc"] as const) : (["secc", "evcc"] as const);
    const frame = { type: "v2g", connection, name: "recorded", hex: hex.toUpperCase() } as const;
    trace.record(node, { ...frame, dir: "tx" });
    trace.record(far, { ...frame, dir: "rx" });
    payloads.push(hex);
  }
  return { trace, payloads };
}

if (tshark) {
  foreign(
    "a session that a foreign test system captured is written and read back",
    ["data/captures/ISO-2_DC_DS5366.pcapng"],
    ([file]) => {
      const { trace, payloads } = recorded(file!);
      ok(payloads.length > 100);
      deepEqual(complaints(trace.events), []);
      const back = read(trace.events, ["tcp.payload"]).map(([payload = ""]) => payload);
      deepEqual(back.filter(Boolean).join(""), payloads.join(""));
    },
  );
}

test("a receiver's copy is captured only when both ends are asked for", dissected, () => {
  const scene = match(new Scene());
  const sender = read(scene.trace.events, ["frame.interface_name"]);
  const both = read(scene.trace.events, ["frame.interface_name"], { ends: "both" });
  equal(both.length, scene.trace.of("mme").length);
  ok(sender.length < both.length);
});

test("what only one end recorded is captured at that end", dissected, () => {
  const { events } = goodSession(5).trace;
  const own = events.filter((event) => event.node === "evcc");
  deepEqual(complaints(own), []);
  const rows = read(own, ["frame.interface_name", "frame.packet_flags_direction"]);
  deepEqual([...new Set(rows.map((row) => row[0]))], ["evcc"]);
  ok(rows.some((row) => row[1] === "0x00000001") && rows.some((row) => row[1] === "0x00000002"));
});

test("the vehicle is the client of its connection, whoever is said to have opened it", dissected, () => {
  const { events } = setUp(new Scene()).trace;
  const said = events.map((event) => (event.type === "connection" ? { ...event, by: "peer" as const } : event));
  deepEqual(complaints(said), []);
  deepEqual(
    read(said, ["tcp.flags.syn", "frame.interface_name"]),
    read(events, ["tcp.flags.syn", "frame.interface_name"]),
  );
});

test("a reset and a refused connection are a RST", dissected, () => {
  const reset = setUp(new Scene()).close("secc", "reset").trace.events;
  deepEqual(complaints(reset), []);
  equal(read(reset, ["tcp.flags.reset"]).filter(([flag]) => flag === "1" || flag === "True").length, 1);
  const trace = new Trace(() => 0);
  const end = (port: number) => ({ address: "fe80::1", port });
  trace.record("evcc", { type: "connection", connection: 1, op: "refused", by: "local", local: end(5), peer: end(6) });
  deepEqual(read(trace.events, ["tcp.flags.str"]).length, 2);
});

test("a peer that floods and is never answered stays within the announced window", dissected, () => {
  const scene = new Scene().connect();
  for (let i = 0; i < 200; i++) scene.v2g("evcc", "SessionSetupReq", { i }, 1000).wait(1);
  deepEqual(complaints(scene.trace.events), []);
  const inFlight = read(scene.trace.events, ["tcp.analysis.bytes_in_flight"]).map(([octets]) => Number(octets ?? 0));
  ok(Math.max(...inFlight) < 0xffff);
});

test("a capture is bounded and says what it left out", () => {
  const scene = new Scene().connect();
  for (let i = 0; i < 2000; i++) scene.v2g("evcc", "SessionSetupReq", { i }, 1000).wait(1);
  const bytes = Buffer.from(pcapng(scene.trace.events, { maxBytes: 50_000 }));
  ok(bytes.length < 51_000);
  ok(bytes.includes("further frames are left out"));
});

test("a trace without frames is an empty capture", () => {
  equal(Buffer.from(pcapng([])).readUInt32LE(0), 0x0a0d0d0a);
});
