import { Then } from "@cucumber/cucumber";
import type { Millis } from "../core/clock";
import type { EventOf } from "../core/trace";
import type { PhysicalValue } from "../protocol/iso15118-2";
import { amount } from "../protocol/v2g";
import * as view from "./support/power-view";
import { type HarnessWorld, timing } from "./support/world";

type Demand = EventOf<"v2g"> & {
  fields: {
    EVSEPresentVoltage: PhysicalValue;
    EVSEPresentCurrent: PhysicalValue;
    MeterInfo?: { MeterReading?: number };
  };
};
const demands = (world: HarnessWorld): Demand[] =>
  view.frames(world).filter((frame) => frame.name === "CurrentDemandRes") as Demand[];

/** Age that a reported value may have. */
const reportAge = (): Millis => Math.max(100, 2 * timing);

Then("CurrentDemandRes reports what is at the outlet", function (this: HarnessWorld) {
  const list = view.samples(this);
  const off = demands(this).flatMap(({ t, fields }) => {
    const voltage = amount(fields.EVSEPresentVoltage);
    const current = amount(fields.EVSEPresentCurrent);
    const misses = [
      ...misfit(list, t, "outlet", voltage, 10),
      ...misfit(list, t, "current", current, Math.max(0.5, 0.015 * current)),
    ];
    return misses.map((it) => `at ${t.toFixed(0)} ms ${it}`);
  });
  const none = demands(this).length === 0;
  this.judge({
    text: "EVSEPresentVoltage and EVSEPresentCurrent",
    required: "as measured at the outlet",
    tolerance: "±10 V; ±1.5 % or 0.5 A",
    measured: none ? "no CurrentDemandRes" : (off[0] ?? "as measured"),
    passed: !none && off.length === 0,
    silent: none,
  });
});

/** A reported value has to be one that the outlet had a moment ago. */
function misfit(
  list: readonly view.Sample[],
  t: Millis,
  of: "outlet" | "current",
  reported: number,
  tolerance: number,
): string[] {
  const recent = list.filter((sample) => sample.t >= t - reportAge() && sample.t <= t).map((sample) => sample[of]);
  for (const time of [t - reportAge(), t]) recent.push(view.valueAt(list, time, of) ?? 0);
  const least = Math.min(...recent) - tolerance;
  const most = Math.max(...recent) + tolerance;
  return reported >= least && reported <= most
    ? []
    : [`${of}: reported ${reported}, there were ${(least + tolerance).toFixed(1)} to ${(most - tolerance).toFixed(1)}`];
}

Then("the meter counts what the battery takes", function (this: HarnessWorld) {
  const list = view.samples(this);
  const last = demands(this).findLast(({ fields }) => fields.MeterInfo?.MeterReading !== undefined);
  const counted = last?.fields.MeterInfo?.MeterReading;
  const taken = last && energy(list, last.t);
  const allowed = taken === undefined ? 0 : 1 + 0.02 * taken;
  this.judge({
    text: "MeterReading of the last CurrentDemandRes",
    required: taken === undefined ? "what the battery took" : `${taken.toFixed(2)} Wh`,
    tolerance: "1 Wh and 2 %",
    measured: counted === undefined ? "no reading" : `${counted} Wh`,
    passed: counted !== undefined && taken !== undefined && taken > 1 && Math.abs(counted - taken) <= allowed,
    silent: counted === undefined,
  });
});

/** Watt-hours into the battery until `t`. */
function energy(list: readonly view.Sample[], t: Millis): number {
  let joules = 0;
  for (const [index, sample] of list.entries()) {
    const before = list[index - 1];
    if (!before || sample.t > t) continue;
    joules +=
      ((sample.t - before.t) / 1000) * ((sample.battery * sample.current + before.battery * before.current) / 2);
  }
  return joules / 3600;
}
