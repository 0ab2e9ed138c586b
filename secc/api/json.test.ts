import { deepEqual, throws } from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { BodyFault, strictJson } from "./json";

const refused = (status: 400 | 422) => (error: unknown) => error instanceof BodyFault && error.statusCode === status;

test("ordinary JSON comes out as JSON.parse reads it", () => {
  const named = fc.dictionary(
    fc.string({ unit: "binary" }).filter((name) => !["__proto__", "constructor", "prototype"].includes(name)),
    fc.jsonValue({ maxDepth: 3, noUnicodeString: false } as never),
  );
  fc.assert(
    fc.property(named, (value) => {
      const text = JSON.stringify(value);
      if (/"(__proto__|constructor|prototype)":/.test(text)) return;
      deepEqual(strictJson(text), JSON.parse(text));
    }),
  );
});

const bad: readonly (readonly [what: string, text: string, status?: 422])[] = [
  ["text", "hello"],
  ["cut", '{"a":'],
  ["empty", ""],
  ["an open string", '{"a":"b'],
  ["an open string of quotes", `"${'\\"'.repeat(10)}`],
  ["an open string that ends in a backslash", '{"a":"\\'],
  ["depth 17", `${"[".repeat(17)}${"]".repeat(17)}`],
  ["depth 10 000", "[".repeat(10_000)],
  ["depth 10 000 of objects", '{"a":'.repeat(10_000)],
  ["a name twice", '{"a":1,"a":2}'],
  ["a name twice, once escaped", '{"a":1,"\\u0061":2}'],
  ["a name twice, deep inside", '{"x":[{"a":1},{"a":1,"b":{},"a":2}]}'],
  ["__proto__", '{"__proto__":{"admin":true}}'],
  ["__proto__, escaped", '{"\\u005f_proto__":1}'],
  ["constructor", '{"constructor":{"prototype":{"x":1}}}'],
  ["NaN", '{"a":NaN}', 422],
  ["Infinity", '{"a":-Infinity}', 422],
];

for (const [what, text, status = 400] of bad) {
  test(`refused: ${what}`, () => throws(() => strictJson(text), refused(status)));
}

test("names in different objects, and values that look like names, are no repetition", () => {
  const text = '[{"a":"a","b":["a","a"]},{"a":"__proto__"},{"c":"{\\"c\\":1,\\"c\\":2}, NaN"}]';
  deepEqual(strictJson(text), JSON.parse(text));
});

test("no prototype is touched", () => {
  throws(() => strictJson('{"__proto__":{"polluted":true}}'), refused(400));
  deepEqual(({} as { polluted?: unknown }).polluted, undefined);
});
