import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";

/** What a person who calls a command wrongly, or on a machine that lacks something, is told: status and at most three lines. */

const main = join(__dirname, "main.ts");

async function call(
  args: readonly string[],
  environment: Record<string, string> = {},
  stdin: "ignore" | "pipe" = "ignore",
) {
  const child = spawn(process.execPath, ["-r", "ts-node/register", main, ...args], {
    cwd: join(__dirname, ".."),
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, ...environment },
    stdio: [stdin, "pipe", "pipe"],
    timeout: 60_000,
  });
  let [out, err] = ["", ""];
  child.stdout?.on("data", (bytes: Buffer) => {
    out += bytes.toString();
  });
  child.stderr?.on("data", (bytes: Buffer) => {
    err += bytes.toString();
  });
  const [status] = (await once(child, "close")) as [number | null];
  return { status, out, err };
}

function file(context: TestContext, content: string): string {
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "x.env");
  writeFileSync(path, content);
  return path;
}

type Row = readonly [
  what: string,
  status: number,
  says: RegExp,
  args: readonly string[],
  environment?: Record<string, string>,
];

// biome-ignore format: a row a line
const rows: readonly Row[] = [
  ["CL01 an unknown command", 2, /unknown command 'charge'/, ["charge"]],
  ["CL01 an unknown option", 2, /unknown option '--ifac'/, ["secc", "--ifac", "eth0"]],
  ["CL01 an option without its value", 2, /argument missing/, ["secc", "--iface"]],
  ["CL01 a value that is no choice", 2, /Allowed choices are sim, hal/, ["secc", "--controller", "real"]],
  ["CL01 a number that is none", 2, /from 0 to 65535/, ["secc", "--port", "many"]],
  ["CL01 options that exclude each other", 2, /exclude each other/, ["secc", "--pilot", "sim", "--plant", "x"]],
  ["CL01 too much of it", 2, /too many arguments/, ["doctor", "now"]],
  ["CF01 a file that is not there", 2, /^ccs-hil: \/no\/such\.env: no such file$/m, ["secc", "--secc-config", "/no/such.env", "--pilot", "sim"]],
  ["CF01 a folder as a file", 2, /^ccs-hil: \/usr: is a folder/, ["secc", "--slac-config", "/usr", "--pilot", "sim"]],
  ["CF02 a variable out of range", 2, /environment: V2G_DROP_TX_PROB="7": a number from 0 to 1/, ["secc", "--pilot", "sim"], { V2G_DROP_TX_PROB: "7" }],
  ["CF01 settings that are no JSON", 2, /^ccs-hil: --config:1:6: a value is expected$/m, ["secc", "--pilot", "sim", "--config", '{"a":}']],
  ["CF02 settings that cannot be, all at once", 2, /authorisation is free or external; there is no foo/, ["secc", "--pilot", "sim", "--config", '{"authorisation":"maybe","foo":1}']],
  ["CF04 an interface that is waited for and does not come", 3, /no network interface "nope0"/, ["secc", "--iface", "nope0", "--pilot", "sim", "--wait-iface", "0.1"]],
  ["CL01 a time to wait that is none", 2, /from 0 to 86400/, ["evcc", "--wait-iface", "long"]],
  ["CF04 an interface that is not there", 3, /no network interface "nope0"/, ["secc", "--iface", "nope0", "--pilot", "sim"]],
  ["CF04 a car's interface that is not there", 3, /no network interface "nope0"/, ["evcc", "--iface", "nope0", "--pilot", "sim"]],
  ["CF04 a log that cannot be written", 3, /cannot write the log file \/no\/log: ENOENT/, ["secc", "--pilot", "sim"], { EVSE_LOG_FILE: "/no/log" }],
  ["CF04 an interface without a link-local address", 3, /lo has no IPv6 link-local address/, ["secc", "--iface", "lo", "--link", "none", "--pilot", "sim"]],
];
for (const [what, status, says, args, environment] of rows) {
  test(`${what}: status ${status}`, async () => {
    const { status: got, out, err } = await call(args, environment);
    assert.equal(got, status, err);
    assert.equal(out, "");
    assert.match(err, says);
    assert.ok(err.trim().split("\n").length <= 3, err);
    assert.doesNotMatch(err, /\n +at /);
  });
}

test("CF02 an unknown name in a car's file: status 2, with its place and the name that was meant", async (context) => {
  const path = file(context, "IFACE=lo\nEVSE_LOG_LEVLE=DEBUG\n");
  const { status, err } = await call(["evcc", "--evcc-config", path, "--pilot", "sim"]);
  assert.deepEqual(
    [status, err],
    [2, `ccs-hil: ${path}:2:1: EVSE_LOG_LEVLE is not known; EVSE_LOG_LEVEL was meant?\n`],
  );
});

test("CL02 closed input, and a reader who leaves early: normal work", async () => {
  const child = spawn(
    "bash",
    [
      "-c",
      '{ "$0" -r ts-node/register "$1" session --loops 3 <&-; echo "status $?" >&2; } | head -1',
      process.execPath,
      main,
    ],
    {
      cwd: join(__dirname, ".."),
      env: { ...process.env, NODE_TEST_CONTEXT: undefined },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let [out, err] = ["", ""];
  child.stdout.on("data", (bytes: Buffer) => {
    out += bytes.toString();
  });
  child.stderr.on("data", (bytes: Buffer) => {
    err += bytes.toString();
  });
  await once(child, "close");
  assert.equal(err, "status 0\n");
  assert.equal(out.split("\n").length, 2);
});

test("CL02 a reader of the log who leaves: the station goes on", async (context) => {
  const args = ["-r", "ts-node/register", main, "api", "--port", "0"];
  const child = spawn(process.execPath, args, {
    cwd: join(__dirname, ".."),
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, EVSE_LOG_LEVEL: "DEBUG" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  context.after(() => child.kill("SIGKILL"));
  let said = "";
  while (!/http:\S+ /.test(said)) said += String(((await once(child.stderr, "data")) as [Buffer])[0]);
  const base = /http:\S+/.exec(said)?.[0] ?? "";
  child.stderr.destroy();
  for (const [path, body] of [
    ["start_session", '{"duration_s":1}'],
    ["fault", '{"type":"E_STOP"}'],
  ] as const) {
    const answer = await fetch(`${base}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    assert.equal(answer.status, 200, path);
    await answer.text();
  }
  assert.equal((await fetch(`${base}status`)).status, 200);
  child.kill("SIGTERM");
  assert.deepEqual(await once(child, "exit"), [0, null]);
});
