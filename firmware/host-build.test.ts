import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { SystemClock } from "../drivers/linux/clock";
import { SerialPortLine } from "../drivers/serial/serial-line";
import { equipped } from "../scripts/foreign";
import { hostBuild, missingForSerial } from "./build";
import { fuzzLine } from "./fuzz-line";

type Json = Record<string, unknown>;

/** Waits until it holds; the test itself has no limit of time that a loaded machine could miss. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

interface Ends {
  readonly child: ChildProcessWithoutNullStreams;
  readonly line: SerialPortLine;
  /** What came over the line, and what came on standard output. */
  readonly heard: Json[];
  readonly printed: Json[];
  say(message: object): void;
}

/** A test with the host build running, its serial line open, and a script on its standard input (or a plant, with `--plant -`). */
function on(what: string, args: readonly string[], body: (ends: Ends) => Promise<void>): void {
  equipped(`the host build ${what}`, missingForSerial, async () => {
    const child = spawn(await hostBuild(), args);
    const printed: Json[] = [];
    createInterface({ input: child.stdout }).on("line", (text) => printed.push(JSON.parse(text) as Json));
    const [path] = (await once(createInterface({ input: child.stderr }), "line")) as [string];
    const line = new SerialPortLine({ path, clock: new SystemClock() });
    const heard: Json[] = [];
    line.onLine((text) => heard.push(JSON.parse(text) as Json));
    try {
      await until(() => line.open && heard.length > 0);
      const say = (message: object): void => void child.stdin.write(`${JSON.stringify(message)}\n`);
      await body({ child, line, heard, printed, say });
    } finally {
      line.close();
      child.kill("SIGKILL");
    }
  });
}

const ping = '{"cmd":"ping"}';
const pongs = (heard: readonly Json[]): number => heard.filter(({ type }) => type === "pong").length;
const statuses = (heard: readonly Json[]): Json[] => heard.filter(({ type }) => type === "status");

on("sends a status every 0.2 s, and answers", [], async ({ line, heard }) => {
  await until(() => statuses(heard).length >= 4);
  const times = statuses(heard).map(({ ts }) => Number(ts));
  for (let i = 1; i < times.length; i++) {
    assert.ok(times[i]! - times[i - 1]! >= 200, `${times.join(" ")}`);
  }
  line.write(ping);
  await until(() => pongs(heard) === 1);
});

on("takes CRLF, half lines and a line of 64 KiB, and goes on (UA01)", [], async ({ line, heard }) => {
  line.write(`\r\n${ping}\r`);
  await until(() => pongs(heard) === 1);
  line.write("x".repeat(65536));
  line.write(ping);
  await until(() => pongs(heard) === 2);
  line.write('{"cmd":"get_status"}');
  await until(() => statuses(heard).some((status) => status.bad_lines === 1));
});

equipped(
  "10000 pieces of rubbish on its line, odd values and commands in any order, break nothing and keep nothing (UA01, UA02)",
  missingForSerial,
  async () => {
    const { complaint, unreadable, badLines, closures, memory } = await fuzzLine(10_000, 20_261_123);
    assert.equal(complaint, undefined);
    assert.deepEqual(unreadable, []);
    assert.ok(badLines > 2_000, `${badLines} bad lines`);
    assert.ok(closures > 5, `${closures} closures`);
    const [early, late] = memory;
    assert.ok(late - early < 4_096, `from ${early} to ${late} KiB`);
  },
);

on("measures what the script says, and shows its pins", [], async ({ heard, printed, say }) => {
  say({ car: "B" });
  await until(() => heard.some((message) => message.method === "evt:cp.state"));
  await until(() => printed.some(({ pins }) => JSON.stringify(pins).includes("oscillating")));
  say({ volts: [20, 20] });
  await until(() => statuses(heard).at(-1)?.state === "F");
});

on("leaves with status 3 when it is reset, the line high", [], async ({ child, line, heard, printed, say }) => {
  say({ car: "B" });
  await until(() => statuses(heard).at(-1)?.state === "B");
  const exit = once(child, "exit");
  line.write('{"cmd":"reset"}');
  assert.deepEqual((await exit)[0], 3);
  assert.equal((printed.at(-1)!.pins as Json).line, "high");
});

on("reads F when its plant falls silent, and ends with it", ["--plant", "-"], async ({ child, heard, say }) => {
  const tick = { type: "evt", ts: 0, id: 0, method: "evt:adc.tick", result: { high: 12, low: 12 } };
  say(tick);
  await until(() => statuses(heard).at(-1)?.state === "A");
  await until(() => statuses(heard).at(-1)?.state === "F");
  say(tick);
  await until(() => statuses(heard).at(-1)?.state === "A");
  const exit = once(child, "exit");
  child.stdin.end();
  assert.equal((await exit)[0], 0);
});

on("takes rubbish from its plant for nothing", ["--plant", "-"], async ({ child, heard, say }) => {
  child.stdin.write('rubbish\n{"type":"evt"}\n{"method":"evt:adc.tick","result":[]}\n\n');
  child.stdin.write(`${"x".repeat(3000)}\n`);
  say({ method: "evt:adc.tick", result: { high: 9, low: -12 } });
  await until(() => statuses(heard).at(-1)?.state === "B");
});

equipped(
  "the host build ends with the process that started it, even one that was killed",
  missingForSerial,
  async () => {
    const program = JSON.stringify(await hostBuild());
    const start = `const c=require("child_process").spawn(${program},["--die-with-parent"],{stdio:["pipe","ignore","pipe"]});c.stderr.once("data",()=>console.log(c.pid));`;
    const parent = spawn(process.execPath, ["-e", start]);
    const [pid] = (await once(createInterface({ input: parent.stdout }), "line")) as [string];
    parent.kill("SIGKILL");
    await until(() => {
      try {
        process.kill(Number(pid), 0);
        return false;
      } catch {
        return true;
      }
    });
  },
);

equipped("the host build refuses what it does not know, in words", missingForSerial, async () => {
  const child = spawn(await hostBuild(), ["--no-such"]);
  let words = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    words += text;
  });
  const [status] = (await once(child, "close")) as [number];
  assert.equal(status, 2);
  assert.match(words, /^usage: cp-helper/);
});
