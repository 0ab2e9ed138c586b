import { Then } from "@cucumber/cucumber";
import type { Millis } from "../core/clock";
import { fieldsOf, macOf, mmes, RunID } from "./support/mme-values";
import * as view from "./support/power-view";
import "./support/power-types";
import { type HarnessWorld, timing } from "./support/world";

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
  const vehicle = macOf(this, "evcc");
  const own = profiles.map(fieldsOf).filter(({ PEV_MAC, NumGroups }) => PEV_MAC === vehicle && NumGroups === 58);
  const measured = own.map(({ AAG }) => AAG as number[]);
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
