import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readLine } from "../drivers/serial/messages";
import { equipped } from "../scripts/foreign";
import { hostBuild, make, missingTools } from "./build";

type Json = Record<string, unknown>;

const vectors = (file: string): Json[] =>
  readFileSync(join(__dirname, "vectors", file), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Json);

/** Plays a script in the host build, in virtual time; answers what it printed. */
async function replay(script: readonly Json[]): Promise<Json[]> {
  const child = spawn(await hostBuild(), ["--replay"], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(script.map((line) => `${JSON.stringify(line)}\n`).join(""));
  let printed = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) printed += chunk;
  return printed
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Json);
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every member of `wanted` is in `measured` with the same value. */
function includes(measured: unknown, wanted: unknown): boolean {
  if (!isObject(wanted) || !isObject(measured)) return JSON.stringify(measured) === JSON.stringify(wanted);
  return Object.entries(wanted).every(([name, value]) => includes(measured[name], value));
}

equipped(
  "the core's own tests pass, plain and under address and undefined-behaviour sanitizers",
  missingTools,
  async () => {
    const printed = await make("test");
    assert.equal(printed.match(/, 0 failures/g)?.length, 2, printed);
  },
);

equipped("bytes, lines and bursts at random break neither the core nor its rules", missingTools, async () => {
  assert.match(await make("fuzz", "FUZZ_SECONDS=3"), /^ok {5}fuzz/);
});

for (const file of ["commands.jsonl", "requests.jsonl", "supervision.jsonl", "bad-lines.jsonl"]) {
  equipped(
    `${file}: the host build answers as the vectors say, in lines that the driver reads`,
    missingTools,
    async () => {
      for (const scenario of scenarios(vectors(file))) await judge(scenario);
    },
  );
}

function scenarios(lines: readonly Json[]): Json[][] {
  const found: Json[][] = [];
  for (const line of lines) {
    if (line.scenario !== undefined) found.push([]);
    found.at(-1)!.push(line);
  }
  assert.ok(found.length >= 4);
  return found;
}

async function judge([title, ...steps]: readonly Json[]): Promise<void> {
  const stimuli = steps.map(({ expect, never, pins, ...stimulus }) => stimulus);
  const printed = await replay([title!, ...stimuli]);
  const lines = printed.filter((entry) => entry.line !== undefined);
  for (const { line } of lines)
    assert.notEqual(readLine(JSON.stringify(line)).kind, "Unreadable", JSON.stringify(line));
  let used = 0;
  steps.forEach((step, index) => {
    const what = `${String(title!.scenario)}: ${JSON.stringify(step)}`;
    // What happens at the very instant of a check comes after it, unless a stimulus just before it has brought it about.
    const sent = steps.slice(0, index).some(({ t, send, raw }) => t === step.t && (send ?? raw) !== undefined);
    const soFar = (entry: Json): boolean => Number(entry.t) < Number(step.t) || (sent && entry.t === step.t);
    if (step.expect !== undefined) {
      const at = lines.findIndex((entry, place) => place >= used && soFar(entry) && includes(entry.line, step.expect));
      assert.ok(
        at >= 0,
        `${what}\n${lines
          .slice(used)
          .map((entry) => JSON.stringify(entry))
          .join("\n")}`,
      );
      used = at + 1;
    }
    if (step.never !== undefined) {
      assert.ok(!lines.some((entry) => Number(entry.t) < Number(step.t) && includes(entry.line, step.never)), what);
    }
    if (step.pins !== undefined) {
      const stood = printed.filter((entry) => entry.pins !== undefined && (soFar(entry) || entry.t === 0)).at(-1);
      assert.ok(includes(stood?.pins, step.pins), `${what}\n${JSON.stringify(stood)}`);
    }
  });
}

equipped("bursts.jsonl: the host build finds the plateaus", missingTools, async () => {
  for (const { name, burst, high, low } of vectors("bursts.jsonl")) {
    const printed = await replay([
      { t: 0, burst },
      { t: 1, send: { cmd: "get_status" } },
    ]);
    assert.ok(includes(printed.at(-1)!.line, { cp_mv: high, cp_low_mv: low }), String(name));
  }
});

equipped("states.jsonl: the host build goes through the states", missingTools, async () => {
  for (const { name, mv, states, wide } of vectors("states.jsonl")) {
    if (wide === true) continue;
    const script = (mv as number[]).flatMap((level, index) => [
      { t: index * 20, burst: `${level}*128` },
      { t: index * 20 + 1, send: { cmd: "get_status" } },
    ]);
    const printed = await replay(script);
    const seen = printed
      .filter(({ t, line }) => Number(t) % 20 === 1 && isObject(line) && line.type === "status")
      .map(({ line }) => (line as Json).state)
      .join("");
    assert.equal(seen, states, String(name));
  }
});
