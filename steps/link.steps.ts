import { type DataTable, Given, Then, When } from "@cucumber/cucumber";
import type { Millis } from "../core/clock";
import type { EventOf, TraceEvent } from "../core/trace";
import { type MmeName, sendKey } from "../protocol/homeplug";
import { modemFaults } from "./support/bench-faults";
import { agrees, lookup, show } from "./support/fields";
import { fieldsOf, macOf, meaning, mmes, RunID } from "./support/mme-values";
import type { Sending } from "./support/power-types";
import "./support/power-types";
import * as view from "./support/power-view";
import { noise, strangeMme } from "./support/strange-mmes";
import { accompany, alter, type Span, span } from "./support/tester-mmes";
import { type HarnessWorld, timing } from "./support/world";

Given("the line loses {mme} {int} time(s)", function (this: HarnessWorld, name: MmeName, times: number) {
  this.bench.powerline.lose(name, times);
});

Given(
  "a match in which the {side} has sent {sending}",
  async function (this: HarnessWorld, side: string, what: Sending) {
    const { bench } = this;
    const { name, times } = what;
    const node = side === "SECC" ? "secc" : "evcc";
    let sent = 0;
    const isSent = (event: TraceEvent): boolean =>
      event.type === "mme" && event.node === node && event.dir === "tx" && event.name === name && ++sent >= times;
    bench.plug();
    await this.comesAbout(`${name} of the ${side}`, isSent);
  },
);

When("the plug is put in", function (this: HarnessWorld) {
  this.stimulate();
  this.bench.plug();
});

When("{strangeMme} is heard over the line", async function (this: HarnessWorld, name: string) {
  const { bench, sut } = this;
  await this.pass(100);
  const plugged = bench.trace.of("stimulus").some(({ what }) => what === "plug");
  if (!plugged) bench.powerline.setPlugged(true);
  this.stimulate();
  (sut === "secc" ? bench.evcc : bench.secc).transmit(strangeMme(this, name));
  if (plugged) return;
  await this.pass(1_000);
  bench.powerline.setPlugged(false);
});

Given("{strangeMme} is heard every {duration}", async function (this: HarnessWorld, name: string, apart: Millis) {
  await this.pass(100);
  noise(this, name, apart);
});

/** Until then it was in order: whoever stands behind it has been able to start. */
Given("the modem of the {side} {modemFault}", async function (this: HarnessWorld, side: string, what: string) {
  const { powerline } = this.bench;
  await this.pass(100);
  this.stimulate();
  modemFaults[what]?.(powerline, side === "SECC" ? "evse" : "ev");
});

/** Its modem gets a key that nobody else has. */
When("the {side} leaves the network", function (this: HarnessWorld, _side: string) {
  const { bench, sut } = this;
  const [tester, node] = sut === "secc" ? ([bench.evcc, "evcc"] as const) : ([bench.secc, "secc"] as const);
  this.stimulate();
  const key = { nid: "01020304050607", nmk: "0123456789ABCDEF0123456789ABCDEF" };
  const effect = sendKey(macOf(this, node), { key, nonce: "00000000", sends: 1 });
  if (effect.do === "mme") tester.transmit(effect.frame);
});

Given("every {mme} of the {side} has", function (this: HarnessWorld, name: string, side: string, table: DataTable) {
  alter(this, side, name, table.rowsHash());
});

Given(
  "there is/are {int} other {side}(s) with",
  function (this: HarnessWorld, count: number, side: string, table: DataTable) {
    accompany(this, side, count, table.rowsHash());
  },
);

Then("the {side} sends {mme}", async function (this: HarnessWorld, side: string, name: string) {
  await sends(this, side, name);
});

/**
 * The first one since the stimulus; what is not in the table is as it should be, or the frame would not decode. `times` counts all of
 * them, `number` picks another one; `within` is the time from the stimulus, `delay` that from the last message heard.
 */
Then("the {side} sends {mme} with", async function (this: HarnessWorld, side: string, name: string, table: DataTable) {
  const { number = "1", times, within, delay, ...rows } = table.rowsHash();
  const event = await sends(this, side, name, Number(number));
  const fields = event ? fieldsOf(event) : {};
  for (const [path, text] of Object.entries(rows)) {
    const wanted = text === "that of its modem" ? modemKey(this, path) : meaning(this, text);
    const value = lookup(fields, path);
    const passed = text === "a fresh one" ? event !== undefined && isFresh(this, event, path) : agrees(value, wanted);
    this.judge({ text: `${name}.${path}`, required: wanted, measured: show(value), passed });
  }
  if (within !== undefined && event)
    judgeTime(this, name, event.t - view.start(this), span(within.includes(" to ") ? within : `0 s to ${within}`));
  if (delay !== undefined && event) judgeTime(this, name, event.t - lastHeard(this, event), span(delay));
  if (times !== undefined) await judgeTimes(this, name, Number(times));
});

function judgeTime(world: HarnessWorld, text: string, time: Millis, { least, most }: Span): void {
  const passed = time >= least - timing && time <= most + timing;
  world.judge({ text, required: `after ${least} to ${most} ms`, measured: `${time.toFixed(1)} ms`, passed });
}

/** When the side under test has last heard from the other one before it sent that. */
const lastHeard = ({ bench, sut }: HarnessWorld, event: EventOf<"mme">): Millis =>
  bench.trace
    .of("mme", sut)
    .findLast(({ dir, name, seq }) => dir === "rx" && seq < event.seq && /^CM_(?!SET_KEY|ATTEN_PROFILE)/.test(name))
    ?.t ?? 0;

async function judgeTimes(world: HarnessWorld, name: string, wanted: number): Promise<void> {
  await world.pass(2_000);
  const found = mmes(world, name).length;
  const required = String(wanted);
  world.judge({ text: `number of ${name}`, required, measured: String(found), passed: found === wanted });
}

/** A key, or the RunID of a matching, that the host has not had before and that does not hold its address; repeats apart. */
function isFresh(world: HarnessWorld, event: EventOf<"mme">, path: string): boolean {
  const value = String(lookup(fieldsOf(event), path));
  const before = mmes(world, event.name, "tx", 0).filter(({ seq }) => seq < event.seq);
  const address = macOf(world, event.node === "secc" ? "secc" : "evcc").replaceAll(":", "");
  return !value.includes(address) && before.every((other) => lookup(fieldsOf(other), path) !== value);
}

/** The first, or another, of that name since the stimulus. */
async function sends(world: HarnessWorld, side: string, name: string, number = 1): Promise<EventOf<"mme"> | undefined> {
  let seen = 0;
  const wanted = (event: TraceEvent): event is EventOf<"mme"> =>
    event.type === "mme" && event.node === world.sut && event.dir === "tx" && event.name === name && ++seen >= number;
  const event = await world.observe(wanted, 20_000);
  const measured = event ? "sent" : "not sent";
  const text = number === 1 ? `${name} of the ${side}` : `${name} of the ${side}, number ${number}`;
  world.judge({ text, required: "sent", measured, passed: !!event, silent: !event });
  return event;
}

/** NID and NMK that a host has given its modem last. */
function modemKey(world: HarnessWorld, path: string): string {
  const last = mmes(world, "CM_SET_KEY.REQ", "tx", 0).at(-1);
  return String(last && fieldsOf(last)[path === "NMK" ? "NewKey" : path]);
}

Then(
  "the {side} answers {mme} with {mme} within {duration}",
  async function (this: HarnessWorld, _side: string, question: string, answer: string, limit: Millis) {
    await sends(this, _side, answer);
    await this.pass(500);
    const times = mmes(this, question, "rx").map(({ t, seq }) => {
      const reply = mmes(this, answer, "tx", seq)[0];
      return reply ? reply.t - t : Number.POSITIVE_INFINITY;
    });
    const longest = Math.max(...times);
    this.judge({
      text: `${answer} for every ${question}`,
      required: `within ${limit} ms`,
      measured: times.length === 0 ? `no ${question} came` : `${longest} ms`,
      passed: times.length > 0 && longest <= limit,
    });
  },
);

Then(
  "the {side} sends {mme} {int} times, {gap} apart",
  async function (this: HarnessWorld, side: string, name: string, times: number, [least, most]: [Millis, Millis?]) {
    const apart: [Millis, Millis] = most === undefined ? [least - timing, least + timing] : [least, most];
    await judgeTrain(this, side, name, times, apart);
  },
);

/** So many of that name and RunID, no more, in even steps. */
async function judgeTrain(world: HarnessWorld, side: string, name: string, times: number, apart: [number, number]) {
  await world.pass(3_000);
  const all = mmes(world, name);
  const list = all.filter((event) => RunID(event) === RunID(all[0]));
  const gaps = list.slice(1).map(({ t }, index) => t - (list[index]?.t ?? 0));
  const even = gaps.every((gap) => gap >= apart[0] && gap <= apart[1]);
  world.judge({
    text: `${name} of the ${side} in one match`,
    required: `${times}, ${apart[0]} to ${apart[1]} ms apart`,
    measured: `${list.length}${gaps.length > 0 ? `, ${gaps.join(", ")} ms apart` : ""}`,
    passed: list.length === times && even,
    silent: list.length === 0,
  });
}

Then("the {side} never sends {mme}", async function (this: HarnessWorld, side: string, name: string) {
  await this.pass(3_000);
  const found = mmes(this, name).length;
  this.judge({ text: `${name} of the ${side}`, required: "none", measured: String(found), passed: found === 0 });
});

Then(
  "the {side} has not sent {mme} after {duration}",
  async function (this: HarnessWorld, side: string, name: string, time: Millis) {
    await this.pass(time);
    const found = mmes(this, name).length;
    this.judge({
      text: `${name} of the ${side}`,
      required: `none within ${time} ms`,
      measured: String(found),
      passed: found === 0,
    });
  },
);

/** The network key that a host has given its modem. */
const keyOf = (event: EventOf<"mme"> | undefined): string => String(event && fieldsOf(event).NewKey);

Then(
  "the {side} leaves the network with a fresh key within {duration} of the end of the connection",
  async function (this: HarnessWorld, side: string, limit: Millis) {
    await this.pass(limit);
    const ends = this.bench.trace.of("connection", this.sut).filter(({ op, seq }) => op !== "open" && seq >= this.mark);
    const end = ends.at(-1);
    const before = mmes(this, "CM_SET_KEY.REQ", "tx", 0).filter(({ seq }) => end && seq < end.seq);
    const next = mmes(this, "CM_SET_KEY.REQ").find(({ seq }) => end && seq > end.seq);
    const fresh = next !== undefined && before.every((event) => keyOf(event) !== keyOf(next));
    const time = next && end && next.t - end.t;
    this.judge({
      text: `the ${side} leaves its network`,
      required: `a key it has not used, within ${limit} ms`,
      measured: time === undefined ? "no new key" : `${fresh ? "a fresh key" : "an old key"} after ${time} ms`,
      passed: fresh && time !== undefined && time <= limit,
      silent: time === undefined,
    });
  },
);

Then(
  "the SECC has given its modem a key before the vehicle came, and none until the match",
  async function (this: HarnessWorld) {
    await this.pass(2_000);
    const match = mmes(this, "CM_SLAC_MATCH.CNF")[0];
    const keys = mmes(this, "CM_SET_KEY.REQ", "tx", 0).filter(({ seq }) => match && seq < match.seq);
    const late = keys.filter(({ seq }) => seq >= this.mark).length;
    const measured = `${keys.length - late} before, ${late} after plugging in`;
    this.judge({
      text: "keys",
      required: "1 or more before, 0 after plugging in",
      measured,
      passed: keys.length > late && late === 0 && !!match,
      silent: !match,
    });
  },
);

Then("the EVCC joins with the key that CM_SLAC_MATCH.CNF told", async function (this: HarnessWorld) {
  await this.pass(1_000);
  const told = mmes(this, "CM_SLAC_MATCH.CNF", "rx")[0];
  const taken = told && mmes(this, "CM_SET_KEY.REQ", "tx", told.seq)[0];
  const [theirs, ours] = [told && fieldsOf(told), taken && fieldsOf(taken)];
  const same = theirs !== undefined && theirs.NMK === ours?.NewKey && theirs.NID === ours?.NID;
  const measured = !ours ? "no key set" : same ? "the key told" : "another key";
  this.judge({ text: "key of the EVCC's modem", required: "the key told", measured, passed: same, silent: !ours });
});

Then(
  "the network carries an SDP request of the EVCC within {duration}( of the match)",
  async function (this: HarnessWorld, limit: Millis) {
    const heard = await this.observe(
      (event) => event.type === "sdp" && event.node === this.sut && event.name === "SDPRequest",
      limit + 5_000,
    );
    const matches = mmes(this, "CM_SLAC_MATCH.CNF", this.sut === "secc" ? "tx" : "rx", 0);
    // Without a match since the stimulus it is the link of the last one that comes back.
    const match = matches.find(({ seq }) => seq >= this.mark) ?? matches.at(-1);
    const from = match && match.seq >= this.mark ? match.t : view.start(this);
    this.judge({
      text: "the link",
      required: `carries IPv6 within ${limit} ms`,
      measured: heard ? `after ${heard.t - from} ms` : "it does not",
      passed: heard !== undefined && match !== undefined && heard.seq > match.seq && heard.t - from <= limit,
      silent: !heard,
    });
  },
);
