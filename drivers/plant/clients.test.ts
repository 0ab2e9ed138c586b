import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { SystemClock } from "../linux/clock";
import { EnvironmentError } from "../linux/environment";
import { clientsBench, frozenWay, socketBench, until } from "./bench.contract";
import { PlantCar, PlantError, type PlantHappening, PlantObserver, PlantStation } from "./index";

const swift = { supply: { voltsPerSecond: 2000 }, actuators: { lock: { onMs: 20, offMs: 20 } } };

async function clients(context: TestContext) {
  const bench = await clientsBench(swift);
  context.after(() => bench.close());
  return bench;
}

/** As `clients`, plugged in with 5 % on the line, state C, and 400 V at the outlet. */
async function energised(context: TestContext) {
  const bench = await clients(context);
  const { station, car, observer } = bench;
  station.pilot.drive({ out: "x2", dutyPercent: 5 });
  await observer.plug();
  car.pilot.present("C");
  station.power.lock(true);
  station.power.contactor(true);
  station.power.supply({ voltage: 400, current: 2 });
  await until(() => station.power.read().voltage > 390 && station.pilot.read().state === "C");
  return bench;
}

test("a plant that is silent is pilot F, no power and no plug; it is taken up again when it speaks", async (context) => {
  const bench = await socketBench(swift);
  const clock = new SystemClock();
  const [evse, ev] = [await frozenWay(bench.paths.evse), await frozenWay(bench.paths.ev)];
  const station = await PlantStation.open({ path: evse.path, clock });
  const car = await PlantCar.open({ path: ev.path, clock });
  context.after(() => [station, car, evse, ev, bench].map((each) => each.close()));
  const { plant } = bench.server.rig;
  plant.plug();
  station.pilot.drive({ out: "x2", dutyPercent: 5 });
  car.pilot.present("C");
  station.power.lock(true);
  station.power.contactor(true);
  station.power.supply({ voltage: 400, current: 2 });
  await until(() => station.power.read().voltage > 390 && station.pilot.read().state === "C");
  const seen: string[] = [];
  station.pilot.onChange(({ state }) => seen.push(state));
  station.power.onChange(({ contactor }) => seen.push(contactor ? "closed" : "open"));
  car.pilot.onChange(({ plugged }) => seen.push(plugged ? "plugged" : "no plug"));
  for (const way of [evse, ev]) way.freeze(true);
  await until(() => station.pilot.read().state === "F" && !car.pilot.read().plugged);
  const { supply, contactor, voltage, isolation } = station.power.read();
  assert.deepEqual({ supply, contactor, isolation }, { supply: false, contactor: false, isolation: "Invalid" });
  assert.ok(Number.isNaN(voltage) && Number.isNaN(car.inlet.read().voltage));
  assert.deepEqual(seen.toSorted(), ["F", "no plug", "open"]);
  // The plant has not heard us either.
  await until(() => !plant.sample().supply && !plant.sample().evseContactor);
  for (const way of [evse, ev]) way.freeze(false);
  await until(() => station.pilot.read().state === "B" && car.pilot.read().dutyPercent === 5);
  await until(() => station.power.known && car.inlet.known);
  assert.deepEqual([station.power.read().supply, station.power.read().contactor], [false, false]);
});

test("clients take up a plant that has restarted: the line stands as driven, nothing else is energised", async (context) => {
  const first = await socketBench(swift);
  const clock = new SystemClock();
  const station = await PlantStation.open({ path: first.paths.evse, clock });
  const car = await PlantCar.open({ path: first.paths.ev, clock });
  context.after(() => [station, car].map((client) => client.close()));
  station.pilot.drive({ out: "x2", dutyPercent: 5 });
  car.pilot.present("C");
  station.power.supply({ voltage: 400, current: 2 });
  station.power.contactor(true);
  await until(() => station.power.read().contactor && station.power.read().supply);
  first.close();
  await until(() => station.pilot.read().state === "F");
  station.power.lock(false);
  assert.equal(car.pilot.read().plugged, false);
  const second = await socketBench(swift, first.folder);
  context.after(() => second.close());
  await until(() => station.pilot.read().state === "A" && station.link.alive && car.link.alive);
  await until(() => second.server.rig.wire.dutyPercent === 5);
  assert.equal(second.server.rig.car.load, "B");
  await until(() => station.power.known && car.inlet.known);
  const { supply, contactor } = station.power.read();
  assert.deepEqual({ supply, contactor }, { supply: false, contactor: false });
});

test("commands to a plant that is gone are not kept for later", async (context) => {
  const { station, server, stop } = await clients(context);
  stop();
  await until(() => !station.link.alive);
  station.power.contactor(true);
  station.power.supply({ voltage: 400, current: 1 });
  station.power.measureIsolation(true);
  assert.equal(station.power.read().isolation, "Invalid");
  assert.equal(server.rig.plant.powerPath.read().supply, false);
  await assert.rejects(station.link.request("sys.info"), (error: unknown) => {
    assert.ok(error instanceof PlantError);
    assert.deepEqual(error.reason, { kind: "Lost" });
    return true;
  });
});

test("a line that the plant has let go is known, and ends what was going on", async (context) => {
  const { station, server } = await energised(context);
  const seen: string[] = [];
  station.pilot.onChange(({ state }) => seen.push(state));
  const [held] = [...server.clients].filter(({ role }) => role === "evse");
  await new Promise((resolve) => setTimeout(resolve, 350));
  server.release(held!, "silent");
  await until(() => seen.length > 0);
  assert.equal(seen[0], "F");
  await until(() => station.pilot.read().state !== "F" && server.rig.wire.dutyPercent === 5);
});

test("a station measures finely while there is power, coarsely while there is none", async (context) => {
  const { station } = await energised(context);
  const gap = async (): Promise<number> => {
    const at: number[] = [];
    station.link.onEvent("evt:power.tick", ({ ts }) => at.push(ts));
    await until(() => at.length >= 6);
    return ((at[5] ?? 0) - (at[0] ?? 0)) / 5;
  };
  const fine = await gap();
  station.power.supply("off");
  station.power.contactor(false);
  await until(() => station.power.read().voltage < 60 && !station.power.read().contactor);
  const coarse = await gap();
  assert.ok(coarse > 2 * fine, `${fine} ms and ${coarse} ms`);
});

test("a fault reaches the station by name", async (context) => {
  const { station, observer } = await clients(context);
  const faults: (string | undefined)[] = [];
  station.power.onChange((_, fault) => faults.push(fault));
  assert.deepEqual(await observer.fault("contactTemperature", { celsius: 99 }), {
    contactTemperature: { contact: 0, celsius: 99 },
  });
  await until(() => faults.includes("OverTemperature"));
  assert.equal(station.power.read().temperatures[0], 99);
  await observer.clear();
});

test("the observer's feed has the events of the plant at their time, by the observer's clock", async (context) => {
  const bench = await socketBench(swift);
  context.after(() => bench.close());
  // A clock with another origin than the plant's: 7 s earlier.
  const clock = new SystemClock(process.hrtime.bigint() - 7_000_000_000n);
  const path = bench.paths.observer;
  const observer = await PlantObserver.open({ path, clock, originNs: clock.origin });
  context.after(() => observer.close());
  const fed: PlantHappening[] = [];
  observer.onHappening((happening) => fed.push(happening));
  const before = clock.now();
  await observer.plug();
  await until(() => fed.some(({ type }) => type === "pilot"));
  const after = clock.now();
  assert.deepEqual(fed[0], { t: fed[0]?.t, node: "plant", type: "stimulus", what: "plug" });
  assert.ok(
    fed.every(({ t }) => t >= before && t <= after),
    JSON.stringify([before, fed, after]),
  );
  const { plugged, pilot, outlet } = await observer.sample();
  assert.deepEqual(
    { plugged, pilot, outlet },
    { plugged: true, pilot: { type: "pilot", state: "B", high: 8.979, low: 8.979 }, outlet: 0 },
  );
  assert.equal(observer.missed, 0);
  await assert.rejects(observer.fault("cpForced", { volts: Number.NaN }), /bad_figure/);
});

test("the observer resets the plant, sees who is there, who was let go and what was commanded", async (context) => {
  const { observer, station, car, server } = await energised(context);
  const commands: string[] = [];
  const failsafes: unknown[] = [];
  observer.onCommand(({ role, line }) => commands.push(`${role} ${line}`));
  observer.onFailsafe(({ role, because }) => failsafes.push([role, because]));
  await assert.rejects(observer.unplug(), /locked/);
  car.pilot.present("D");
  await until(() => commands.some((line) => /^ev .*"load":"D"/.test(line)));
  const held = (await observer.clients()).map(({ role, holds }) => [role, holds.length > 0]);
  assert.deepEqual(held, [
    ["observer", false],
    ["evse", true],
    ["ev", true],
  ]);
  await observer.reset({ battery: { soc: 50 } }, 3);
  await until(() => station.pilot.read().state === "A" && !station.power.read().supply && car.inlet.read().soc === 50);
  assert.equal(server.rig.plant.plugged, false);
  await until(() => server.rig.wire.dutyPercent === 5);
  car.close();
  await until(() => failsafes.length > 0);
  assert.deepEqual(failsafes, [["ev", "gone"]]);
  await observer.unplug("by force");
});

test("no plant, and the wrong side of one, are told in words", async (context) => {
  const { paths, folder } = await socketBench().then((bench) => {
    context.after(() => bench.close());
    return bench;
  });
  const clock = new SystemClock();
  const refused = (pattern: RegExp) => (error: unknown) => {
    assert.ok(error instanceof EnvironmentError);
    assert.equal(error.problem.kind, "NoPlant");
    assert.match(error.message, pattern);
    return true;
  };
  const patienceMs = 250;
  await assert.rejects(PlantStation.open({ path: join(folder, "none"), clock, patienceMs }), refused(/none: ENOENT/));
  await assert.rejects(PlantStation.open({ path: paths.ev, clock, patienceMs }), refused(/socket of ev/));
  await assert.rejects(PlantCar.open({ path: paths.observer, clock, patienceMs }), refused(/socket of observer/));
});
