import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { CommandError } from "./errors";
import { Log, type LogOptions } from "./log";
import { Repetitions } from "./repetitions";

function folderOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-log-"));
  context.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** What stands in the file once everything has been written. */
async function written(file: string, body: (log: Log) => void, options: Partial<LogOptions> = {}): Promise<string> {
  body(new Log({ level: "info", format: "text", file, ...options }));
  await new Promise((resolve) => setTimeout(resolve, 50));
  return readFileSync(file, "utf8");
}

test("one event is one line, from its level on, in text or JSON", async (context) => {
  const file = join(folderOf(context), "log");
  const body = (log: Log): void => {
    log.write("debug", "hlc", "unseen");
    log.write("info", "evse.main", "SLAC matched", { ev_mac: "00:11", attenuation_db: 12 });
  };
  assert.match(await written(file, body), /^\S+Z INFO {2}evse\.main {4}SLAC matched ev_mac=00:11 attenuation_db=12\n$/);
  const json = await written(join(folderOf(context), "log"), body, { format: "json" });
  const { time, ...rest } = JSON.parse(json) as { time: string };
  assert.ok(Number.isFinite(Date.parse(time)));
  assert.deepEqual(rest, {
    ...{ level: "info", logger: "evse.main", message: "SLAC matched" },
    ...{ ev_mac: "00:11", attenuation_db: 12 },
  });
});

test("keys and tokens do not stand in a log, at any depth", async (context) => {
  const body = (log: Log): void =>
    log.write("info", "hlc", "x", {
      NMK: "50D3",
      nid: "B0F2",
      Header: { token: "t0k" },
      ContractSignatureEncryptedPrivateKey: "priv",
    });
  for (const format of ["text", "json"] as const) {
    const text = await written(join(folderOf(context), "log"), body, { format });
    assert.doesNotMatch(text, /50D3|t0k|priv"|=priv/);
    assert.match(text, /B0F2/);
  }
});

test("what a peer says begins no line of its own", async (context) => {
  const text = await written(join(folderOf(context), "log"), (log) =>
    log.write("warn", "hlc", "refused\nforged", { reason: "a\r\n2026 ERROR forged\u001b[2J" }),
  );
  assert.equal(text.split("\n").length, 2);
  assert.ok(!text.includes("\u001b"));
});

test("a file that has grown is put aside, and no more are kept than asked for", async (context) => {
  const folder = folderOf(context);
  const file = join(folder, "log");
  await written(
    file,
    (log) => {
      for (let at = 0; at < 500; at++) log.write("info", "hlc", `line ${at}`);
    },
    { maxBytes: 4096, backups: 2 },
  );
  assert.deepEqual(readdirSync(folder).sort(), ["log", "log.1", "log.2"]);
  for (const name of readdirSync(folder)) assert.ok(statSync(join(folder, name)).size <= 4096, name);
  const [oldest, older, now] = ["log.2", "log.1", "log"].map((name) => readFileSync(join(folder, name), "utf8"));
  const numbers = [...`${oldest}${older}${now}`.matchAll(/line (\d+)/g)].map(([, number]) => Number(number));
  assert.equal(numbers.at(-1), 499);
  assert.deepEqual(
    numbers,
    Array.from({ length: numbers.length }, (_, at) => 500 - numbers.length + at),
    "no gap",
  );
});

test("a file is gone on with after a restart, and no backups may be asked for", async (context) => {
  const file = join(folderOf(context), "log");
  const once = (log: Log): void => log.write("info", "hlc", "x".repeat(3000));
  await written(file, once, { maxBytes: 8192, backups: 0 });
  assert.equal((await written(file, once, { maxBytes: 8192, backups: 0 })).trim().split("\n").length, 2);
  assert.equal((await written(file, once, { maxBytes: 8192, backups: 0 })).trim().split("\n").length, 1);
  assert.equal(existsSync(`${file}.1`), false);
});

test("a file that cannot be written is named before anything starts", (context) => {
  const folder = folderOf(context);
  for (const [file, pattern] of [
    [folder, /EISDIR/],
    [join(folder, "no", "log"), /ENOENT/],
  ] as const) {
    assert.throws(
      () => new Log({ level: "info", format: "text", file }),
      (error: unknown) => error instanceof CommandError && error.exitCode === 3 && pattern.test(error.message),
    );
  }
});

test("a disk that is full does not end a session: the log goes on at the standard error output", () => {
  const script = `
    const { Log } = require(${JSON.stringify(join(__dirname, "log"))});
    const log = new Log({ level: "info", format: "text", file: "/dev/full" });
    log.write("info", "hlc", "first");
    setTimeout(() => log.write("info", "hlc", "second"), 50);
  `;
  const { status, stderr } = spawnSync(process.execPath, ["-r", "ts-node/register", "-e", script], {
    encoding: "utf8",
    cwd: join(__dirname, ".."),
  });
  assert.equal(status, 0, stderr);
  assert.match(stderr, /cannot write the log file \/dev\/full: ENOSPC; the log goes on here\n.* second\n$/);
});

test("a process that ends leaves no line behind, also in a file that was just put aside", (context) => {
  const file = join(folderOf(context), "log");
  const script = `
    const { Log } = require(${JSON.stringify(join(__dirname, "log"))});
    const { leave } = require(${JSON.stringify(join(__dirname, "peer"))});
    const log = new Log({ level: "info", format: "text", file: ${JSON.stringify(file)}, maxBytes: 4096 });
    for (let at = 0; at < 90; at++) log.write("info", "hlc", "line " + at);
    void leave(7);
  `;
  const { status, stderr } = spawnSync(process.execPath, ["-r", "ts-node/register", "-e", script], {
    encoding: "utf8",
    cwd: join(__dirname, ".."),
  });
  assert.equal(status, 7, stderr);
  const lines = `${readFileSync(`${file}.1`, "utf8")}${readFileSync(file, "utf8")}`.trim().split("\n");
  assert.deepEqual([lines.length, /line \d+$/.exec(lines.at(-1) ?? "")?.[0]], [90, "line 89"]);
});

test("a flood of the same line is held back, counted, and other lines pass", () => {
  let now = 0;
  const repetitions = new Repetitions(() => now);
  const passed = (kind: string | undefined, times: number): number =>
    Array.from({ length: times }, () => repetitions.take(kind).pass).filter(Boolean).length;
  assert.equal(passed("flood", 5000), 100);
  assert.equal(passed("other", 3), 3);
  assert.equal(passed(undefined, 5000), 5000);
  now = 10_000;
  assert.deepEqual(repetitions.take("other").held, [["flood", 4900]]);
  assert.equal(passed("flood", 200), 100);
});

test("ever new lines do not fill the memory", () => {
  const repetitions = new Repetitions(() => 0);
  for (let at = 0; at < 100_000; at++) repetitions.take(`line ${at}`);
  assert.ok((repetitions as unknown as { kinds: Map<string, object> }).kinds.size <= 256);
});
