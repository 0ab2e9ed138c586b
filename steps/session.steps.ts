import { type DataTable, Given, Then, When } from "@cucumber/cucumber";
import type { Millis } from "../core/clock";
import type { EventOf, TraceEvent } from "../core/trace";
import { type MessageName, type RequestName, type ResponseName, responseTo, type V2gMessage } from "../protocol/v2g";
import { badFrames } from "./support/bad-input";
import { defaultMessage } from "./support/defaults";
import { agrees, lookup, show, withField } from "./support/fields";
import { type HarnessWorld, timing } from "./support/world";

/** How long an answer is waited for; its own time limit is another judgement. */
const patience: Millis = 5_000;

const isAnswer =
  (world: HarnessWorld) =>
  (event: TraceEvent): event is EventOf<"v2g"> =>
    event.type === "v2g" && event.node === world.sut && event.dir === "tx";

const isClose =
  (world: HarnessWorld) =>
  (event: TraceEvent): event is EventOf<"connection"> =>
    event.type === "connection" && event.node === world.sut && event.by === "local" && event.op !== "open";

/** A message with the fields of a two-column table; `Header.` leads to the header, all else to the body. */
function withFields(world: HarnessWorld, message: V2gMessage, table: DataTable): V2gMessage {
  const rows = Object.entries(table.rowsHash()).map(([path, text]) => [path, sessionIdOf(world, text)] as const);
  return rows.reduce((whole, [path, text]) => {
    const inHeader = path.startsWith("Header.");
    return withField(whole, inHeader ? path.replace("Header", "header") : `body.${path}`, text) as V2gMessage;
  }, message);
}

/** Session ids have names: nobody knows the assigned one beforehand. */
function sessionIdOf(world: HarnessWorld, text: string): string {
  const assigned = world.SessionID;
  const named: Record<string, string> = {
    zero: "0000000000000000",
    "the assigned one": assigned,
    "another one": assigned.replace(/^./, (digit) => (Number.parseInt(digit, 16) ^ 8).toString(16).toUpperCase()),
    "the assigned one without its last byte": assigned.slice(0, -2),
  };
  return named[text] ?? text;
}

/** What the tester would say now if it is that message, else a valid one of that name. */
function messageToSend(world: HarnessWorld, name: MessageName): V2gMessage {
  const { held } = world;
  return held?.name === name ? held : defaultMessage(name, { SessionID: world.SessionID });
}

function send(world: HarnessWorld, message: V2gMessage): void {
  world.stimulate();
  world.connection.send(message);
}

Given("a session in which the SECC waits for {request}", async function (this: HarnessWorld, name: RequestName) {
  this.carGate.close((effect) => effect.do === "send" && effect.message.name === name);
  this.bench.plug();
  await this.bringAbout(`the SECC waits for ${name}`, () => this.carGate.held !== undefined);
});

Given("a session in which the EVCC waits for {response}", async function (this: HarnessWorld, name: ResponseName) {
  this.stationGate.close((effect) => effect.do === "send" && effect.message.name === name);
  this.bench.plug();
  await this.bringAbout(`the EVCC waits for ${name}`, () => this.stationGate.held !== undefined);
});

When("the EVCC sends {request}", function (this: HarnessWorld, name: RequestName) {
  send(this, messageToSend(this, name));
});

When("the EVCC sends {request} with", function (this: HarnessWorld, name: RequestName, table: DataTable) {
  send(this, withFields(this, messageToSend(this, name), table));
});

When(
  "{duration} after the last response the EVCC sends {request}",
  async function (this: HarnessWorld, time: Millis, name: RequestName) {
    const last = this.sent().at(-1);
    await this.pass((last?.t ?? this.bench.clock.now()) + time - this.bench.clock.now());
    send(this, messageToSend(this, name));
  },
);

When("the EVCC sends {badFrame}", function (this: HarnessWorld, name: string) {
  this.stimulate();
  const good = this.held ?? defaultMessage("SessionSetupReq", { SessionID: this.SessionID });
  this.connection.sendFrame((badFrames[name] as (good: V2gMessage) => Uint8Array)(good), `(${name})`);
});

When("the EVCC sends nothing more", function (this: HarnessWorld) {
  this.stimulate();
});

When("the SECC sends nothing more", function (this: HarnessWorld) {
  this.stimulate();
});

When("the SECC answers {response} with", function (this: HarnessWorld, name: ResponseName, table: DataTable) {
  send(this, withFields(this, messageToSend(this, name), table));
  this.stationGate.open();
});

When("the SECC answers {response} instead", function (this: HarnessWorld, name: ResponseName) {
  send(this, defaultMessage(name, { SessionID: this.SessionID }));
});

When("{duration} after the last request the SECC answers", async function (this: HarnessWorld, time: Millis) {
  const last = this.sent().at(-1);
  await this.pass((last?.t ?? this.bench.clock.now()) + time - this.bench.clock.now());
  const { held } = this;
  this.stimulate();
  if (held) this.connection.send(held);
  this.stationGate.open();
});

When("the SECC keeps answering {response} with", function (this: HarnessWorld, name: ResponseName, table: DataTable) {
  const answer = withFields(this, messageToSend(this, name), table);
  this.stationGate.onInput((input) => {
    if (input.kind === "message" && responseTo(input.message.name as RequestName) === name)
      this.connection.send(answer);
  });
  send(this, answer);
});

Then("the SECC answers {response} with", async function (this: HarnessWorld, name: ResponseName, table: DataTable) {
  await answered(this, name, table.rowsHash());
});

Then(
  "the SECC answers {response} with ResponseCode {code}",
  async function (this: HarnessWorld, name: ResponseName, code: string) {
    await answered(this, name, { ResponseCode: code });
  },
);

async function answered(world: HarnessWorld, name: MessageName, fields: Record<string, string>): Promise<void> {
  const answer = await world.observe(isAnswer(world), patience);
  world.judge({
    text: "the answer",
    required: name,
    measured: answer?.name ?? `nothing within ${patience} ms`,
    passed: answer?.name === name,
    silent: answer === undefined,
  });
  for (const [path, text] of Object.entries(fields)) {
    const wanted = sessionIdOf(world, text);
    const value = lookup(answer?.fields, path);
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
    const from = this.bench.trace.events[this.mark]?.t ?? this.bench.clock.now();
    const close = await this.observe(isClose(this), limit + timing);
    this.judge({
      text: `the ${side} closes the connection`,
      required: `within ${limit} ms`,
      measured: close ? `after ${(close.t - from).toFixed(1)} ms` : "still open",
      passed: close !== undefined,
      silent: !close,
    });
  },
);

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

Then("the EVCC sends {request}", async function (this: HarnessWorld, name: RequestName) {
  await answered(this, name, {});
});

Then("the EVCC sends {request} with", async function (this: HarnessWorld, name: RequestName, table: DataTable) {
  await answered(this, name, table.rowsHash());
});
