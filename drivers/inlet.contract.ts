import assert from "node:assert/strict";
import { test } from "node:test";
import type { Inlet, InletReading, PowerPath } from "../core/power";

/** A car's inlet with its battery, and the station that it is plugged into. */
export interface InletBench {
  readonly inlet: Inlet;
  readonly path: PowerPath;
  plug(): void | Promise<void>;
  wait(ms: number): void | Promise<void>;
  close(): void | Promise<void>;
  /** Longest times of the bench in ms: a contactor or lock moves, the supply ramps to the battery's voltage. */
  readonly times: { readonly actuator: number; readonly ramp: number };
}

/** What every implementation of the car's side of the power path does. */
export function inletContract(driver: string, open: () => InletBench | Promise<InletBench>): void {
  const on = (what: string, body: (bench: InletBench) => Promise<void>): void =>
    void test(`${driver}: ${what}`, async () => {
      const bench = await open();
      try {
        await body(bench);
      } finally {
        await bench.close();
      }
    });

  on("is open, with a battery behind it", async ({ inlet }) => {
    const { contactor, locked, voltage, batteryVoltage, soc, current } = inlet.read();
    assert.deepEqual({ contactor, locked }, { contactor: false, locked: false });
    assert.ok(voltage < 60 && batteryVoltage > 60 && Math.abs(current) < 1);
    assert.ok(soc >= 0 && soc <= 100);
  });

  on("tells of its contactor and of the lock", async ({ inlet, path, plug, wait, times }) => {
    const seen: InletReading[] = [];
    let commanding = false;
    inlet.onChange((reading) => {
      assert.equal(commanding, false, "called from within a command");
      seen.push(reading);
    });
    await plug();
    path.lock(true);
    await wait(times.actuator);
    assert.equal(seen.at(-1)?.locked, true);
    commanding = true;
    inlet.contactor(true);
    commanding = false;
    await wait(times.actuator);
    assert.equal(seen.at(-1)?.contactor, true);
    inlet.contactor(false);
    await wait(times.actuator);
    assert.equal(inlet.read().contactor, false);
  });

  on("tells no more whoever has had enough, and everyone else still", async ({ inlet, path, plug, wait, times }) => {
    const heard: string[] = [];
    const unsubscribe = inlet.onChange(() => void heard.push("gone"));
    inlet.onChange(() => void heard.push("still there"));
    unsubscribe();
    await plug();
    path.lock(true);
    await wait(times.actuator);
    assert.deepEqual([...new Set(heard)], ["still there"]);
  });

  on(
    "sees the station's voltage, and charges once both contactors are closed",
    async ({ inlet, path, plug, wait, times }) => {
      await plug();
      path.contactor(true);
      await wait(times.actuator);
      const { batteryVoltage, soc } = inlet.read();
      path.supply({ voltage: batteryVoltage, current: 2 });
      await wait(times.ramp);
      assert.ok(Math.abs(inlet.read().voltage - batteryVoltage) < 20, `${inlet.read().voltage} V`);
      assert.ok(Math.abs(inlet.read().current) < 0.1, "no current before the car's contactor closes");
      inlet.contactor(true);
      await wait(times.actuator);
      path.supply({ voltage: batteryVoltage + 20, current: 20 });
      await wait(times.ramp);
      assert.ok(Math.abs(inlet.read().current - 20) < 1, `${inlet.read().current} A`);
      assert.ok(inlet.read().soc > soc && inlet.read().batteryVoltage > batteryVoltage);
      path.supply("off");
      await wait(100);
      assert.ok(Math.abs(inlet.read().current) < 1);
      inlet.contactor(false);
      path.contactor(false);
      await wait(1000);
      assert.ok(inlet.read().voltage < 60, `${inlet.read().voltage} V with both contactors open`);
    },
  );
}
