import assert from "node:assert/strict";
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { SystemClock } from "../drivers/linux/clock";
import { PlantObserver } from "../drivers/plant";

const main = join(__dirname, "main.ts");

/** The command as a process, and what it has said. */
function run(args: readonly string[], options: SpawnOptions = {}) {
  const child = spawn(process.execPath, ["-r", "ts-node/register", main, "plant", ...args], {
    cwd: join(__dirname, ".."),
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
    stdio: ["ignore", "pipe", "pipe"],
    ...options,
  });
  const said = { out: "", err: "" };
  child.stdout?.on("data", (bytes: Buffer) => {
    said.out += bytes.toString();
  });
  child.stderr?.on("data", (bytes: Buffer) => {
    said.err += bytes.toString();
  });
  return { child, said, exit: once(child, "exit").then(([code]) => code as number | null) };
}

const ready = (child: ChildProcess) => once(child.stdout!, "data");

function folder(context: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), "ccs-hil-plant-"));
  context.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test("a plant says in one line that it is ready, keeps to its configuration and origin, and ends by a signal", async (context) => {
  const dir = join(folder(context), "plant");
  const origin = process.hrtime.bigint() - 5_000_000_000n;
  const config = join(folder(context), "plant.json");
  writeFileSync(config, JSON.stringify({ battery: { soc: 61 }, actuators: { lock: { onMs: 7 } } }));
  // A pipe to it stays open: only the signal may end it.
  const { child, said, exit } = run(["--dir", dir, "--config", config, "--origin", String(origin)], { stdio: "pipe" });
  context.after(() => child.kill("SIGKILL"));
  await ready(child);
  assert.equal(said.out, `Plant ready: ${["evse", "ev", "observer"].map((role) => join(dir, role)).join(" ")}\n`);
  const clock = new SystemClock();
  const observer = await PlantObserver.open({ path: join(dir, "observer"), clock, originNs: clock.origin });
  assert.equal(observer.link.originNs, origin);
  assert.equal((await observer.sample()).soc, 61);
  observer.close();
  child.kill("SIGTERM");
  assert.deepEqual([await exit, said.err, existsSync(join(dir, "evse"))], [0, "", false]);
});

test("a plant takes the place of one that was killed, and leaves a running one alone", async (context) => {
  const dir = folder(context);
  const first = run(["--dir", dir]);
  await ready(first.child);
  const second = run(["--dir", dir]);
  assert.deepEqual([await second.exit, second.said.out], [3, ""]);
  assert.match(second.said.err, /^ccs-hil: cannot listen on .*evse: a plant is running there\n$/);
  first.child.kill("SIGKILL");
  await first.exit;
  assert.ok(existsSync(join(dir, "evse")));
  const third = run(["--dir", dir]);
  await ready(third.child);
  third.child.kill("SIGINT");
  assert.deepEqual([await third.exit, existsSync(join(dir, "evse"))], [0, false]);
});

test("a plant ends when the pipe to its parent does", async (context) => {
  const dir = folder(context);
  const { child, exit } = run(["--dir", dir], { stdio: "pipe" });
  await ready(child);
  child.stdin?.end();
  assert.deepEqual([await exit, existsSync(join(dir, "evse"))], [0, false]);
});

test("a plant ends when its parent dies without a word", async (context) => {
  const dir = folder(context);
  const script = `
    const { spawn } = require("node:child_process");
    const args = ["-r", "ts-node/register", ${JSON.stringify(main)}, "plant", "--die-with-parent", "--dir", ${JSON.stringify(dir)}];
    spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });`;
  const parent = spawn(process.execPath, ["-e", script], {
    cwd: join(__dirname, ".."),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = once(parent.stdout, "close");
  await ready(parent);
  assert.ok(existsSync(join(dir, "evse")));
  parent.kill("SIGKILL");
  await gone;
  assert.ok(!existsSync(join(dir, "evse")));
});

const mistakes: readonly (readonly [string, readonly string[], RegExp])[] = [
  ["no folder", [], /--dir/],
  ["no JSON", ["--dir", "x", "--config", "{"], /--config:1:2: /],
  ["no file", ["--dir", "x", "--config", "no/such.json"], /no\/such\.json: no such file/],
  ["no section", ["--dir", "x", "--config", '{"batery":{}}'], /plant: there is no "batery"; there are pilot, /],
  [
    "no figure",
    ["--dir", "x", "--config", '{"actuators":{"lock":{"on":1}}}'],
    /plant\.actuators\.lock: there is no "on"/,
  ],
  ["no number", ["--dir", "x", "--config", '{"battery":{"soc":"35"}}'], /plant\.battery\.soc: a number is needed/],
  ["no plant", ["--dir", "x", "--config", '{"battery":{"soc":135}}'], /plant\.battery\.soc: 135 is above 100/],
  ["a seed of words", ["--dir", "x", "--seed", "one"], /--seed/],
  ["an origin to come", ["--dir", "x", "--origin", "9999999999999999999"], /nanoseconds up to the present/],
];

test("mistakes of whoever calls are told in a line, with status 2, and no socket is made", async () => {
  for (const [what, args, pattern] of mistakes) {
    const { exit, said } = run(args);
    assert.equal(await exit, 2, what);
    assert.match(said.err, pattern);
    assert.doesNotMatch(said.err, /\n +at /, what);
  }
  assert.ok(!existsSync(join(__dirname, "..", "x")));
});
