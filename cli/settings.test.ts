import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { CommandError } from "./errors";
import { readSettings } from "./settings";

function file(context: TestContext, content: string | Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "secc.env");
  writeFileSync(path, content);
  return path;
}

function faultsOf(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof CommandError && error.exitCode === 2, String(error));
    return error.message.split("\n").map((line) => line.trim());
  }
  return [];
}

test("a file gives settings, the environment stands over it, what is unknown is named", (context) => {
  const path = file(context, "IFACE=eth0\nEVSE_ID=DE*PNC*E12345*1\nV2G_MAX_DECODE_ERRORS=5\nREDIS_HOST=localhost\n");
  const { settings, ignored } = readSettings([path], { V2G_MAX_DECODE_ERRORS: "0", HOME: "/home/x" });
  assert.deepEqual(settings, { IFACE: "eth0", EVSE_ID: "DE*PNC*E12345*1", V2G_MAX_DECODE_ERRORS: 0 });
  assert.deepEqual(ignored, [{ name: "REDIS_HOST", because: "unknown" }]);
});

test("a variable of the environment that is empty is not set", (context) => {
  const path = file(context, "EVSE_ID=DE*X\n");
  const { settings } = readSettings([path], { EVSE_ID: "", EVSE_LOG_FILE: "", V2G_MAX_DECODE_ERRORS: "" });
  assert.deepEqual(settings, { EVSE_ID: "DE*X" });
});

test("every fault of every source is named at once, with its place", (context) => {
  const path = file(context, "\n# mine\n  V2G_DROP_TX_PROB=2\nthis is none\nexport EVSE_LOG_FORMAT=xml\n");
  assert.deepEqual(
    faultsOf(() => readSettings([path, "/nowhere/at/all"], { V2G_METRICS_UDP: "nonsense" })),
    [
      `${path}:4:1: no NAME=value, and no comment`,
      `${path}:3:3: V2G_DROP_TX_PROB="2": a number from 0 to 1 is needed`,
      `${path}:5:8: EVSE_LOG_FORMAT="xml": one of text, json is needed`,
      "/nowhere/at/all: no such file",
      'environment: V2G_METRICS_UDP="nonsense": host:port is needed',
    ],
  );
});

/** One line of a file → the fault, after the file's name. */
const rows: readonly (readonly [what: string, content: string | Buffer, fault: RegExp])[] = [
  [
    "no number",
    "V2G_MAX_DECODE_ERRORS=two",
    /:1:1: V2G_MAX_DECODE_ERRORS="two": an integer from 0 to 1000000 is needed$/,
  ],
  ["no whole number", "V2G_DUPLICATE_RESEND_MAX=1.5", /an integer from 0/],
  ["a number out of range", "V2G_SEQUENCE_TIMEOUT_S=61", /a number from 0.05 to 60/],
  ["an empty value", "IFACE=", /IFACE="": a text that is not empty/],
  ["no truth", "V2G_DUPLICATE_RESEND_ENABLED=perhaps", /1 or 0, true or false/],
  ["no choice", "EVSE_CONTROLLER=real", /one of sim, hal/],
  ["no adapter", "EVSE_HAL_ADAPTER=esp", /sim, esp-uart, esp-periph/],
  ["a port beyond", "V2G_METRICS_UDP=[::1]:70000", /host:port/],
  ["TLS that is not there", "SECC_ENFORCE_TLS=1", /0: there is no TLS yet is needed$/],
  ["a protocol alone that is not there", "PROTOCOLS=DIN_SPEC_70121", /a list with ISO_15118_2/],
  ["payment alone that is not there", "AUTH_MODES=PNC", /a list with EIM/],
  ["two names that disagree", "IFACE=eth0\nNETWORK_INTERFACE=eth1", /:2:1: IFACE and NETWORK_INTERFACE are two names/],
  ["a quote without end", 'EVSE_ID="DE*PNC', /:1:1: EVSE_ID: a quote is not closed$/],
  ["a long value", `IFACE=eth0\nEVSE_CONTROLLER=${"x".repeat(10_000)}`, /^.{1,200}$/],
  ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x00, 0x41]), /is no UTF-8 text$/],
  ["megabytes", Buffer.alloc(1_100_000, "#"), /has 1100000 bytes: these are no settings$/],
];
for (const [what, content, fault] of rows) {
  test(`${what}: one fault, on one line`, (context) => {
    const path = file(context, content);
    const faults = faultsOf(() => readSettings([path], {}));
    assert.equal(faults.length, 1, faults.join("\n"));
    assert.ok(faults[0]?.startsWith(path));
    assert.match(faults[0]?.slice(path.length) ?? "", fault);
  });
}

test("a folder is no file of settings", (context) => {
  const folder = join(file(context, ""), "..", "sub");
  mkdirSync(folder);
  assert.deepEqual(
    faultsOf(() => readSettings([folder], {})),
    [`${folder}: is a folder, not a file`],
  );
});

test("an unknown name in a file of our own is a fault, and the name that was meant is guessed", (context) => {
  const path = file(context, "EVSE_LOG_LEVL=INFO\nREDIS_HOST=x\n");
  const faults = faultsOf(() => readSettings([path], {}, true));
  assert.equal(faults[0], `${path}:1:1: EVSE_LOG_LEVL is not known; EVSE_LOG_LEVEL was meant?`);
  assert.match(faults[1] ?? "", /REDIS_HOST is not known; allowed are IFACE, /);
  assert.deepEqual(
    readSettings([path], {}).ignored.map(({ name }) => name),
    ["EVSE_LOG_LEVL", "REDIS_HOST"],
  );
});

test("a hundred faults do not fill the screen", (context) => {
  const path = file(context, "nothing\n".repeat(100));
  const faults = faultsOf(() => readSettings([path], {}));
  assert.equal(faults.length, 21);
  assert.equal(faults.at(-1), "and 80 more");
});

test("quotes, comments, export, line ends of Windows and a byte order mark are understood", (context) => {
  const text =
    "\uFEFF# a comment\r\nexport IFACE=\"eth1\" # here\r\n\r\nEVSE_ID='DE*PNC*E1'\r\nV2G_DROP_TX_PROB = 0.5\r\n";
  assert.deepEqual(readSettings([file(context, text)], {}, true).settings, {
    IFACE: "eth1",
    EVSE_ID: "DE*PNC*E1",
    V2G_DROP_TX_PROB: 0.5,
  });
});

test("what is understood and does nothing is told; what asks for what is there anyway is not", (context) => {
  const path = file(context, "PROTOCOLS=ISO_15118_2, DIN_SPEC_70121\nENABLE_TLS_1_3=0\nAUTH_MODES=EIM\nPKI_PATH=pki\n");
  assert.deepEqual(
    readSettings([path], {}).ignored.map(({ name }) => name),
    ["PKI_PATH", "PROTOCOLS"],
  );
});

test("a later file stands over an earlier one, also by the other name", (context) => {
  const [one, two] = [file(context, "IFACE=eth0\nEVSE_ID=A\n"), file(context, "EVSE_ID=B\nNETWORK_INTERFACE=eth1\n")];
  assert.deepEqual(readSettings([one, two], {}).settings, { IFACE: "eth0", EVSE_ID: "B", NETWORK_INTERFACE: "eth1" });
});

test("an IPv6 endpoint stands in brackets", () => {
  assert.deepEqual(readSettings([], { V2G_METRICS_UDP: "[::1]:9000" }).settings.V2G_METRICS_UDP, {
    host: "::1",
    port: 9000,
  });
});
