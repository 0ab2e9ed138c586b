import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { equipped } from "../scripts/foreign";
import { bench, delay, lack, listens, type Process, patience, summary, until, waits } from "./processes.contract";

/** A station that is killed in any phase of a session: power off by the plant's time, and the next start serves the next car (S24). */

/** Where the session waits when the station dies. */
const phases = [
  "AwaitSessionSetupReq",
  "AwaitCableCheckReq",
  "AwaitPreChargeReq",
  "AwaitCurrentDemandReq",
  "AwaitWeldingDetectionReq",
] as const;

for (const phase of phases) {
  equipped(`a station that is killed in ${phase}, and started again`, lack, async (context) => {
    const made = await bench(context);
    const { observer, power, clock, folder, start } = made;
    const config = join(folder, "secc.env");
    writeFileSync(config, "EVSE_LOG_LEVEL=DEBUG\n");
    const plugIn = async (): Promise<Process> => {
      const evcc = start("evcc", "--once", "--loops", "5");
      await waits(evcc);
      await observer.plug();
      return evcc;
    };
    const first = start("secc", "--secc-config", config);
    await listens(first);
    const car = await plugIn();
    await until(phase, () => first.said.err.includes(`→ ${phase}`));
    const at = clock.now();
    first.child.kill("SIGKILL");
    const second = start("secc", "--secc-config", config);
    await until("off and open", () => {
      const sample = power.at(-1);
      return !sample || !(sample.supply || sample.evseContactor);
    });
    const off = delay(power, at, ({ supply, evseContactor }) => !supply && !evseContactor);
    assert.ok(off < patience || !power.some(({ t }) => t >= at), `off and open after ${off} ms`);
    await car.exit;
    await listens(second);
    await until("let go", async () => !(await observer.sample()).locked);
    await observer.unplug();
    const next = await plugIn();
    assert.equal(await next.exit, 0, next.said.err + second.said.err);
    assert.equal(summary(next).ended, "InOrder");
    second.child.kill("SIGTERM");
    assert.equal(await second.exit, 0);
  });
}
