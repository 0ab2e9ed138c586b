import assert from "node:assert/strict";
import { equipped } from "../scripts/foreign";
import { charging, delay, lack, patience, until } from "./processes.contract";

/** CL03 on real interfaces: who asks twice does not wait for an orderly end, and the outlet is dead all the same. */

for (const [first, second] of [
  ["SIGINT", "SIGINT"],
  ["SIGTERM", "SIGINT"],
] as const) {
  equipped(
    `a station under power that gets ${first} and then ${second} ends at once, supply off and open`,
    lack,
    async (context) => {
      const { secc, evcc, power, clock, observer, failsafes } = await charging(context);
      const at = clock.now();
      secc.child.kill(first);
      // Two of a kind that nobody has taken yet are one.
      await until("heard", () => secc.said.err.includes("Shutting down"));
      secc.child.kill(second);
      assert.equal(await secc.exit, 0, secc.said.err);
      const ended = clock.now() - at;
      await until("open", () => power.at(-1)?.evseContactor === false);
      const opened = delay(power, at, ({ evseContactor }) => !evseContactor);
      const off = delay(power, at, ({ supply }) => !supply);
      assert.ok(
        ended < patience && off <= opened && opened < patience,
        `ended ${ended}, off ${off}, open ${opened} ms`,
      );
      await until("the plant has let go", () => failsafes.some(({ role }) => role === "evse"));
      const released = failsafes.find(({ role }) => role === "evse")?.released ?? [];
      assert.ok(released.length > 0, "an orderly end would have left nothing to let go");
      assert.equal(await evcc.exit, 1);
      assert.equal((await observer.sample()).supply, false);
    },
  );
}
