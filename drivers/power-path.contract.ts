import assert from "node:assert/strict";
import { test } from "node:test";
import type { PowerPath, PowerReading } from "../core/power";

/** A station's power path with a connector that can be plugged into a healthy car, which takes no power. */
export interface PowerPathBench {
  readonly path: PowerPath;
  plug(): void | Promise<void>;
  wait(ms: number): void | Promise<void>;
  close(): void | Promise<void>;
  /** Longest times of the bench in ms: a contactor or lock moves, the supply ramps to 400 V, the monitor has a result. */
  readonly times: { readonly actuator: number; readonly ramp: number; readonly isolation: number };
}

/** What every implementation of the station's power path does. */
export function powerPathContract(driver: string, open: () => PowerPathBench | Promise<PowerPathBench>): void {
  const on = (what: string, body: (bench: PowerPathBench) => Promise<void>): void =>
    void test(`${driver}: ${what}`, async () => {
      const bench = await open();
      try {
        await body(bench);
      } finally {
        await bench.close();
      }
    });

  /** Plugged in, locked, contactor closed. */
  const connect = async ({ path, plug, wait, times }: PowerPathBench): Promise<void> => {
    await plug();
    path.lock(true);
    path.contactor(true);
    await wait(times.actuator);
  };

  on("is off, open and unlocked until told otherwise", async ({ path, wait, times }) => {
    await wait(times.ramp);
    const { supply, contactor, locked, voltage, current } = path.read();
    assert.deepEqual({ supply, contactor, locked }, { supply: false, contactor: false, locked: false });
    assert.ok(voltage < 60 && Math.abs(current) < 1);
  });

  on("moves lock and contactor, and tells when they have moved", async (bench) => {
    const { path, wait, times } = bench;
    const seen: PowerReading[] = [];
    path.onChange((reading) => seen.push(reading));
    await connect(bench);
    assert.equal(path.read().locked, true);
    assert.equal(path.read().contactor, true);
    assert.ok(seen.some(({ locked }) => locked) && seen.some(({ contactor }) => contactor));
    path.contactor(false);
    path.lock(false);
    await wait(times.actuator);
    assert.equal(path.read().locked, false);
    assert.equal(path.read().contactor, false);
    assert.deepEqual([seen.at(-1)?.locked, seen.at(-1)?.contactor], [false, false]);
  });

  on("tells no more whoever has had enough, and everyone else still", async (bench) => {
    const heard: string[] = [];
    const unsubscribe = bench.path.onChange(() => void heard.push("gone"));
    bench.path.onChange(() => void heard.push("still there"));
    unsubscribe();
    await connect(bench);
    assert.deepEqual([...new Set(heard)], ["still there"]);
  });

  on("calls no listener from within a command", async (bench) => {
    let commanding = false;
    bench.path.onChange(() => assert.equal(commanding, false));
    commanding = true;
    bench.path.lock(true);
    bench.path.contactor(true);
    bench.path.supply({ voltage: 100, current: 1 });
    bench.path.measureIsolation(true);
    bench.path.supply("off");
    commanding = false;
    await bench.wait(bench.times.actuator);
  });

  on("brings 400 V to the open outlet, with no more than 2 A, and takes it away", async (bench) => {
    const { path, wait, times } = bench;
    await connect(bench);
    path.supply({ voltage: 400, current: 2 });
    for (let waited = 0; waited < times.ramp; waited += 50) {
      await wait(50);
      assert.ok(Math.abs(path.read().current) <= 2, `${path.read().current} A`);
    }
    assert.equal(path.read().supply, true);
    assert.ok(Math.abs(path.read().voltage - 400) <= 10, `${path.read().voltage} V`);
    path.supply("off");
    await wait(1000);
    assert.equal(path.read().supply, false);
    assert.ok(path.read().voltage < 60, `${path.read().voltage} V a second after off`);
  });

  on("shows nothing at the outlet while the contactor is open", async ({ path, wait, times }) => {
    path.supply({ voltage: 400, current: 2 });
    await wait(times.ramp);
    assert.ok(path.read().voltage < 60);
    path.supply("off");
  });

  on("measures isolation: invalid, then valid, invalid again when it starts anew", async (bench) => {
    const { path, wait, times } = bench;
    await connect(bench);
    path.supply({ voltage: 400, current: 2 });
    await wait(times.ramp);
    path.measureIsolation(true);
    assert.equal(path.read().isolation, "Invalid");
    await wait(times.isolation);
    assert.equal(path.read().isolation, "Valid");
    path.measureIsolation(false);
    assert.equal(path.read().isolation, "Valid");
    path.measureIsolation(true);
    assert.equal(path.read().isolation, "Invalid");
    path.supply("off");
  });

  on("refuses figures that no supply can give", async ({ path }) => {
    for (const target of [
      { voltage: Number.NaN, current: 1 },
      { voltage: -1, current: 1 },
      { voltage: 400, current: -1 },
      { voltage: 400, current: Number.NaN },
    ]) {
      assert.throws(() => path.supply(target), RangeError);
      assert.equal(path.read().supply, false);
    }
  });
}
