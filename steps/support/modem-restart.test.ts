import assert from "node:assert/strict";
import { test } from "node:test";
import { VirtualBench } from "./virtual-bench";

/** The modem of that name restarts: its key is gone, and its host sees the interface go and come back. */
function restart({ powerline }: VirtualBench, name: string): void {
  const line = powerline as unknown as { named(name: string): { reset(): void } | undefined };
  line.named(name)?.reset();
}

const ended = ({ evcc }: VirtualBench): boolean => evcc.state.at === "AwaitUnplug";

test("a modem that restarts between two cars has a key again before the next one comes", async () => {
  const bench = new VirtualBench({ seed: 1, evcc: { stopAt: { loops: 2 } } });
  await bench.run(() => false, 1_000);
  restart(bench, "secc1");
  await bench.run(() => false, 10_000);
  bench.plug();
  assert.ok(await bench.run(() => ended(bench), 60_000));
  assert.equal(bench.evcc.state.ended?.how, "InOrder");
  assert.ok(!bench.trace.of("pilot").some(({ state }) => state === "F"), "the first match has led to the session");
});

for (const name of ["secc1", "evcc1"]) {
  test(`a modem (${name}) that restarts in a session costs that session, and the next one follows by itself`, async () => {
    const bench = new VirtualBench({ seed: 1, evcc: { stopAt: { loops: 2 } } });
    bench.plug();
    const asked = (): boolean => bench.trace.of("v2g", "secc").some((event) => event.name === "CableCheckReq");
    assert.ok(await bench.run(asked, 60_000));
    restart(bench, name);
    assert.ok(await bench.run(() => ended(bench), 30_000));
    assert.equal(bench.evcc.state.ended?.how, "GivenUp");
    assert.ok(await bench.run(() => ended(bench) && bench.evcc.state.ended?.how === "InOrder", 60_000));
    assert.ok(
      bench.trace.of("pilot").some(({ state }) => state === "F"),
      "the station has stepped its pilot",
    );
  });
}
