import { deepEqual, equal, match, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { hex, unhex } from "../core";
import { equipped, foreignRoot } from "../scripts/foreign";
import type { CaptureOptions } from "./capture-file";
import { type Captured, type PortFrame, portCapture } from "./port-capture";
import { readCapture } from "./sniffer";

function inFile<T>(bytes: Uint8Array, use: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-port-capture-"));
  try {
    const path = join(folder, "capture.pcapng");
    writeFileSync(path, bytes);
    return use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One line a frame, its fields split by tabs. */
function dissected(path: string, fields: readonly string[]): string[][] {
  const asked = fields.flatMap((field) => ["-e", field]);
  const run = spawnSync("tshark", ["-r", path, "-n", "-T", "fields", ...asked], { encoding: "utf8" });
  equal(run.status, 0, run.stderr);
  return run.stdout
    .split("\n")
    .filter(Boolean)
    .map((row) => row.split("\t"));
}

const frames = (captured: readonly PortFrame[], options: CaptureOptions = {}, omitted = 0) =>
  inFile(portCapture({ frames: captured, omitted }, options), (path) => [...readCapture(path)]);

const comments = (captured: Captured): string => Buffer.from(portCapture(captured)).toString("latin1");

const slacParm = unhex(`${"ff".repeat(6)}020000000002${"88e1016460"}${"00".repeat(43)}`);
const getKey = unhex(`00b052000001020000000002${"88e1000ca0"}${"00".repeat(43)}`);
const of = (node: "secc" | "evcc", dir: "in" | "out", t: number, frame = slacParm): PortFrame => ({
  node,
  dir,
  t,
  frame,
});

test("a frame that crosses the line stands at its sender's port, once, or at both where that is asked", () => {
  const crossing = [of("secc", "out", 1.4), of("evcc", "in", 1)];
  deepEqual(
    frames(crossing).map(({ at }) => at),
    [1_000_000n],
  );
  match(comments({ frames: crossing, omitted: 0 }), /CM_SLAC_PARM\.REQ, 0\.400 ms on the line/);
  const both = frames(crossing, { ends: "both" });
  deepEqual(
    both.map(({ at, index }) => [at, index]),
    [
      [1_000_000n, 0],
      [1_400_000n, 1],
    ],
  );
});

test("what gets lost says so; what is for the own modem does not; an older one that is missing was the lost one", () => {
  match(comments({ frames: [of("evcc", "in", 1)], omitted: 0 }), /did not arrive/);
  ok(!comments({ frames: [of("evcc", "in", 1, getKey)], omitted: 0 }).includes("did not arrive"));
  const again = comments({ frames: [of("evcc", "in", 1), of("evcc", "in", 201), of("secc", "out", 202)], omitted: 0 });
  equal(again.match(/did not arrive/g)?.length, 1);
  match(again, /, 1\.000 ms on the line/);
});

test("what a line repeats, and what a modem says itself, stands where it came out", () => {
  const twice = frames([of("evcc", "in", 1), of("secc", "out", 2), of("secc", "out", 3), of("evcc", "out", 4, getKey)]);
  deepEqual(
    twice.map(({ at, index }) => [at, index]),
    [
      [1_000_000n, 0],
      [3_000_000n, 1],
      [4_000_000n, 0],
    ],
  );
});

test("frames that were not kept are told, and thousands of equal ones are no burden", () => {
  match(comments({ frames: [of("evcc", "in", 1)], omitted: 7 }), /7 further frames were not kept/);
  const flood = Array.from({ length: 30_000 }, (_, index) => of("evcc", "in", index));
  equal(frames(flood).length, 30_000);
});

const session = "data/captures/DIN_DC_DS5366_Josev.pcapng";
const car = "00E04C68001D";

const path = join(foreignRoot, session);
const lack = !existsSync(path)
  ? `foreign data absent (${path})`
  : spawnSync("tshark", ["--version"]).error && "tshark is not installed";
equipped("of a foreign session on two ports tshark sees what it sees of the recording", lack, () => {
  const recorded = [...readCapture(path)];
  const epoch = recorded[0]?.at ?? 0n;
  const cross = (dir: "in" | "out") =>
    recorded.map(({ at, frame }): PortFrame => {
      const fromCar = hex(frame.subarray(6, 12)) === car;
      const node = fromCar === (dir === "in") ? "evcc" : "secc";
      return { node, dir, t: Number(at - epoch) / 1e6 + (dir === "in" ? 0 : 0.05), frame };
    });
  const seen = (file: string) => dissected(file, ["frame.len", "frame.protocols", "tcp.stream", "tcp.analysis.flags"]);
  const merged = portCapture({ frames: [...cross("out"), ...cross("in")], omitted: 0 });
  inFile(merged, (file) => {
    deepEqual(seen(file), seen(path));
    const named = dissected(file, ["frame.interface_name", "frame.comment"]).map((row) => row.join(" "));
    ok(named.some((row) => /^evcc SessionSetupReq, 0\.05\d ms on the line$/.test(row)));
    ok(named.some((row) => /^secc SessionStopRes, /.test(row)));
  });
});
