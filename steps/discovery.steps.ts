import { Given, Then, When } from "@cucumber/cucumber";
import type { Millis } from "../core/clock";
import type { Endpoint } from "../core/network";
import { defaultConfig } from "../secc/config";
import { Inconclusive } from "./support/judgement";
import * as view from "./support/power-view";
import { good, responses } from "./support/sdp-answers";
import { type HarnessWorld, timing } from "./support/world";

/** Where the car's SDP requests come from. */
function carEndpoint({ bench }: HarnessWorld): Endpoint {
  const asked = bench.trace.of("sdp", "evcc").findLast(({ dir }) => dir === "tx");
  if (!asked) throw new Inconclusive("the EVCC has not asked for a SECC");
  return asked.from;
}

Given("an EVCC that looks for a SECC", async function (this: HarnessWorld) {
  this.stationGate.close((effect) => effect.do === "answer");
  this.bench.plug();
  await this.bringAbout("an SDP request", () => this.stationGate.held !== undefined);
});

function announce(world: HarnessWorld, what: string): void {
  const { secc } = world.bench;
  const make = responses[what];
  if (!make) throw new Inconclusive(`there is no SDP response with ${what}`);
  secc.announce(make(secc.address), carEndpoint(world));
}

When("the SECC {announcing} with {sdpAnswer}", function (this: HarnessWorld, _tense: string, what: string) {
  this.stimulate();
  announce(this, what);
});

When("the SECC announces itself, and another station does too", function (this: HarnessWorld) {
  this.stimulate();
  const to = carEndpoint(this);
  const { secc } = this.bench;
  secc.announce(good(secc.address), to);
  secc.announce(good("fe80::bad:5ecc"), to);
  this.stationGate.goOn();
});

When("{duration} later the SECC announces itself", async function (this: HarnessWorld, time: Millis) {
  await this.pass(time);
  this.stimulate();
  this.bench.secc.announce(good(this.bench.secc.address), carEndpoint(this));
  this.stationGate.goOn();
});

When("the SECC does not announce itself", function (this: HarnessWorld) {
  this.mark = this.bench.trace.of("sdp", "evcc")[0]?.seq ?? 0;
});

/** It goes on as if nothing had come: no connection, and the next question. */
Then("the EVCC discards that", async function (this: HarnessWorld) {
  await this.pass(1_000);
  const later = this.bench.trace.events.slice(this.mark);
  const opened = later.find((event) => event.type === "connection" && event.node === "evcc" && event.op === "open");
  const again = later.some((event) => event.type === "sdp" && event.node === "evcc" && event.dir === "tx");
  this.judge({
    text: "what follows",
    required: "no connection, and another SDP request",
    measured: opened ? "a connection" : again ? "another SDP request" : "no SDP request any more",
    passed: !opened && again,
  });
});

Then("the EVCC connects within {duration}", async function (this: HarnessWorld, limit: Millis) {
  const opened = await this.observe(
    (event) => event.type === "connection" && event.node === "evcc" && event.op === "open",
    limit,
  );
  const to = opened?.type === "connection" ? opened.peer : undefined;
  const right = to?.address === this.bench.secc.address && to.port === defaultConfig.port;
  this.judge({
    text: "connection",
    required: "to the station",
    measured: to ? `to ${to.address} port ${to.port}` : "none",
    passed: right,
    silent: !to,
  });
});

/** SDP requests since the first one; everything is over after so long. */
async function asked(world: HarnessWorld) {
  await world.pass(60_000);
  return world.bench.trace.of("sdp", "evcc").filter(({ dir, seq }) => dir === "tx" && seq >= world.mark);
}

Then("the EVCC asks again, {duration} apart at least", async function (this: HarnessWorld, apart: Millis) {
  const list = await asked(this);
  const least = Math.min(...list.slice(1).map(({ t }, index) => t - (list[index]?.t ?? 0)));
  this.judge({
    text: "SDP requests",
    required: `2 or more, ${apart} ms apart at least`,
    tolerance: `-${timing} ms`,
    measured: `${list.length}, ${least} ms apart at least`,
    passed: list.length >= 2 && least >= apart - timing,
    silent: list.length < 2,
  });
});

Then("the EVCC asks {int} times at most", async function (this: HarnessWorld, most: number) {
  const list = await asked(this);
  this.judge({
    text: "SDP requests",
    required: `1 to ${most}`,
    measured: String(list.length),
    passed: list.length >= 1 && list.length <= most,
  });
});

Then("the EVCC gives up within {duration}", async function (this: HarnessWorld, limit: Millis) {
  const from = view.start(this);
  await this.pass(Math.max(0, from + limit + 20_000 - this.bench.clock.now()));
  const last = this.bench.trace.of("sdp", "evcc").findLast(({ dir }) => dir === "tx");
  const time = (last?.t ?? from) - from;
  this.judge({
    text: "last SDP request",
    required: `within ${limit} ms`,
    measured: `after ${time.toFixed(0)} ms`,
    passed: time <= limit,
  });
});
