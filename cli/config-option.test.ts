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

test("what stands in a setting is looked at as well: names, kinds, choices, figures", () => {
  const wrong = '{"authorisation":"maybe","limits":{"maximumVoltage":-1,"minimumVoltage":"x","most":1},"protocols":[]}';
  assert.throws(() => configured(defaultConfig, wrong), {
    message:
      /authorisation is free or external; limits.maximumVoltage is not below 0; limits.minimumVoltage is a number, not a string; there is no limits.most \(.*\); limits.maximumCurrent is missing/,
  });
});

test("what is no JSON object, or no file, is said so", () => {
  assert.throws(() => configured(defaultConfig, "{"), { exitCode: 2 });
  assert.throws(() => configured(defaultConfig, "/does/not/exist.json"), {
    message: "/does/not/exist.json: no such file",
    exitCode: 2,
  });
});
