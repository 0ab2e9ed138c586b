import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { CommandError } from "./errors";
import { readSettings } from "./settings";

function withFile(content: string, body: (file: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-"));
  const file = join(folder, "secc.env");
  writeFileSync(file, content);
  try {
    body(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a file gives settings, the environment stands over it, what is unknown is named", () =>
  withFile("IFACE=eth0\nEVSE_ID=DE*PNC*E12345*1\nV2G_MAX_DECODE_ERRORS=5\nREDIS_HOST=localhost\n", (file) => {
    const { settings, ignored } = readSettings([file], { V2G_MAX_DECODE_ERRORS: "0", HOME: "/home/x" });
    assert.deepEqual(settings, { IFACE: "eth0", EVSE_ID: "DE*PNC*E12345*1", V2G_MAX_DECODE_ERRORS: 0 });
    assert.deepEqual(ignored, ["REDIS_HOST"]);
  }));

test("every fault is named at once", () =>
  withFile("V2G_DROP_TX_PROB=2\nEVSE_LOG_FORMAT=xml\n", (file) => {
    assert.throws(
      () => readSettings([file, "/nowhere/at/all"], { V2G_METRICS_UDP: "nonsense" }),
      (error: unknown) => {
        assert.ok(error instanceof CommandError && error.exitCode === 2);
        for (const name of ["V2G_DROP_TX_PROB", "EVSE_LOG_FORMAT", "/nowhere/at/all", "V2G_METRICS_UDP"]) {
          assert.match(error.message, new RegExp(name));
        }
        return true;
      },
    );
  }));

test("an IPv6 endpoint stands in brackets", () => {
  assert.deepEqual(readSettings([], { V2G_METRICS_UDP: "[::1]:9000" }).settings.V2G_METRICS_UDP, {
    host: "::1",
    port: 9000,
  });
});
