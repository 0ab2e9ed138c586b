import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LineSplitter, longestLine } from "./line-splitter";
import { isPilotState, readLine } from "./messages";

const status =
  '{"type":"status","ts":20,"cp_mv":2185,"cp_low_mv":0,"state":"C","mode":"dc","drive":"x2","pwm":{"enabled":true,"duty":5,"hz":1000,"out":5},"cp_v":{"high":5.98,"low":-12},"diode":"ok","contactor":false,"bad_lines":0}';
const good = [
  status,
  '{"type":"evt","ts":12,"id":0,"method":"evt:cp.state","result":{"state":"B","from":"A","cp_v":{"high":9,"low":-12}}}',
  '{"type":"res","id":7,"ts":5301,"result":{"ok":true,"aux_ok":true,"took_ms":31}}',
  '{"type":"res","id":9,"ts":5301,"error":{"code":1001,"message":"not_armed"}}',
  '{"type":"pong"}',
  '{"type":"error","msg":"unknown_cmd"}',
];

/** A good line with some of its characters changed, left out or doubled. */
const mutated = fc
  .tuple(
    fc.constantFrom(...good),
    fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.string({ maxLength: 4 })), { maxLength: 4 }),
  )
  .map(([line, changes]) =>
    changes.reduce((text, [where, length, put]) => {
      const at = where % (text.length + 1);
      return text.slice(0, at) + put + text.slice(at + length);
    }, line),
  );

test("whatever a line holds, reading it never throws, and a status is whole or none (UA01, UA02)", () => {
  const holds = (text: string): void => {
    const line = readLine(text);
    if (line.kind !== "Status") return;
    const { state, out, millivolts, volts } = line.status;
    assert.ok(isPilotState(state) && out >= 0 && out <= 100 && Number.isFinite(millivolts));
    assert.ok(!volts || (Number.isFinite(volts.high) && Number.isFinite(volts.low)));
  };
  fc.assert(fc.property(mutated, holds), { numRuns: 30_000 });
  fc.assert(fc.property(fc.json(), holds), { numRuns: 3_000 });
  fc.assert(fc.property(fc.string(), holds), { numRuns: 3_000 });
});

test("lines come out of any pieces as they went in, and a long one costs no other (UA01)", () => {
  const line = fc.oneof(fc.constantFrom(...good), fc.constant("x".repeat(longestLine + 1)));
  const pieces = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), pieces, fc.constantFrom("\n", "\r\n"), (lines, sizes, end) => {
      const bytes = Buffer.from(lines.map((text) => text + end).join(""), "latin1");
      const splitter = new LineSplitter();
      const out: string[] = [];
      for (let at = 0, turn = 0; at < bytes.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        out.push(...splitter.feed(bytes.subarray(at, at + size)));
        at += size;
      }
      assert.deepEqual(
        out,
        lines.filter((text) => text.length <= longestLine),
      );
      assert.equal(splitter.dropped, lines.filter((text) => text.length > longestLine).length);
    }),
    { numRuns: 300 },
  );
});
