import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { equipped } from "../scripts/foreign";
import {
  bench,
  charging,
  delay,
  lack,
  listens,
  type Process,
  patience,
  summary,
  until,
  waiting,
  waits,
} from "./processes.contract";

/** Station and car as processes, and the plant as a third, on virtual cables. */

equipped(
  "a whole session by two processes and a plant: energy at the meter, in order to the end",
  lack,
  async (context) => {
    const { secc, evcc, observer, power, failsafes } = await waiting(await bench(context), "--once", "--loops", "15");
    await observer.plug();
    assert.equal(await evcc.exit, 0, evcc.said.err + secc.said.err);
    const { ended, because, loops, soc } = summary(evcc);
    assert.deepEqual({ ended, because }, { ended: "InOrder", because: "15 loops" });
    assert.ok(loops >= 15 && soc.from === 35 && soc.to > 35, evcc.said.out);
    await until("unlocked", () => power.at(-1)?.locked === false);
    const { energy, supply, evseContactor, evContactor, outlet } = await observer.sample();
    assert.ok(energy > 1, `${energy} Wh`);
    assert.deepEqual(
      { supply, evseContactor, evContactor },
      { supply: false, evseContactor: false, evContactor: false },
    );
    assert.ok(outlet < 60);
    await until("the car has gone", () => failsafes.length > 0);
    assert.deepEqual(
      failsafes.map(({ role, released }) => [role, released]),
      [["ev", []]],
    );
    secc.child.kill("SIGTERM");
    assert.equal(await secc.exit, 0);
    assert.equal(observer.missed, 0);
  },
);

for (const [signal, because] of [
  ["SIGKILL", "gone"],
  ["SIGSTOP", "silent"],
] as const) {
  equipped(
    `a station that is ${because} under power: the plant takes the power away, the car ends`,
    lack,
    async (context) => {
      const { secc, evcc, observer, power, failsafes, clock } = await charging(context);
      const at = clock.now();
      secc.child.kill(signal);
      assert.equal(await evcc.exit, 1, evcc.said.err);
      assert.equal(summary(evcc).ended, "GivenUp");
      await until("let go", () => failsafes.some(({ role }) => role === "evse"));
      assert.equal(failsafes.find(({ role }) => role === "evse")?.because, because);
      await until("open", () => power.at(-1)?.evseContactor === false && power.at(-1)?.evContactor === false);
      const opened = delay(power, at, ({ evseContactor }) => !evseContactor);
      const off = delay(power, at, ({ supply }) => !supply);
      assert.ok(off <= opened && opened < patience, `supply off after ${off} ms, contactor open after ${opened} ms`);
      const { state, dutyPercent } = (await observer.sample()).pilot;
      assert.deepEqual({ state, dutyPercent }, { state: "B", dutyPercent: undefined });
    },
  );
}

equipped(
  "a car that is killed under power: its contactor opens, the station lets go, and the next car charges",
  lack,
  async (context) => {
    const made = await charging(context);
    const { evcc, observer, power, clock, secc } = made;
    const at = clock.now();
    evcc.child.kill("SIGKILL");
    await until("open", () => power.at(-1)?.evseContactor === false && power.at(-1)?.evContactor === false);
    const [car_, station] = [delay(power, at, (it) => !it.evContactor), delay(power, at, (it) => !it.evseContactor)];
    assert.ok(car_ < patience && station < patience, `car after ${car_} ms, station after ${station} ms`);
    await until(
      "unlocked",
      () => power.at(-1)?.locked === false,
      () => secc.said.err,
    );
    await observer.unplug();
    const next = made.start("evcc", "--once", "--loops", "3");
    await waits(next);
    await observer.plug();
    assert.equal(await next.exit, 0, next.said.err + secc.said.err);
  },
);

equipped("a car that is told to end under power ends its session in order first", lack, async (context) => {
  const { evcc, power, secc } = await charging(context);
  evcc.child.kill("SIGTERM");
  assert.equal(await evcc.exit, 0);
  await until("open", () => power.at(-1)?.evseContactor === false);
  for (const side of ["evContactor", "evseContactor"] as const) {
    const opening = power.findIndex((sample, index) => !sample[side] && power[index - 1]?.[side] === true);
    assert.ok((power[opening - 1]?.current ?? 99) < 2, `${side} opened at ${power[opening - 1]?.current} A`);
  }
  secc.child.kill("SIGTERM");
  assert.equal(await secc.exit, 0);
});

equipped("a station that is told to end under power takes the current down before it opens", lack, async (context) => {
  const { evcc, power, secc } = await charging(context);
  secc.child.kill("SIGTERM");
  assert.equal(await secc.exit, 0);
  await evcc.exit;
  const opening = power.findIndex((sample, index) => !sample.evseContactor && power[index - 1]?.evseContactor === true);
  assert.ok((power[opening - 1]?.current ?? 99) < 2, `opened at ${power[opening - 1]?.current} A`);
});

equipped(
  "a plant that is killed under power: the car gives up, the station goes on and takes up the next plant",
  lack,
  async (context) => {
    const { evcc, secc, plant, startPlant } = await charging(context);
    plant.child.kill("SIGKILL");
    assert.equal(await evcc.exit, 1);
    assert.equal(summary(evcc).ended, "GivenUp");
    const { observer } = await startPlant();
    const station = async () => (await observer.clients()).find(({ role }) => role === "evse");
    await until(
      "taken up",
      async () => (await station())?.holds.includes("line") === true,
      () => secc.said.err,
    );
    assert.equal((await observer.sample()).supply, false);
    secc.child.kill("SIGTERM");
    assert.equal(await secc.exit, 0);
    assert.match(secc.said.err, /"message":"Plant lost"/);
  },
);

equipped(
  "a car that requires TLS refuses a station without it before it connects, with a line and status 1",
  lack,
  async (context) => {
    const { evcc, secc, observer } = await waiting(await bench(context), "--once", "--tls", "require");
    await observer.plug();
    assert.equal(await evcc.exit, 1);
    assert.match(evcc.said.err, /ccs-hil: refused by --tls require: the station offers no TLS\n$/);
    assert.equal(summary(evcc).ended, "NoTls");
    assert.doesNotMatch(secc.said.err, /Connection open/);
  },
);

equipped("a car is stopped and reset through its stimuli socket", lack, async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-stimuli-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "stimuli");
  const { evcc, power, secc, observer } = await charging(context, ["--stimuli", path]);
  const say = async (line: string): Promise<string> => {
    const socket = connect(path);
    socket.write(`${line}\n`);
    const [answer] = (await once(socket, "data")) as [Buffer];
    socket.destroy();
    return answer.toString().trim();
  };
  assert.match(await say('{"stimulus":"go"}'), /one of stop, reset/);
  assert.equal(await say('{"stimulus":"reset"}'), '{"ok":true}');
  await until("open", () => power.at(-1)?.evContactor === false && power.at(-1)?.evseContactor === false);
  await until(
    "unlocked",
    () => power.at(-1)?.locked === false,
    () => secc.said.err,
  );
  await observer.unplug();
  await observer.plug();
  await until(
    "a current flows again",
    () => (power.at(-1)?.current ?? 0) > 20,
    () => evcc.said.err,
  );
  assert.equal(await say('{"stimulus":"stop"}'), '{"ok":true}');
  await until(
    "ended",
    () => evcc.said.err.includes('"message":"Session ended","because":"asked to"'),
    () => evcc.said.err,
  );
  evcc.child.kill("SIGTERM");
  assert.deepEqual([await evcc.exit, evcc.said.out], [0, ""]);
});

equipped(
  "without a plant, station and car each simulate the other's body, and complete a session",
  lack,
  async (context) => {
    const { start } = await bench(context);
    const secc = start("secc", "--pilot", "sim");
    await until(
      "listening",
      () => secc.said.err.includes("Listening"),
      () => secc.said.err,
    );
    const evcc = start("evcc", "--pilot", "sim", "--loops", "3", "--once", "--behaviour", "impatient");
    assert.equal(await evcc.exit, 0, evcc.said.err + secc.said.err);
    assert.equal(summary(evcc).ended, "InOrder");
  },
);

equipped(
  "what cannot be opened ends station and car with a line and status 3, whatever is open already",
  lack,
  async (context) => {
    const { start } = await bench(context);
    const early = start("secc", "--stimuli", "/no/such/folder/socket");
    await early.exit;
    await listens(start("secc"));
    const rows: readonly (readonly [Process, RegExp])[] = [
      [early, /cannot listen on \/no\/such\/folder\/socket/],
      [start("evcc", "--stimuli", "/no/such/folder/socket"), /cannot listen on \/no\/such\/folder\/socket/],
      [start("secc"), /port 15118 .* in use/],
      [start("evcc", "--plant", "/no/such/plant"), /no plant on .*: ENOENT/],
    ];
    for (const [{ exit, said }, pattern] of rows) {
      assert.equal(await exit, 3, said.err);
      assert.match(said.err, pattern);
      assert.doesNotMatch(said.err, /\n +at /);
    }
  },
);
