import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultConfig } from "../secc/config";
import { configured } from "./config-option";

test("what is given stands over what is there; null takes an optional setting away", () => {
  const config = configured({ ...defaultConfig, slacWait: 25_000 }, '{"maxDecodeErrors":7,"slacWait":null}', [
    "slacWait",
  ]);
  assert.equal(config.maxDecodeErrors, 7);
  assert.equal(config.EVSEID, defaultConfig.EVSEID);
  assert.ok(!("slacWait" in config));
});

test("every fault is named at once", () => {
  assert.throws(() => configured(defaultConfig, '{"maxDecodeErrors":"7","colour":"red"}'), {
    message: /maxDecodeErrors is a number, not a string; there is no colour/,
    exitCode: 2,
  });
});

test("what is no JSON object, or no file, is said so", () => {
  assert.throws(() => configured(defaultConfig, "{"), { exitCode: 2 });
  assert.throws(() => configured(defaultConfig, "/does/not/exist.json"), {
    message: /cannot be read: ENOENT/,
    exitCode: 2,
  });
});
