import type { Millis } from "../../core/clock";
import type { EventOf, TraceEvent } from "../../core/trace";
import type { HarnessWorld } from "./world";

export type Sample = EventOf<"power">;
type Frame = EventOf<"v2g">;

/** Volts that may be touched; above it the outlet is live. */
export const touchable = 60;

/** Nothing is judged that nobody sees. @throws NotApplicable */
const onlyWhereSeen = ({ bench }: HarnessWorld): void => void bench.plant.sample();

/** The power path from the stimulus on, in order of time; the first sample is the one that stood then. */
export function samples(world: HarnessWorld): Sample[] {
  onlyWhereSeen(world);
  const all = world.bench.trace.of("power");
  const first = all.findIndex(({ seq }) => seq >= world.mark);
  if (first < 0) return all.slice(-1);
  return all.slice(Math.max(0, first - 1));
}

/** What stood on the power path when an event was seen: the last sample before it. */
export function sampleAt(list: readonly Sample[], seq: number): Sample | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as Sample).seq <= seq) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}

/** Frames that the side under test has sent or received since the stimulus. */
export const frames = (world: HarnessWorld): Frame[] =>
  world.bench.trace.of("v2g", world.sut).filter(({ seq }) => seq >= world.mark);

const closes = (contactor: "evseContactor" | "evContactor") => (before: Sample, after: Sample) =>
  !before[contactor] && after[contactor];
const opening = (contactor: "evseContactor" | "evContactor") => (before: Sample, after: Sample) =>
  before[contactor] && !after[contactor];

/** Instants at which the power path changes, as a feature names them. */
const changes: Readonly<Record<string, (before: Sample, after: Sample) => boolean>> = {
  "the EVCC closes its contactor": closes("evContactor"),
  "the EVCC opens its contactor": opening("evContactor"),
  "the SECC opens its contactor": opening("evseContactor"),
  "the plug is unlocked": (before, after) => before.locked && !after.locked,
  "the outlet becomes live": (before, after) => before.outlet < touchable && after.outlet >= touchable,
  "the insulation is found good": (before, after) => before.isolation !== "Valid" && after.isolation === "Valid",
};

/** Instants at which something is said. */
const sayings: Readonly<Record<string, (frame: Frame) => boolean>> = {
  "the cable check is reported finished": ({ name, fields }) =>
    name === "CableCheckRes" && (fields as { EVSEProcessing?: string }).EVSEProcessing === "Finished",
  "the EVCC asks for the start of charging": ({ name, fields }) =>
    name === "PowerDeliveryReq" && (fields as { ChargeProgress?: string }).ChargeProgress === "Start",
  "the EVCC asks for the end of charging": ({ name, fields }) =>
    name === "PowerDeliveryReq" && (fields as { ChargeProgress?: string }).ChargeProgress === "Stop",
  "the EVCC asks for the end of the session": ({ name }) => name === "SessionStopReq",
};

export const momentNames = [...Object.keys(changes), ...Object.keys(sayings)];

/** Every time since the stimulus that a moment came about, with the power path just before and just after it. */
export function moments(
  world: HarnessWorld,
  name: string,
): { t: Millis; seq: number; before: Sample; after: Sample }[] {
  const list = samples(world);
  const change = changes[name];
  if (change) {
    return list.flatMap((after, index) => {
      const before = list[index - 1];
      return before && change(before, after) ? [{ t: after.t, seq: after.seq, before, after }] : [];
    });
  }
  return frames(world)
    .filter((frame) => sayings[name]?.(frame))
    .flatMap(({ t, seq }) => {
      const sample = sampleAt(list, seq);
      return sample ? [{ t, seq, before: sample, after: sample }] : [];
    });
}

const phases: Readonly<Record<string, { from: string; to: readonly string[] }>> = {
  "the cable check": { from: "CableCheckReq", to: ["PreChargeReq", "SessionStopReq"] },
  "pre-charge": { from: "PreChargeReq", to: ["PowerDeliveryReq", "SessionStopReq"] },
  "the charging loop": { from: "CurrentDemandReq", to: ["PowerDeliveryReq"] },
  "the end of charging": { from: "WeldingDetectionReq", to: [] },
};
export const phaseNames = Object.keys(phases);

/** The request with which a phase begins. */
export const opens = (phase: string): string | undefined => phases[phase]?.from;

/** Samples of a phase of the session, which goes from its first request to the first of the next one; empty when there was none. */
export function during(world: HarnessWorld, name: string): Sample[] {
  const { from, to } = phases[name] ?? { from: "", to: [] };
  const said = frames(world);
  const first = said.find((frame) => frame.name === from);
  if (!first) return [];
  const last = said.find((frame) => frame.seq > first.seq && to.includes(frame.name));
  const end = last?.seq ?? Number.POSITIVE_INFINITY;
  return samples(world).filter(({ seq }) => seq > first.seq && seq < end);
}

/** Time since the stimulus of the first sample from which on `holds` is true to the end; undefined where it is not. */
export function settled(world: HarnessWorld, holds: (sample: Sample) => boolean): Millis | undefined {
  const list = samples(world);
  const last = list.findLastIndex((sample) => !holds(sample));
  const from = start(world);
  if (last < 0) return 0;
  const sample = list[last + 1];
  return sample && sample.t - from;
}

/** Samples of a time, with those that stood at its ends between two samples. */
export function between(world: HarnessWorld, from: Millis, to: Millis): Pick<Sample, "outlet" | "current">[] {
  onlyWhereSeen(world);
  const all = world.bench.trace.of("power");
  const at = (t: Millis) => ({ outlet: valueAt(all, t, "outlet") ?? 0, current: valueAt(all, t, "current") ?? 0 });
  return [at(from), ...all.filter(({ t }) => t > from && t < to), at(to)];
}

/** When the stimulus was. */
export const start = (world: HarnessWorld): Millis =>
  world.bench.trace.events[world.mark]?.t ?? world.bench.clock.now();

/** Volts or amperes at a time, between two samples on the line that joins them. */
export function valueAt(list: readonly Sample[], t: Millis, of: "outlet" | "current"): number | undefined {
  const next = list.findIndex((sample) => sample.t > t);
  const after = next < 0 ? undefined : list[next];
  const before = next < 0 ? list.at(-1) : list[next - 1];
  if (!before) return undefined;
  if (!after) return before[of];
  return before[of] + ((after[of] - before[of]) * (t - before.t)) / (after.t - before.t);
}

export const isPilot = (event: TraceEvent): event is EventOf<"pilot"> => event.type === "pilot";

/** States of the pilot wire since the stimulus, the one that stood then first, repeats left out. */
export function pilotStates(world: HarnessWorld): EventOf<"pilot">[] {
  onlyWhereSeen(world);
  const all = world.bench.trace.of("pilot");
  const standing = all.findLast(({ seq }) => seq < world.mark);
  const later = all.filter(({ seq }) => seq >= world.mark);
  const list = standing ? [standing, ...later] : later;
  return list.filter(({ state }, index) => state !== list[index - 1]?.state);
}

/** The pilot event that stood at a time. */
export const pilotAt = (world: HarnessWorld, t: Millis): EventOf<"pilot"> | undefined =>
  world.bench.trace.of("pilot").findLast((event) => event.t <= t);
