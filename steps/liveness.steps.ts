import { Then } from "@cucumber/cucumber";
import type { Millis } from "../core/clock";
import { hush } from "./support/strange-mmes";
import type { HarnessWorld } from "./support/world";

/** After the plug is out a peer has this long to come to rest. */
const rest = 30_000;
const quiet = 3_000;
const session = 120_000;
/** What was said last has arrived by then. */
const underWay = 50;

/**
 * The liveness arm of every fault: the plug comes out, the tester is as good as new, and one whole session has to complete. What
 * the side under test leaves behind (timers, held keys, an energised outlet) shows here at the latest.
 */
Then("a following session completes", async function (this: HarnessWorld) {
  const { bench } = this;
  this.stationGate.open();
  this.carGate.open();
  this.stationGate.straighten();
  this.carGate.straighten();
  hush(this);
  // Heat, and what else was mended just now, may be kept in mind for a while (S22).
  const wasBroken = Object.keys(bench.plant.present).length > 0;
  letGo(this);
  if (this.sees) {
    const freed = await bench.run(() => !bench.plant.sample().locked, rest);
    this.judge({ text: "the plug", required: "unlocked", measured: freed ? "unlocked" : "locked", passed: freed });
  }
  bench.unplug();
  await comesToRest(this, wasBroken ? rest : quiet);
  if (this.sut === "secc") bench.replaceCar();
  else bench.replaceStation();
  await this.pass(1_000);
  await completes(this);
});

/** Another tester comes as soon as that, and the one before it has not said goodbye. */
Then(
  "a session completes when the plug is put in {duration} after it came out",
  async function (this: HarnessWorld, time: Millis) {
    const { bench, sut } = this;
    await this.pass(underWay);
    bench.unplug();
    await this.pass(time);
    this.stationGate.open();
    this.carGate.open();
    if (sut === "secc") bench.replaceCar();
    else bench.replaceStation();
    await completes(this);
  },
);

/** Nothing has happened on any interface for a while. */
async function comesToRest({ bench }: HarnessWorld, quiet: Millis): Promise<void> {
  const { clock, trace } = bench;
  await bench.run(() => clock.now() - (trace.events.findLast(({ type }) => type !== "power")?.t ?? 0) > quiet, rest);
}

/** A session from plug to plug, judged by its end and by what it leaves behind. */
async function completes(world: HarnessWorld): Promise<void> {
  const { bench } = world;
  world.stimulate();
  bench.plug();
  // A vehicle that was told to charge without end is stopped by its driver.
  await bench.run(() => charges(world), session);
  if (Object.keys(world.evcc.stopAt ?? {}).length === 0) bench.evcc.stimulus("stop");
  const stopped = await world.observe(
    (event) => event.type === "v2g" && event.node === "evcc" && event.dir === "rx" && event.name === "SessionStopRes",
    session,
  );
  await world.pass(5_000);
  const charged = charges(world);
  const left = world.sees ? bench.plant.sample() : undefined;
  world.judge({
    text: "the next session",
    required: "charges, ends with SessionStopRes, and leaves an outlet below 60 V and unlocked",
    measured: [
      charged ? "charged" : "did not charge",
      stopped ? "ended with SessionStopRes" : "did not end",
      ...(left ? [`${left.outlet.toFixed(0)} V`, left.locked ? "locked" : "unlocked"] : []),
    ].join(", "),
    passed: charged && stopped !== undefined && (!left || (left.outlet < 60 && !left.locked)),
  });
}

/** Current flows, or, where nobody sees that, the station says so. */
function charges(world: HarnessWorld): boolean {
  const { trace } = world.bench;
  if (world.sees) return trace.of("power").some((event) => event.seq >= world.mark && event.current > 10);
  return trace.of("v2g", world.sut).some(({ seq, name }) => seq >= world.mark && name === "CurrentDemandRes");
}

/**
 * The plug cannot be had before the tester, wherever it was stopped, has let go of it: a vehicle opens its contactor and shows B, a
 * station is switched off. Whatever was broken on the bench is mended.
 */
function letGo({ sut, bench }: HarnessWorld): void {
  const { plant } = bench;
  plant.clear();
  bench.powerline.loseNothing();
  bench.serial?.mend();
  if (sut === "secc") {
    bench.evcc.kill();
    plant.inlet.contactor(false);
    plant.evPilot.present("B");
    return;
  }
  bench.secc.kill();
  plant.powerPath.supply("off");
  plant.powerPath.contactor(false);
  plant.powerPath.lock(false);
  plant.evsePilot.drive({ out: "x1" });
}
