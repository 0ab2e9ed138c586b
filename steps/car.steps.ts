import { type DataTable, Given, Then, When } from "@cucumber/cucumber";
import type { Millis } from "../core/clock";
import type { EventOf, TraceEvent } from "../core/trace";
import { type RequestName, type ResponseName, responseTo, type V2gMessage } from "../protocol/v2g";
import { badFrames } from "./support/bad-input";
import { defaultMessage } from "./support/defaults";
import { lookup, withField } from "./support/fields";
import { contentOf, isAnswer, isClose } from "./support/observations";
import * as view from "./support/power-view";
import { messageToSend, withFields } from "./support/saying";
import { type HarnessWorld, timing } from "./support/world";

/** The tester's right answer, or the nearest thing to it. */
const goodAnswer = (world: HarnessWorld) =>
  world.held ?? defaultMessage("SessionSetupRes", { SessionID: world.SessionID });

/** What the tester's station says. A car that has closed the connection does not hear it; that is for a Then to judge. */
function say(world: HarnessWorld, message: V2gMessage): void {
  world.stimulate();
  world.bench.secc.connection()?.send(message);
}

Given("a vehicle that charges {chargingTime}", function (this: HarnessWorld, loops: number) {
  this.evcc.stopAt = Number.isFinite(loops) ? { loops } : {};
});

/** The first PowerDeliveryRes starts charging, this one is for the stop. */
Given("a session in which the EVCC waits for PowerDeliveryRes after charging", async function (this: HarnessWorld) {
  let times = 0;
  this.stationGate.close(
    (effect) => effect.do === "send" && effect.message.name === "PowerDeliveryRes" && ++times === 2,
  );
  this.bench.plug();
  await this.bringAbout("the EVCC has asked for the end of charging", () => this.stationGate.held !== undefined);
});

Given("a session in which the EVCC waits for {response}", async function (this: HarnessWorld, name: ResponseName) {
  this.stationGate.close((effect) => effect.do === "send" && effect.message.name === name);
  this.bench.plug();
  await this.bringAbout(`the EVCC waits for ${name}`, () => this.stationGate.held !== undefined);
});

When("the SECC gives {response} with", function (this: HarnessWorld, name: ResponseName, table: DataTable) {
  say(this, withFields(this, messageToSend(this, name), table));
  this.stationGate.goOn();
});

When("the SECC answers {response} instead", function (this: HarnessWorld, name: ResponseName) {
  say(this, defaultMessage(name, { SessionID: this.SessionID }));
});

When("{duration} after the last request the SECC answers", async function (this: HarnessWorld, time: Millis) {
  const last = this.sent().at(-1);
  await this.pass((last?.t ?? this.bench.clock.now()) + time - this.bench.clock.now());
  say(this, goodAnswer(this));
  this.stationGate.goOn();
});

When("the driver {stopping} charging", function (this: HarnessWorld, _tense: string) {
  this.stimulate();
  this.bench.evcc.stimulus("stop");
});

When("the SECC answers", function (this: HarnessWorld) {
  say(this, goodAnswer(this));
  this.stationGate.goOn();
});

When("the SECC sends {badFrame}", function (this: HarnessWorld, name: string) {
  this.stimulate();
  this.bench.secc
    .connection()
    ?.sendFrame((badFrames[name] as (typeof badFrames)[string])(goodAnswer(this)), `(${name})`);
});

When("the SECC sends {badFrame} before its answer", function (this: HarnessWorld, name: string) {
  this.stimulate();
  const good = goodAnswer(this);
  this.bench.secc.connection()?.sendFrame((badFrames[name] as (typeof badFrames)[string])(good), `(${name})`);
  this.bench.secc.connection()?.send(good);
  this.stationGate.goOn();
});

/** The same answer to every request of its kind; when the time is over the right one, and the station goes on. */
When(
  "for {duration} the SECC keeps answering {response} with",
  async function (this: HarnessWorld, time: Millis, name: ResponseName, table: DataTable) {
    const good = goodAnswer(this);
    const answer = withFields(this, good, table);
    const until = (this.sent().at(-1)?.t ?? this.bench.clock.now()) + time;
    const reply = (): void => {
      const over = this.bench.clock.now() >= until;
      this.bench.secc.connection()?.send(over ? good : answer);
      if (over) this.stationGate.goOn();
    };
    this.stationGate.onInput((input) => {
      if (input.kind === "message" && responseTo(input.message.name as RequestName) === name) reply();
    });
    this.bench.secc.connection()?.send(answer);
    await this.bench.run(() => this.stationGate.held === undefined, time + 3_000);
    this.stimulate();
  },
);

/** The vehicle stops without having asked for less current, and waits. */
When("the EVCC asks for the end of charging at once", async function (this: HarnessWorld) {
  this.carGate.close((effect) => effect.do === "send" && effect.message.name === "CurrentDemandReq");
  await this.bringAbout("the next CurrentDemandReq", () => this.carGate.held !== undefined);
  this.stimulate();
  const request = defaultMessage("PowerDeliveryReq", { SessionID: this.SessionID });
  this.connection.send(withField(request, "body.ChargeProgress", "Stop") as typeof request);
});

Then("the {side} has sent, repeats left out", function (this: HarnessWorld, _side: string, table: DataTable) {
  const said = this.sent(this.mark).map((frame) => {
    const { fields, fault } = contentOf(frame);
    return [frame.name, fault ?? String(lookup(fields, "ResponseCode") ?? "")] as const;
  });
  const folded = said.filter(([name, code], index) => name !== said[index - 1]?.[0] || code !== said[index - 1]?.[1]);
  const show = (list: readonly (readonly string[])[]): string => list.map((it) => it.join(" ").trim()).join(", ");
  const seen = show(folded);
  // A message in parentheses may be left out.
  const rows = table.raw().map(([name = "", ...codes]) => {
    const optional = /^\((.*)\)$/.exec(name)?.[1];
    return optional !== undefined && !seen.includes(optional) ? [] : [[optional ?? name, ...codes]];
  });
  const required = show(rows.flat());
  const measured = seen;
  this.judge({ text: "messages", required, measured, passed: measured === required, silent: folded.length === 0 });
});

/** Contactor open and B (or A, when the plug is out) on the wire by then, and so it stays. Measured from the stimulus. */
Then(
  "the EVCC has opened its contactor and shows state B within {duration}",
  async function (this: HarnessWorld, limit: Millis) {
    const from = view.start(this);
    await this.pass(Math.max(0, from + limit + timing - this.bench.clock.now()));
    const open = view.settled(this, ({ evContactor }) => !evContactor);
    this.judge({
      text: "contactor of the EVCC",
      required: `open within ${limit} ms`,
      measured: open === undefined ? "closed" : `open after ${open.toFixed(1)} ms`,
      passed: open !== undefined && open <= limit + timing,
      silent: open === undefined,
    });
    const shown = shownSince(this, from);
    this.judge({
      text: "load that the EVCC puts on the pilot",
      required: `B within ${limit} ms`,
      measured: shown === undefined ? "C" : `B after ${shown.toFixed(1)} ms`,
      passed: shown !== undefined && shown <= limit + timing,
      silent: shown === undefined,
    });
  },
);

/** How long after `from` the wire was in C or D for the last time; undefined where it still is. */
function shownSince(world: HarnessWorld, from: Millis): Millis | undefined {
  const all = world.bench.trace.of("pilot");
  const charging = ({ state }: EventOf<"pilot">): boolean => state === "C" || state === "D";
  const last = all.findLastIndex(charging);
  if (last < 0) return 0;
  const next = all[last + 1];
  return next && Math.max(0, next.t - from);
}

/** After a refusal a car may say goodbye; it does not go on. */
Then("the EVCC goes no further", async function (this: HarnessWorld) {
  await this.pass(3_000);
  const more = this.sent(this.mark).find(({ name }) => name !== "SessionStopReq");
  const measured = more ? more.name : "nothing";
  this.judge({ text: "requests after that", required: "none but SessionStopReq", measured, passed: !more });
});

Then(
  "the EVCC sends {request} within {duration}",
  async function (this: HarnessWorld, name: RequestName, limit: Millis) {
    const from = view.start(this);
    const wanted = (event: TraceEvent): boolean => isAnswer(this)(event) && event.name === name;
    const sent = await this.observe(wanted, limit + timing);
    const measured = sent ? `after ${(sent.t - from).toFixed(0)} ms` : "not sent";
    this.judge({ text: name, required: `within ${limit} ms`, measured, passed: !!sent, silent: !sent });
  },
);

/** Looked at afterwards: the stimulus went on beyond it. */
Then(
  "the EVCC closed the connection {duration} after its first {request}",
  function (this: HarnessWorld, time: Millis, name: RequestName) {
    const first = this.sent().find((frame) => frame.name === name);
    const close = this.bench.trace.events.find(isClose(this));
    const after = first && close && close.t - first.t;
    const tolerance = Math.max(timing, 0.02 * time);
    this.judge({
      text: `the connection closes after the first ${name}`,
      required: `${time} ms`,
      tolerance: `±${tolerance} ms`,
      measured: after === undefined ? "still open" : `${after.toFixed(0)} ms`,
      passed: after !== undefined && Math.abs(after - time) <= tolerance,
      silent: after === undefined,
    });
    if (close) this.mark = close.seq;
  },
);

Then("the EVCC never sends {request}", async function (this: HarnessWorld, name: RequestName) {
  await this.pass(10_000);
  const found = this.sent().some((frame) => frame.name === name);
  this.judge({ text: name, required: "never", measured: found ? "sent" : "never", passed: !found });
});

/** Power delivery stopped where it had begun, then the session, then the connection. */
Then("the EVCC ends the session in order", async function (this: HarnessWorld) {
  const stopped = await this.observe((event) => isAnswer(this)(event) && event.name === "SessionStopReq", 15_000);
  await this.pass(1_000);
  const said = this.sent();
  const progress = said
    .filter(({ name }) => name === "PowerDeliveryReq")
    .map(({ fields }) => lookup(fields, "ChargeProgress"));
  const started = progress.includes("Start");
  const closed = this.bench.trace
    .of("connection", "evcc")
    .some(({ op, seq }) => op !== "open" && seq > (stopped?.seq ?? 0));
  const { evContactor } = this.bench.plant.sample();
  const faults = [
    ...(stopped ? [] : ["no SessionStopReq"]),
    ...(started && progress.at(-1) !== "Stop" ? ["power delivery not stopped"] : []),
    ...(closed ? [] : ["connection open"]),
    ...(evContactor && !this.bench.plant.present.evContactorWelded ? ["contactor closed"] : []),
    ...(["B", "A"].includes(view.pilotStates(this).at(-1)?.state ?? "") ? [] : ["not in state B"]),
  ];
  this.judge({
    text: "the end of the session",
    required: "PowerDeliveryReq Stop after a start, SessionStopReq, contactor open, state B, connection closed",
    measured: faults.join(", ") || "so",
    passed: faults.length === 0,
    silent: !stopped,
  });
});
