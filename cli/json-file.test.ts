import assert from "node:assert/strict";
import { test } from "node:test";
import { jsonGiven, misfit } from "./json-file";

test("what is no JSON is told with its place and what should stand there", () => {
  for (const [text, place, wanted] of [
    ['{"a":1,\n "b": }', "2:7", "a value"],
    ["{", "1:2", "a name"],
    ['{"a" 1}', "1:6", "a colon"],
    ['{"a":1 "b":2}', "1:8", "a comma"],
    ['{"a":1,}', "1:8", "a name"],
    ["[1,]", "1:4", "a value"],
    ['{"a":[1,2}', "1:10", "a comma"],
    ["{} {}", "1:4", "the end"],
    ["{'a':1}", "1:2", "a name"],
    ['{"a":01}', "1:7", "a comma"],
    ['{\n"a":"\t"}', "2:5", "a value"],
    ["", "1:1", "a value"],
  ] as const) {
    assert.throws(() => JSON.parse(text), SyntaxError, text);
    const { line, column, wanted: said } = misfit(text);
    assert.deepEqual([`${line}:${column}`, said], [place, wanted], text);
  }
});

test("a file is named as the person has named it", () => {
  assert.throws(() => jsonGiven("--config", "/no/such.json"), { exitCode: 2, message: "/no/such.json: no such file" });
  assert.throws(() => jsonGiven("--config", "/usr"), { exitCode: 2, message: "/usr: is a folder, not a file" });
  assert.throws(() => jsonGiven("--config", '{"a":}'), { exitCode: 2, message: "--config:1:6: a value is expected" });
  assert.deepEqual(jsonGiven("--config", ' {"a":[1]}'), { source: "--config", value: { a: [1] } });
});
