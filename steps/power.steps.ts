import { Given, Then, When } from "@cucumber/cucumber";
import type { Millis } from "../core/clock";
import type { TraceEvent } from "../core/trace";
import { type RequestName, responseTo } from "../protocol/v2g";
import { plantFaults } from "./support/bench-faults";
import { judgeFeeding } from "./support/feeding";
import { lookup } from "./support/fields";
import { type Change, type Condition, type Extent, judgeMoments, judgePhase, volts } from "./support/power-conditions";
import "./support/power-types";
import * as view from "./support/power-view";
import { type HarnessWorld, timing } from "./support/world";

/** A session is over by then, or never will be. */
const longest: Millis = 180_000;

const after = (time: Millis | undefined): string => (time === undefined ? "not at all" : `after ${time.toFixed(1)} ms`);

Given("a vehicle whose EVMaximumVoltageLimit is {volts}", function (this: HarnessWorld, limit: number) {
  this.evcc.maximumVoltage = limit;
});

Given("there is {plantFault}", function (this: HarnessWorld, name: string) {
  this.stimulate();
  plantFaults[name]?.(this.bench.plant);
});

Given("a session that charges with {amperes} at least", async function (this: HarnessWorld, least: number) {
  this.evcc.stopAt = {};
  this.bench.plug();
  await this.bringAbout(`a current of ${least} A`, () => this.bench.plant.sample().current >= least);
});

Given("a session in {phase}", async function (this: HarnessWorld, phase: string) {
  this.evcc.stopAt = {};
  this.bench.plug();
  const opened = view.opens(phase);
  await this.comesAbout(phase, (event) => event.type === "v2g" && event.node === "evcc" && event.name === opened);
});

When("a session runs from plug to unplug", async function (this: HarnessWorld) {
  await runSession(this);
  if (!this.bench.plant.sample().locked) this.bench.unplug();
  await this.pass(2_000);
});

When("a session runs to its end", async function (this: HarnessWorld) {
  await runSession(this);
});

/** Plugs in and lets the session run until both connections are closed, and what follows by itself come to rest. */
async function runSession(world: HarnessWorld): Promise<void> {
  const { bench } = world;
  const { events } = bench.trace;
  world.stimulate();
  bench.plug();
  let looked = world.mark;
  let ended = 0;
  await bench.run(() => {
    for (; looked < events.length; looked++) {
      const event = events[looked];
      if (event?.type === "connection" && event.op !== "open") ended++;
    }
    return ended >= 2;
  }, longest);
  await world.pass(2_000);
}

When("the plug is pulled out by force", function (this: HarnessWorld) {
  this.stimulate();
  this.carGate.ignore(({ kind }) => kind === "pilot");
  this.bench.plant.unplug("by force");
  this.bench.powerline.setPlugged(false);
});

Then("when {moment} {condition}", function (this: HarnessWorld, moment: string, condition: Condition) {
  judgeMoments(this, moment, condition);
});

Then("during {phase} {extent}", function (this: HarnessWorld, phase: string, extent: Extent) {
  judgePhase(this, phase, extent);
});

Then("{change} within {duration}", async function (this: HarnessWorld, { text, look }: Change, time: Millis) {
  await judgeSettled(this, text, time, look);
});

/** True from then on and to the end, which is looked at a second after the limit. */
async function judgeSettled(
  world: HarnessWorld,
  text: string,
  limit: Millis,
  holds: (sample: view.Sample) => boolean,
): Promise<void> {
  await world.pass(Math.max(0, view.start(world) + limit + 1_000 - world.bench.clock.now()));
  const time = view.settled(world, holds);
  const passed = time !== undefined && time <= limit + timing / 2;
  const silent = time === undefined;
  world.judge({
    text,
    required: `within ${limit} ms`,
    measured: after(time),
    tolerance: `${timing / 2} ms`,
    passed,
    silent,
  });
}

Then("the {side} never closes its contactor", async function (this: HarnessWorld, side: string) {
  const contactor = side === "SECC" ? "evseContactor" : "evContactor";
  await judgeNever(this, `contactor of the ${side}`, "open", (sample) => (sample[contactor] ? "closed" : undefined));
});

Then("the outlet was fed to none but a vehicle that may have it", function (this: HarnessWorld) {
  judgeFeeding(this);
});

Then("the outlet never rises above {volts}", async function (this: HarnessWorld, limit: number) {
  await judgeNever(this, "outlet", `at most ${limit} V`, ({ outlet }) => (outlet > limit ? volts(outlet) : undefined));
});

/** Looked at until ten seconds after now. */
async function judgeNever(
  world: HarnessWorld,
  text: string,
  required: string,
  offence: (sample: view.Sample) => string | undefined,
): Promise<void> {
  await world.pass(10_000);
  const found = view
    .samples(world)
    .map(offence)
    .find((it) => it !== undefined);
  world.judge({ text, required, measured: found ?? required, passed: found === undefined });
}

Then("the plug stays locked while the outlet is above {volts}", async function (this: HarnessWorld, limit: number) {
  await this.pass(10_000);
  const list = view.samples(this);
  const freed = list.find(({ locked, outlet }) => !locked && outlet > limit);
  const live = (list.at(-1)?.outlet ?? 0) > limit;
  const measured = freed ? `unlocked at ${volts(freed.outlet)}` : live ? "locked" : "the outlet was not above it";
  this.judge({ text: "the plug", required: `locked above ${limit} V`, measured, passed: live && !freed });
});

Then(
  "the SECC has refused {request} within {duration}",
  async function (this: HarnessWorld, name: RequestName, limit: Millis) {
    const list = view.frames(this);
    const first = list.find((frame) => frame.name === name);
    const answers = list.filter((frame) => frame.name === responseTo(name));
    const refused = answers.find(({ fields }) => /^FAILED/.test(String(lookup(fields, "ResponseCode"))));
    const time = refused && first && refused.t - first.t;
    const wentOn = answers.some(
      ({ fields }) =>
        lookup(fields, "EVSEProcessing") === "Finished" && /^OK/.test(String(lookup(fields, "ResponseCode"))),
    );
    this.judge({
      text: `${name} is refused`,
      required: `within ${limit} ms`,
      measured: wentOn ? "finished with OK" : after(time),
      passed: !wentOn && time !== undefined && time <= limit,
      silent: time === undefined && !wentOn,
    });
  },
);

/** By the notification of a stop or by the status code, and no contactor opens before. */
Then("the SECC asks the EVCC to stop within {duration}", async function (this: HarnessWorld, limit: Millis) {
  const from = view.start(this);
  const asks = (event: TraceEvent): boolean =>
    event.type === "v2g" &&
    event.node === "secc" &&
    event.dir === "tx" &&
    (lookup(event.fields, "DC_EVSEStatus.EVSENotification") === "StopCharging" ||
      lookup(event.fields, "DC_EVSEStatus.EVSEStatusCode") === "EVSE_Shutdown");
  const asked = await this.observe(asks, limit + timing);
  this.judge({
    text: "a request to stop",
    required: `within ${limit} ms`,
    measured: after(asked && asked.t - from),
    passed: asked !== undefined,
    silent: !asked,
  });
  await this.pass(5_000);
  const stopped = this.sent(this.mark).some(({ name }) => name === "SessionStopRes");
  this.judge({
    text: "the end of the session",
    required: "SessionStopRes",
    measured: stopped ? "SessionStopRes" : "no SessionStopRes",
    passed: stopped,
  });
});

Then("charging goes on for {duration}", async function (this: HarnessWorld, time: Millis) {
  await this.pass(time);
  const list = view.samples(this);
  const broken = list.some(({ evseContactor, supply, current }) => !evseContactor || !supply || current < 1);
  const before = view.frames(this).some(({ name }) => name === "CurrentDemandRes");
  this.judge({
    text: "charging",
    required: "goes on",
    measured: broken ? "interrupted" : before ? "goes on" : "no CurrentDemandRes any more",
    passed: !broken && before,
  });
});

Then(
  "the current falls no faster than {int} A\\/s and is gone within {duration}",
  async function (this: HarnessWorld, rate: number, time: Millis) {
    await judgeSettled(this, "current below 1 A", time, ({ current }) => Math.abs(current) < 1);
    const list = view.samples(this).filter((sample) => sample.evseContactor && sample.evContactor);
    let steepest = 0;
    for (const sample of list) {
      const earlier = list.findLast(({ t }) => t <= sample.t - 50);
      if (earlier) steepest = Math.max(steepest, (1000 * (earlier.current - sample.current)) / (sample.t - earlier.t));
    }
    const measured = `${steepest.toFixed(0)} A/s`;
    this.judge({
      text: "slope of the current",
      required: `at most ${rate} A/s`,
      tolerance: "5 %",
      measured,
      passed: steepest <= rate * 1.05,
    });
  },
);
