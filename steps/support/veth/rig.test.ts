import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { EnvironmentError } from "../../../drivers/linux/environment";
import { skipping, skippingWithoutCapture } from "../../../drivers/linux/inside-namespace.contract";
import { Inconclusive } from "../judgement";
import { profileOf } from "../profile";
import { VethBench } from "./bench";
import { type Audience, Rig } from "./rig";

const cares = (): number[] => ["exit", "SIGINT", "SIGTERM", "SIGHUP"].map((event) => process.listenerCount(event));

/** The first of the part that goes. */
const losing = (rig: Rig): Promise<string> =>
  new Promise((resolve) => {
    const audience: Audience = { onPassage: () => undefined, onPlant: () => undefined, onLost: resolve };
    rig.audience = audience;
  });

const running = (rig: Rig): string =>
  spawnSync("ip", ["netns", "pids", rig.namespaces.name("se")], { encoding: "utf8" }).stdout.trim();

const options = { ...skipping(), ...skippingWithoutCapture() };

/** Undefined where the test cannot be run; it says so itself. */
async function rigFor(context: TestContext): Promise<Rig | undefined> {
  context.after(() => Rig.endAll());
  const made = await Rig.ofThisWorker().catch((error: Error) => error);
  if (made instanceof Rig) return made;
  if (process.env.CCS_HIL_REQUIRE_NAMESPACES === "1") throw made;
  context.skip(`not run: ${made.message}`);
  return undefined;
}

test(
  "a rig whose HTTP client has gone is replaced, and the process cares for one rig at a time",
  options,
  async (context) => {
    const before = cares();
    const first = await rigFor(context);
    if (!first) return;
    const withOne = cares();
    const asked = first.client().ask({ method: "GET", path: "/health", headers: {} }, 9);
    await assert.rejects(asked, Inconclusive);
    const lost = losing(first);
    process.kill(Number(running(first)), "SIGKILL");
    assert.equal(await lost, "the tester's HTTP client");
    const second = await Rig.ofThisWorker();
    assert.notEqual(second, first);
    assert.deepEqual(cares(), withOne);
    await Rig.endAll();
    assert.deepEqual(cares(), before);
  },
);

test("a bench that does not come about leaves no station behind", options, async (context) => {
  const rig = await rigFor(context);
  if (!rig) return;
  const { secc, plant } = profileOf("veth");
  const same = <T>(it: T): T => it;
  const peers = { secc: {}, evcc: {}, gateStation: same, gateCar: same };
  const bench = new VethBench(rig, { sut: "secc", seed: 1, needs: [], ...peers });
  rmSync(join(rig.folder, "ev"));
  assert.ok(secc);
  await assert.rejects(bench.open(secc, plant), EnvironmentError);
  assert.ok(bench.startedAfter > 0);
  assert.equal(running(rig), "");
});
