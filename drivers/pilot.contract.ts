import assert from "node:assert/strict";
import { test } from "node:test";
import type { DutyReading, EvPilot, EvsePilot, PilotReading } from "../core/pilot";

/** A pilot wire whose both ends the contract can reach. */
export interface PilotBench {
  readonly evse: EvsePilot;
  readonly ev: EvPilot;
  plug(): void | Promise<void>;
  unplug(): void | Promise<void>;
  wait(ms: number): void | Promise<void>;
  close(): void | Promise<void>;
  /** Longest time from a change on the wire to its report, ms. */
  readonly latency: number;
}

/** Positive plateaus of IEC 61851-1, in volts; each may be off by one. */
const nominal = { A: 12, B: 9, C: 6, D: 3, E: 0, F: -12 } as const;

const near = (measured: number, wanted: number, what: string): void =>
  assert.ok(Math.abs(measured - wanted) <= 1, `${what}: ${measured} V is not ${wanted} V ± 1 V`);

/** What every implementation of both ends of the pilot does. */
export function pilotContract(driver: string, open: () => PilotBench | Promise<PilotBench>): void {
  const on = (what: string, body: (bench: PilotBench) => Promise<void>): void =>
    void test(`${driver}: ${what}`, async () => {
      const bench = await open();
      try {
        await body(bench);
      } finally {
        await bench.close();
      }
    });

  on("shows A and no plug until told otherwise", async ({ evse, ev, wait, latency }) => {
    await wait(latency);
    assert.equal(evse.read().state, "A");
    near(evse.read().high, 12, "A");
    assert.equal(ev.read().plugged, false);
    assert.equal(ev.read().dutyPercent, undefined);
  });

  on("shows the state of each load, at its voltage", async ({ evse, ev, plug, wait, latency }) => {
    await plug();
    evse.drive({ out: "x2", dutyPercent: 5 });
    for (const load of ["B", "C", "D"] as const) {
      ev.present(load);
      await wait(latency);
      const { state, high, low } = evse.read();
      assert.equal(state, load);
      near(high, nominal[load], load);
      near(low, -12, `${load}, negative`);
    }
  });

  on("tells the car of the duty cycle, and of its end", async ({ evse, ev, plug, wait, latency }) => {
    const seen: DutyReading[] = [];
    ev.onChange((reading) => seen.push(reading));
    await plug();
    for (const dutyPercent of [5, 10, 96]) {
      evse.drive({ out: "x2", dutyPercent });
      await wait(latency);
      assert.ok(
        Math.abs(ev.read().dutyPercent! - dutyPercent) < 0.5,
        `${ev.read().dutyPercent} % is not ${dutyPercent} %`,
      );
    }
    evse.drive({ out: "x1" });
    await wait(latency);
    assert.equal(ev.read().dutyPercent, undefined);
    assert.equal(ev.read().plugged, true);
    assert.equal(seen.at(-1)?.dutyPercent, undefined);
    assert.ok(seen.some((reading) => reading.dutyPercent !== undefined));
  });

  on(
    "reports each change of state once, after the command has returned",
    async ({ evse, ev, plug, unplug, wait, latency }) => {
      const seen: PilotReading[] = [];
      let commanding = false;
      evse.onChange((reading) => {
        assert.equal(commanding, false, "called from within a command");
        seen.push(reading);
      });
      for (const act of [plug, () => ev.present("C"), () => ev.present("B"), unplug]) {
        commanding = true;
        await act();
        commanding = false;
        await wait(latency);
      }
      assert.deepEqual(
        seen.map(({ state }) => state),
        ["B", "C", "B", "A"],
      );
    },
  );

  on("tells no more whoever has had enough, and everyone else still", async ({ evse, ev, plug, wait, latency }) => {
    const heard: string[] = [];
    const leave = [evse.onChange(() => void heard.push("gone")), ev.onChange(() => void heard.push("gone"))];
    for (const unsubscribe of leave) unsubscribe();
    evse.onChange(() => void heard.push("station"));
    ev.onChange(() => void heard.push("car"));
    await plug();
    await wait(latency);
    assert.deepEqual([...new Set(heard)].sort(), ["car", "station"]);
  });

  on("drives E and F, plugged in or not", async ({ evse, plug, wait, latency }) => {
    for (const before of [() => undefined, plug]) {
      await before();
      for (const [out, state] of [
        ["e", "E"],
        ["f", "F"],
      ] as const) {
        evse.drive({ out });
        await wait(latency);
        assert.equal(evse.read().state, state);
        near(evse.read().high, nominal[state], state);
      }
    }
  });

  on("refuses a duty cycle that does not exist", async ({ evse, wait, latency }) => {
    for (const dutyPercent of [-1, 101, Number.NaN]) {
      assert.throws(() => evse.drive({ out: "x2", dutyPercent }), RangeError);
    }
    await wait(latency);
    assert.equal(evse.read().state, "A");
  });
}
