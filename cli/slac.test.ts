import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { bothEnds, insideNamespace, skippingWithoutCapture } from "../drivers/linux/inside-namespace.contract";
import { hil, until } from "./programs.contract";

/** The result stands alone on standard output. */
const resultOf = (out: string): object => {
  assert.equal(out.split("\n").length, 2, out);
  return JSON.parse(out) as object;
};

test("mistakes of whoever calls are told in a line, with status 2 or 3", async () => {
  for (const [status, pattern, ...args] of [
    [2, /--role/],
    [2, /evse, ev/, "--role", "secc"],
    [2, /0\.1 to 86400/, "--role", "ev", "--timeout", "0"],
    [2, /slac, qca7000/, "--role", "ev", "--link", "none"],
    [3, /no network interface "nowhere0"/, "--role", "ev", "--iface", "nowhere0"],
  ] as const) {
    const { exit, said } = hil("slac", ...args);
    assert.equal(await exit, status, said.err);
    assert.match(said.err, pattern);
    assert.doesNotMatch(said.err, /\n +at /);
  }
});

insideNamespace(__filename, bothEnds, () => {
  const { skip } = skippingWithoutCapture();
  if (skip !== undefined) return void test("a match from the command line", { skip }, () => undefined);

  test("with nobody at the other end the result is one line too, and status 1; so it is when interrupted", async () => {
    const alone = hil("slac", "--role", "evse", "--iface", "left", "--timeout", "1");
    assert.equal(await alone.exit, 1);
    assert.deepEqual(resultOf(alone.said.out), { result: "failed", role: "evse", reason: "timeout" });
    const stopped = hil("slac", "--role", "ev", "--iface", "left");
    await until("it has begun", () => stopped.said.err.includes("Matching"));
    stopped.child.kill("SIGINT");
    assert.equal(await stopped.exit, 1);
    assert.deepEqual(resultOf(stopped.said.out), { result: "failed", role: "ev", reason: "interrupted" });
  });

  test("without a QCA7000 at the interface --link qca7000 says so, with status 3", async () => {
    const { exit, said } = hil("slac", "--role", "ev", "--iface", "left", "--link", "qca7000");
    assert.equal(await exit, 3);
    assert.match(said.err, /^ccs-hil: left: no modem answers within 8000 ms: /m);
    assert.equal(said.out, "");
  });

  test("who listens on the other interface sees each message as it passes, and keeps it", async (context) => {
    const folder = mkdtempSync(join(tmpdir(), "ccs-hil-seen-"));
    context.after(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, "seen.pcapng");
    const sniffer = hil("sniff", "--iface", "right", "--write", file, "--count", "2");
    context.after(() => sniffer.child.kill("SIGKILL"));
    await until("it listens", () => sniffer.said.err.includes("Listening"));
    const car = hil("slac", "--role", "ev", "--iface", "left", "--timeout", "5");
    assert.equal(await sniffer.exit, 0);
    assert.match(sniffer.said.out, /02:00:00:00:00:0A → own modem +CM_SET_KEY\.REQ/);
    const again = hil("sniff", file);
    await again.exit;
    assert.equal(again.said.out.split("CM_SET_KEY.REQ").length - 1, 2);
    await car.exit;
  });
});
