import { type DataTable, Then } from "@cucumber/cucumber";
import type { Millis } from "../core/clock";
import type { EventOf } from "../core/trace";
import { amount, type MessageName, type RequestName, type ResponseName } from "../protocol/v2g";
import { agrees, isPhysical, lookup, show } from "./support/fields";
import { named } from "./support/named-values";
import { contentOf, isAnswer, isClose, isOff, powerBefore, showPower } from "./support/observations";
import * as view from "./support/power-view";
import { repeatLast } from "./support/saying";
import { type HarnessWorld, timing } from "./support/world";

/** How long an answer is waited for; its own time limit is another judgement. */
const patience: Millis = 5_000;
/** A contactor that is told to open has done so by then (S02). */
const opening: Millis = 100;

Then("the answer is {response} with", async function (this: HarnessWorld, name: ResponseName, table: DataTable) {
  const fields = table.rowsHash();
  if (fields.EVSEProcessing === "Finished") await askUntilFinished(this, name);
  await answered(this, name, fields);
});

/** For so long a station may be Ongoing (V2G_SECC_Ongoing_Performance_Time), asked as often as our car asks. */
const ongoing: Millis = 55_000;
const pace: Millis = 250;

async function askUntilFinished(world: HarnessWorld, name: ResponseName): Promise<void> {
  const until = world.bench.clock.now() + ongoing;
  while (world.bench.clock.now() < until) {
    const answer = await world.observe(isAnswer(world), patience);
    const said = (field: string) => answer && lookup(contentOf(answer).fields, field);
    if (answer?.name !== name || said("EVSEProcessing") !== "Ongoing" || said("ResponseCode") !== "OK") return;
    await world.pass(pace);
    world.stimulate();
    repeatLast(world);
  }
}

Then(
  "the SECC answers {response} with ResponseCode {code}",
  async function (this: HarnessWorld, name: ResponseName, code: string) {
    await answered(this, name, { ResponseCode: code });
  },
);

/** The next message of the side under test: that one, valid by its schema, of this session, with these fields. */
async function answered(world: HarnessWorld, name: MessageName, fields: Record<string, string>): Promise<void> {
  const answer = await world.observe(isAnswer(world), patience);
  world.judge({
    text: "the answer",
    required: name,
    measured: answer?.name ?? `nothing within ${patience} ms`,
    passed: answer?.name === name,
    silent: answer === undefined,
  });
  const content = answer ? contentOf(answer) : {};
  const { fault } = content;
  world.judge({ text: name, required: "valid", measured: fault ?? "valid", passed: fault === undefined });
  const header = name.startsWith("supportedAppProtocol")
    ? {}
    : { "Header.SessionID": world.sessionIdUntil(answer?.seq) };
  for (const [path, text] of Object.entries({ ...header, ...fields })) {
    const wanted = named(world, text);
    const value = lookup(content.fields, path);
    world.judge({ text: `${name}.${path}`, required: wanted, measured: show(value), passed: agrees(value, wanted) });
  }
}

Then("the SECC does not answer", async function (this: HarnessWorld) {
  const answer = await this.observe(isAnswer(this), patience);
  this.judge({
    text: "no answer",
    required: "nothing",
    measured: answer?.name ?? "nothing",
    passed: answer === undefined,
  });
});

Then("the connection stays open", function (this: HarnessWorld) {
  const close = this.bench.trace.events.slice(this.mark).find(isClose(this));
  this.judge({
    text: "the connection",
    required: "open",
    measured: close ? `closed (${close.op})` : "open",
    passed: !close,
  });
});

Then(
  "the {side} closes the connection within {duration}",
  async function (this: HarnessWorld, side: string, limit: Millis) {
    await closes(this, side, limit, this.bench.trace.events[this.mark]?.t ?? this.bench.clock.now());
  },
);

async function closes(world: HarnessWorld, side: string, limit: Millis, from: Millis) {
  const close = await world.observe(isClose(world), from + limit + timing - world.bench.clock.now());
  world.judge({
    text: `the ${side} closes the connection`,
    required: `within ${limit} ms`,
    measured: close ? `after ${(close.t - from).toFixed(1)} ms` : "still open",
    passed: close !== undefined,
    silent: !close,
  });
  return close as EventOf<"connection">;
}

/** The end of a session after a fault of the vehicle: nothing more is said, the power goes, then the connection (HIL-G2). */
Then("the SECC ends the session within {duration}", async function (this: HarnessWorld, limit: Millis) {
  const answers = this.sent(this.mark);
  const from = answers.at(-1)?.t ?? this.bench.trace.events[this.mark]?.t ?? this.bench.clock.now();
  const close = await closes(this, "SECC", limit, from);
  const before = powerBefore(this, close);
  const supply = before?.supply === true;
  this.judge({
    text: "the supply when the connection closes",
    required: "off",
    measured: supply ? "on" : "off",
    passed: !supply,
  });
  await this.pass(opening);
  judgeOff(this, opening);
  const said = this.sent(this.mark);
  this.judge({
    text: "messages since then",
    required: "one at most",
    measured: said.map(({ name }) => name).join(", ") || "none",
    passed: said.length <= 1,
  });
});

function judgeOff(world: HarnessWorld, limit: Millis): void {
  const sample = world.bench.plant.sample();
  world.judge({
    text: `the power path after ${limit} ms`,
    required: "supply off, contactor open, less than 5 A",
    measured: showPower(sample),
    passed: isOff(sample),
  });
}

Then("the SECC sends nothing else", async function (this: HarnessWorld) {
  await this.pass(patience);
  const said = this.sent(this.mark);
  this.judge({
    text: "messages since then",
    required: "one",
    measured: said.map(({ name }) => name).join(", ") || "none",
    passed: said.length === 1,
  });
});

/** These, in this order, and no more. */
Then("the SECC answers, one after the other", async function (this: HarnessWorld, table: DataTable) {
  await this.pass(patience);
  const said = this.sent(this.mark).map((frame) => {
    const { fields, fault } = contentOf(frame);
    return `${frame.name} ${fault ?? lookup(fields, "ResponseCode")}`;
  });
  const required = table
    .raw()
    .map((row) => row.join(" "))
    .join(", ");
  const measured = said.join(", ") || "none";
  this.judge({ text: "the answers", required, measured, passed: measured === required, silent: said.length === 0 });
});

Then("the SECC repeats its last response", async function (this: HarnessWorld) {
  const before = this.sent()
    .filter(({ seq }) => seq < this.mark)
    .at(-1);
  const answer = await this.observe(isAnswer(this), patience);
  this.judge({
    text: "the answer",
    required: `${before?.name} once more, octet by octet`,
    measured: answer
      ? `${answer.name}${answer.hex === before?.hex ? "" : ", other octets"}`
      : `nothing within ${patience} ms`,
    passed: answer !== undefined && answer.hex === before?.hex,
    silent: !answer,
  });
});

Then("the SECC answers within {duration}", async function (this: HarnessWorld, limit: Millis) {
  const from = this.bench.trace.events[this.mark]?.t ?? this.bench.clock.now();
  const answer = await this.observe(isAnswer(this), patience);
  this.judge({
    text: "time to the answer",
    required: `${limit} ms at most`,
    measured: answer ? `${(answer.t - from).toFixed(1)} ms` : `nothing within ${patience} ms`,
    passed: answer !== undefined && answer.t - from <= limit,
    performance: answer !== undefined,
    silent: !answer,
  });
});

/** The line of metrics that a station gives for every session. */
Then("the SECC counts", async function (this: HarnessWorld, table: DataTable) {
  const isMetrics = (event: { type: string; node: string; text?: string }): boolean =>
    event.type === "log" && event.node === this.sut && event.text === "metrics";
  const line = await this.observe(isMetrics, patience);
  const fields = line?.type === "log" ? line.fields : undefined;
  for (const [name, wanted] of Object.entries(table.rowsHash())) {
    const value = lookup(fields, name);
    this.judge({ text: name, required: wanted, measured: show(value), passed: agrees(value, wanted) });
  }
});

Then(
  "the {side} closes the connection {duration} after its last {word}",
  async function (this: HarnessWorld, side: string, time: Millis, what: string) {
    const last = this.sent().at(-1);
    const from = last?.t ?? 0;
    const close = await this.observe(isClose(this), from + time + timing - this.bench.clock.now());
    const after = close && close.t - from;
    this.judge({
      text: `the ${side} closes the connection after its last ${what}`,
      required: `${time} ms`,
      tolerance: `±${timing} ms`,
      measured: after === undefined ? "still open" : `${after.toFixed(1)} ms`,
      passed: after !== undefined && Math.abs(after - time) <= timing,
      silent: !close,
    });
  },
);

Then("the EVCC goes on with {request}", async function (this: HarnessWorld, name: RequestName) {
  await answered(this, name, {});
});

/** Volts that a station may be wrong by (S19). */
const accuracy = 10;

Then("{response} reports the voltage at the outlet", async function (this: HarnessWorld, name: ResponseName) {
  const answer = await this.observe(isAnswer(this), patience);
  // From its measurement to its arrival a value grows a little older; the outlet may be on its way.
  const at = answer?.t ?? this.bench.clock.now();
  const recent = view.between(this, at - timing, at).map(({ outlet }) => outlet);
  const [least, most] = [Math.min(...recent), Math.max(...recent)];
  const value = answer && lookup(contentOf(answer).fields, "EVSEPresentVoltage");
  const told = isPhysical(value) && value.Unit === "V" ? amount(value) : undefined;
  this.judge({
    text: `${name}.EVSEPresentVoltage`,
    required: most - least < 0.1 ? `${most.toFixed(1)} V` : `${least.toFixed(1)} to ${most.toFixed(1)} V`,
    tolerance: `±${accuracy} V`,
    measured: show(value),
    passed: answer?.name === name && told !== undefined && told >= least - accuracy && told <= most + accuracy,
  });
});

interface Entry {
  readonly RelativeTimeInterval: { readonly start: number; readonly duration?: number };
}

/** From now on, without a gap: a schedule's entries follow each other, and the last one says how long it lasts. */
Then("every schedule it offers covers {duration}", async function (this: HarnessWorld, time: Millis) {
  const answer = await this.observe(isAnswer(this), patience);
  const offered = answer && lookup(contentOf(answer).fields, "SAScheduleList.SAScheduleTuple");
  const schedules = (Array.isArray(offered) ? offered : []).map(
    (tuple) => lookup(tuple as object, "PMaxSchedule.PMaxScheduleEntry") as Entry[],
  );
  const ends = schedules.map((entries) => {
    const intervals = entries.map(({ RelativeTimeInterval }) => RelativeTimeInterval);
    const inOrder = intervals.every(({ start }, index) =>
      index === 0 ? start === 0 : start > (intervals[index - 1]?.start ?? 0),
    );
    const last = intervals.at(-1);
    return inOrder && last ? last.start + (last.duration ?? 0) : Number.NaN;
  });
  this.judge({
    text: "schedules",
    required: `one at least, each from now to ${time / 1000} s`,
    measured: ends.map((end) => `${end} s`).join(", ") || "none",
    passed: ends.length > 0 && ends.every((end) => end >= time / 1000),
  });
});

Then("no two sessions have had the same SessionID", function (this: HarnessWorld) {
  const setUps = this.sent().filter(({ name }) => name === "SessionSetupRes");
  const ids = setUps.map((event) => String(lookup(contentOf(event).fields, "Header.SessionID")));
  const passed = ids.length > 1 && new Set(ids).size === ids.length;
  this.judge({ text: "SessionIDs", required: "two at least, all different", measured: ids.join(", "), passed });
});
