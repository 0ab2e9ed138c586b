import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { skipping, skippingWithoutCapture } from "../../../drivers/linux/inside-namespace.contract";
import { Inconclusive } from "../judgement";
import { type Audience, Rig } from "./rig";

const cares = (): number[] => ["exit", "SIGINT", "SIGTERM", "SIGHUP"].map((event) => process.listenerCount(event));

/** The first of the part that goes. */
const losing = (rig: Rig): Promise<string> =>
  new Promise((resolve) => {
    const audience: Audience = { onPassage: () => undefined, onPlant: () => undefined, onLost: resolve };
    rig.audience = audience;
  });

test("a rig whose HTTP client has gone is replaced, and the process cares for one rig at a time", {
  ...skipping(),
  ...skippingWithoutCapture(),
}, async (context) => {
  const before = cares();
  const first = await Rig.ofThisWorker().catch((error: Error) => error);
  if (first instanceof Error && process.env.CCS_HIL_REQUIRE_NAMESPACES === "1") throw first;
  if (first instanceof Error) return context.skip(`not run: ${first.message}`);
  context.after(() => Rig.endAll());
  const withOne = cares();
  const asked = first.client().ask({ method: "GET", path: "/health", headers: {} }, 9);
  await assert.rejects(asked, Inconclusive);
  const lost = losing(first);
  const { stdout } = spawnSync("ip", ["netns", "pids", first.namespaces.name("se")], { encoding: "utf8" });
  process.kill(Number(stdout.trim()), "SIGKILL");
  assert.equal(await lost, "the tester's HTTP client");
  const second = await Rig.ofThisWorker();
  assert.notEqual(second, first);
  assert.deepEqual(cares(), withOne);
  await Rig.endAll();
  assert.deepEqual(cares(), before);
});
