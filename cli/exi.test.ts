import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { tree } from "./tree";

const main = ["-r", "ts-node/register", join(__dirname, "main.ts"), "exi"];
const run = (args: string[], input?: string) =>
  spawnSync(process.execPath, [...main, ...args], { encoding: "utf8", timeout: 60_000, ...(input && { input }) });

const sessionSetupReq = "809802000000000000000011d01aaf37bc04080c00";

test("what decode prints on a pipe, encode turns back into the same stream", () => {
  const decoded = execFileSync(process.execPath, [...main, "decode", "--set", "iso2", sessionSetupReq], {
    encoding: "utf8",
  });
  assert.deepEqual(JSON.parse(decoded), {
    set: "iso2",
    kind: "document",
    exi: sessionSetupReq,
    root: "{urn:iso:15118:2:2013:MsgDef}V2G_Message",
    value: { Header: { SessionID: "0000000000000000" }, Body: { SessionSetupReq: { EVCCID: "ABCDEF010203" } } },
  });
  assert.equal(run(["encode", "-"], decoded).stdout, `${sessionSetupReq}\n`);
});

test("a stream that is refused exits 1 with one line, wrong usage exits 2 with one line", () => {
  const refused = run(["decode", "--set", "iso2", "80ff"]);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /^[^\n]*bit 15[^\n]*\n$/);
  for (const args of [
    ["decode", "--set", "iso2", "8g"],
    ["check", "/no/such/file"],
    ["encode", "{"],
  ]) {
    const { status, stderr } = run(args);
    assert.equal(status, 2, args.join(" "));
    assert.match(stderr, /^[^\n]+\n$/, args.join(" "));
  }
});

test("check counts the lines that hold and names those that do not", () => {
  const folder = mkdtempSync(join(tmpdir(), "exi-"));
  const good = {
    id: "good",
    set: "sap",
    kind: "document",
    exi: "80400040",
    root: "{urn:iso:15118:2:2010:AppProtocol}supportedAppProtocolRes",
    value: { ResponseCode: "OK_SuccessfulNegotiation", SchemaID: 1 },
  };
  const bad = { ...good, id: "bad", value: { ...good.value, SchemaID: 2 } };
  const file = join(folder, "vectors.jsonl");
  writeFileSync(file, [good, bad].map((line) => JSON.stringify(line)).join("\n"));
  const { status, stdout } = run(["check", file]);
  rmSync(folder, { recursive: true });
  assert.equal(status, 1);
  const [difference, count] = stdout.split("\n");
  assert.match(difference!, /^bad: is read as /);
  assert.equal(count, "checked 2, ok 1");
});

test("a tree has small objects on one line", () => {
  const value = { A: { Unit: "V", Value: 4 }, B: [{ C: "x".repeat(30) }], D: {} };
  assert.equal(tree("Root", value), `Root\n  A: Unit V, Value 4\n  B[0]\n    C: ${"x".repeat(30)}\n  D: (empty)`);
});
