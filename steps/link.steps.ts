import { type DataTable, Given, Then, When } from "@cucumber/cucumber";
import { unhex } from "../core/bytes";
import type { Millis } from "../core/clock";
import type { EventOf, TraceEvent } from "../core/trace";
import { BROADCAST, decodeMme, encodeMme, type MmeName } from "../protocol/homeplug";
import { agrees, lookup, show } from "./support/fields";
import * as view from "./support/power-view";
import "./support/power-types";
import { type HarnessWorld, timing } from "./support/world";

type MmeEvent = EventOf<"mme">;

const mmes = (world: HarnessWorld, name: string, dir: "tx" | "rx" = "tx", from = world.mark): MmeEvent[] =>
  world.bench.trace
    .of("mme", world.sut)
    .filter((event) => event.name === name && event.dir === dir && event.seq >= from);

/** What an MME holds, read from its octets. */
function fieldsOf(event: MmeEvent): Record<string, unknown> {
  const message = decodeMme(unhex(event.hex));
  return message.kind === "Mme" ? { ...message.fields, da: message.da, sa: message.sa } : {};
}

/** Address of a host, as its first frame has it. */
const macOf = ({ bench }: HarnessWorld, node: "secc" | "evcc"): string => {
  const [first] = bench.trace.of("mme", node).filter(({ dir }) => dir === "tx");
  return String(first && fieldsOf(first).sa);
};

const RunID = (event: MmeEvent | undefined): string => String(event && fieldsOf(event).RunID);

Given("the line loses {mme} {int} time(s)", function (this: HarnessWorld, name: MmeName, times: number) {
  this.bench.powerline.lose(name, times);
});

Given("a match in which the {side} has sent {mme}", async function (this: HarnessWorld, side: string, name: string) {
  const { bench } = this;
  const node = side === "SECC" ? "secc" : "evcc";
  const isSent = (event: TraceEvent): boolean =>
    event.type === "mme" && event.node === node && event.dir === "tx" && event.name === name;
  bench.plug();
  await this.comesAbout(`${name} of the ${side}`, isSent);
});

When("the plug is put in", function (this: HarnessWorld) {
  this.stimulate();
  this.bench.plug();
});

When("CM_SLAC_PARM.REQ is heard over the line while the pilot is in state A", async function (this: HarnessWorld) {
  const { bench } = this;
  await this.pass(100);
  bench.powerline.setPlugged(true);
  this.stimulate();
  const sa = macOf(this, "evcc");
  bench.evcc.transmit(
    encodeMme({ name: "CM_SLAC_PARM.REQ", da: BROADCAST, sa, fields: { RunID: "0102030405060708" } }),
  );
  await this.pass(1_000);
  bench.powerline.setPlugged(false);
});

Then("the {side} sends {mme}", async function (this: HarnessWorld, side: string, name: string) {
  await sends(this, side, name);
});

/** The first one since the stimulus; what is not in the table is as it should be, or the frame would not decode. */
Then("the {side} sends {mme} with", async function (this: HarnessWorld, side: string, name: string, table: DataTable) {
  const event = await sends(this, side, name);
  const fields = event ? fieldsOf(event) : {};
  for (const [path, text] of Object.entries(table.rowsHash())) {
    const wanted = text === "that of its modem" ? modemKey(this, path) : meaning(this, text);
    const value = lookup(fields, path);
    this.judge({ text: `${name}.${path}`, required: wanted, measured: show(value), passed: agrees(value, wanted) });
  }
});

async function sends(world: HarnessWorld, side: string, name: string): Promise<MmeEvent | undefined> {
  const wanted = (event: { type: string; node: string; dir?: string; name?: string }): boolean =>
    event.type === "mme" && event.node === world.sut && event.dir === "tx" && event.name === name;
  const event = (await world.observe(wanted, 20_000)) as MmeEvent | undefined;
  const measured = event ? "sent" : "not sent";
  world.judge({ text: `${name} of the ${side}`, required: "sent", measured, passed: !!event, silent: !event });
  return event;
}

/** NID and NMK that a host has given its modem last. */
function modemKey(world: HarnessWorld, path: string): string {
  const last = mmes(world, "CM_SET_KEY.REQ", "tx", 0).at(-1);
  return String(last && fieldsOf(last)[path === "NMK" ? "NewKey" : path]);
}

/** Values of a match have names: nobody knows them beforehand. */
function meaning(world: HarnessWorld, text: string): string {
  const { bench } = world;
  const request = bench.trace.of("mme").find(({ name }) => name === "CM_SLAC_PARM.REQ");
  const names: Record<string, () => string> = {
    "that of the request": () => RunID(request),
    "the vehicle": () => macOf(world, "evcc"),
    "the station": () => macOf(world, "secc"),
    "all stations": () => BROADCAST,
  };
  return names[text]?.() ?? text;
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

Then("each {mme} holds the same octets", function (this: HarnessWorld, name: string) {
  const list = mmes(this, name);
  const same = list.every(({ hex }) => hex === list[0]?.hex);
  const measured = list.length === 0 ? "none" : same ? "the same" : "others";
  this.judge({
    text: name,
    required: "the same octets each time",
    measured,
    passed: same && list.length > 0,
    silent: list.length === 0,
  });
});

/** One message of the side under test after another that it has received. */
Then(
  "{mme} comes {gap} after the {end} {mme}",
  function (this: HarnessWorld, name: string, [least, most]: [Millis, Millis?], end: string, cause: string) {
    const [told] = mmes(this, name);
    const from = mmes(this, cause, "rx")
      .filter(({ seq }) => told && seq < told.seq)
      .at(end === "first" ? 0 : -1);
    const time = told && from && told.t - from.t;
    const limits: [Millis, Millis] = [least - (least > 0 ? timing : 0), most ?? least + timing];
    this.judge({
      text: `${name} after the ${end} ${cause}`,
      required: `${least} to ${limits[1]} ms`,
      measured: time === undefined ? "not sent" : `${time} ms`,
      passed: time !== undefined && time >= limits[0] && time <= limits[1],
      silent: time === undefined,
    });
  },
);

Then("the sounds count down from 9 to 0", function (this: HarnessWorld) {
  const counts = mmes(this, "CM_MNBC_SOUND.IND").map((event) => fieldsOf(event).Cnt);
  const measured = counts.join(" ");
  this.judge({ text: "Cnt", required: "9 8 7 6 5 4 3 2 1 0", measured, passed: measured === "9 8 7 6 5 4 3 2 1 0" });
});

Then("the attenuation of each group is the mean of what the modem measured", function (this: HarnessWorld) {
  const [told] = mmes(this, "CM_ATTEN_CHAR.IND");
  const profiles = mmes(this, "CM_ATTEN_PROFILE.IND", "rx").filter(({ seq }) => told && seq < told.seq);
  const measured = profiles.map((event) => fieldsOf(event).AAG as number[]);
  const mean = (group: number): number => measured.reduce((sum, aag) => sum + (aag[group] ?? 0), 0) / measured.length;
  const reported = told ? (fieldsOf(told).AAG as number[]) : [];
  const off = reported.findIndex((db, group) => Math.abs(db - mean(group)) > 1);
  this.judge({
    text: "AAG of CM_ATTEN_CHAR.IND",
    required: "the mean of every group",
    tolerance: "1 dB",
    measured: off < 0 ? "the mean" : `group ${off}: ${reported[off]} instead of ${mean(off)} dB`,
    passed: measured.length > 0 && reported.length === 58 && off < 0,
    silent: !told,
  });
});

Then(
  "the {side} matches again with another RunID after {duration} at least",
  async function (this: HarnessWorld, side: string, least: Millis) {
    await this.pass(5_000);
    const list = mmes(this, "CM_SLAC_PARM.REQ");
    const again = list.findIndex((event) => RunID(event) !== RunID(list[0]));
    const before = list[again - 1];
    const pause = again > 0 && before ? (list[again]?.t ?? 0) - before.t : undefined;
    this.judge({
      text: `next match of the ${side}`,
      required: `another RunID, ${least} ms after the last attempt or later`,
      measured: pause === undefined ? "no other RunID" : `after ${pause} ms`,
      passed: pause !== undefined && pause >= least,
      silent: pause === undefined,
    });
  },
);

Then(
  "the {side} sends no {mme} later than {duration} after that",
  async function (this: HarnessWorld, side: string, name: string, limit: Millis) {
    const from = view.start(this);
    await this.pass(Math.max(0, from + limit + 20_000 - this.bench.clock.now()));
    const list = mmes(this, name);
    const last = list.at(-1);
    this.judge({
      text: `last ${name} of the ${side}`,
      required: `within ${limit} ms`,
      measured: last ? `after ${(last.t - from).toFixed(0)} ms` : "none at all",
      passed: last !== undefined && last.t - from <= limit + timing,
      silent: !last,
    });
  },
);

/** The network key that a host has given its modem. */
const keyOf = (event: MmeEvent | undefined): string => String(event && fieldsOf(event).NewKey);

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
  "the network carries an SDP request of the EVCC within {duration} of the match",
  async function (this: HarnessWorld, limit: Millis) {
    const heard = await this.observe(
      (event) => event.type === "sdp" && event.node === this.sut && event.name === "SDPRequest",
      limit + 5_000,
    );
    const match = mmes(this, "CM_SLAC_MATCH.CNF", this.sut === "secc" ? "tx" : "rx")[0];
    const from = match?.t ?? view.start(this);
    this.judge({
      text: "the link after CM_SLAC_MATCH.CNF",
      required: `carries IPv6 within ${limit} ms`,
      measured: heard ? `after ${heard.t - from} ms` : "it does not",
      passed: heard !== undefined && match !== undefined && heard.seq > match.seq && heard.t - from <= limit,
      silent: !heard,
    });
  },
);
