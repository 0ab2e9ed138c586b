import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";

const project = join(__dirname, "..");
const main = ["-r", "ts-node/register", join(__dirname, "main.ts")];
const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
const hil = (...more: readonly string[]) =>
  spawnSync(process.execPath, [...main, ...more], { cwd: project, env, encoding: "utf8" });
const sniff = (...more: readonly string[]) => hil("sniff", ...more);

function session(context: TestContext): { folder: string; file: string } {
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-sniff-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "session.pcapng");
  assert.equal(hil("session", "--speed", "0", "--loops", "2", "--pcapng", file).status, 0);
  return { folder, file };
}

test("a file is shown message by message, the car is named, and what is written shows the same again", (context) => {
  const { folder, file } = session(context);
  const copy = join(folder, "copy.pcapng");
  const { status, stdout, stderr } = sniff(file, "--write", copy);
  assert.deepEqual([status, stderr], [0, ""]);
  const [, car] = /== a car: (\S+)/.exec(stdout) ?? [];
  assert.match(stdout, new RegExp(`EVCC ${car} → all +CM_SLAC_PARM\\.REQ`));
  for (const name of ["SDP request", "SDP response", "SessionSetupReq", "CurrentDemandRes", "SessionStopRes"])
    assert.ok(stdout.includes(name), name);
  assert.doesNotMatch(stdout, /undecodable|!/);
  assert.equal(sniff(copy).stdout, stdout);
  const [first, ...others] = sniff(file, "--json", "--count", "2").stdout.trim().split("\n");
  assert.equal((JSON.parse(first ?? "") as { layer: string }).layer, "mme");
  assert.equal(others.length, 1);
});

test("mistakes of whoever calls are told in a line, with status 2 or 3", (context) => {
  const { folder } = session(context);
  for (const [status, pattern, ...given] of [
    [2, /either a file or --iface/],
    [2, /either a file or --iface/, "x", "--iface", "y"],
    [2, /x cannot be read: ENOENT/, join(folder, "x")],
    [2, /neither pcap nor pcapng/, __filename],
    [3, /cannot write .*: ENOENT/, join(folder, "session.pcapng"), "--write", join(folder, "no", "such")],
    [3, /no network interface "nowhere0"/, "--iface", "nowhere0"],
  ] as const) {
    const said = sniff(...given);
    assert.equal(said.status, status, said.stderr);
    assert.match(said.stderr, pattern);
    assert.doesNotMatch(said.stderr, /\n +at /);
  }
});

test("a reader that has seen enough closes the pipe without a complaint", async (context) => {
  const { file } = session(context);
  const child = spawn(process.execPath, [...main, "sniff", file], {
    cwd: project,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (text: Buffer) => {
    said += text.toString();
  });
  child.stdout.destroy();
  const [code] = (await once(child, "exit")) as [number | null];
  assert.deepEqual([code, said], [0, ""]);
});
