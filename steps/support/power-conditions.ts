import { defineParameterType } from "@cucumber/cucumber";
import { isOff } from "./observations";
import * as view from "./power-view";
import { profileOf } from "./profile";
import type { HarnessWorld } from "./world";

export const volts = (value: number): string => `${value.toFixed(1)} V`;
export const amperes = (value: number): string => `${value.toFixed(2)} A`;

type Moment = ReturnType<typeof view.moments>[number];
type Samples = readonly view.Sample[];
/** What was measured, and whether that is as required. */
type Finding = [measured: string, right: boolean];

const figure = "\\d+(?:\\.\\d+)?";
/** The number in a text, or the one letter of a pilot state. */
const limitIn = (text: string): number => Number(new RegExp(figure).exec(text)?.[0]);
const stateIn = (text: string): string => /state ([A-F])/.exec(text)?.[1] ?? "";

/** Volts that the station under test can give: it is asked for no more. */
const supplyOf = ({ parameters }: HarnessWorld): number => profileOf(parameters.profile).pixit.maximumVoltage;

/** What holds at a moment: the words of a feature as a pattern, and how it is looked at. */
const conditions: Record<string, (text: string) => (at: Moment, world: HarnessWorld) => Finding> = {
  [`the current is below ${figure} A`]: (text) => (at) => {
    const { current } = at.before.t === at.after.t ? at.before : at.after;
    return [amperes(current), Math.abs(current) < limitIn(text)];
  },
  [`the outlet is below ${figure} V`]:
    (text) =>
    ({ before: { outlet } }) => [volts(outlet), outlet < limitIn(text)],
  [`the outlet is above ${figure} V`]:
    (text) =>
    ({ before: { outlet } }, world) => [volts(outlet), outlet > Math.min(limitIn(text), 0.9 * supplyOf(world))],
  [`inlet and battery differ by less than ${figure} V`]:
    (text) =>
    ({ before: { inlet, battery } }) => [
      `${volts(inlet)} against ${volts(battery)}`,
      Math.abs(inlet - battery) < limitIn(text),
    ],
  "the plug is locked":
    () =>
    ({ before: { locked } }) => [locked ? "locked" : "unlocked", locked],
  "the insulation has been found good":
    () =>
    ({ before: { isolation } }) => [isolation, isolation === "Valid"],
  "the pilot is in state [A-F]":
    (text) =>
    ({ t }, world) => {
      const state = view.pilotAt(world, t)?.state;
      return [`state ${state}`, state === stateIn(text)];
    },
};

const peak = (list: Samples, of: "outlet" | "current"): number =>
  Math.max(...list.map((sample) => Math.abs(sample[of])));
const near = (value: number, wanted: number): boolean => Math.abs(value - wanted) <= 0.05 * wanted;

/** What holds over a phase; what is to be reached may be missed by 5 %. */
const extents: Record<string, (text: string) => (list: Samples, world: HarnessWorld) => Finding> = {
  [`the current stays below ${figure} A`]: (text) => (list) => {
    const most = peak(list, "current");
    return [amperes(most), most < limitIn(text)];
  },
  [`the current reaches ${figure} A`]: (text) => (list) => {
    const most = peak(list, "current");
    return [amperes(most), near(most, limitIn(text))];
  },
  [`the outlet reaches ${figure} V`]: (text) => (list, world) => {
    const most = peak(list, "outlet");
    return [volts(most), near(most, Math.min(limitIn(text), supplyOf(world)))];
  },
  [`the outlet comes within ${figure} V of the battery`]: (text) => (list) => {
    const least = Math.min(...list.map(({ outlet, battery }) => Math.abs(outlet - battery)));
    return [volts(least), least < limitIn(text)];
  },
};

/** What comes about in a given time and lasts. */
const changes: Record<string, (text: string) => (sample: view.Sample) => boolean> = {
  [`the current falls below ${figure} A`]:
    (text) =>
    ({ current }) =>
      Math.abs(current) < limitIn(text),
  [`the outlet falls below ${figure} V`]:
    (text) =>
    ({ outlet }) =>
      outlet < limitIn(text),
  "the power is off": () => isOff,
  "the supply is off":
    () =>
    ({ supply, current }) =>
      !supply && Math.abs(current) < 1,
  "the plug is unlocked":
    () =>
    ({ locked }) =>
      !locked,
  "the SECC opens its contactor":
    () =>
    ({ evseContactor }) =>
      !evseContactor,
  "the EVCC opens its contactor":
    () =>
    ({ evContactor }) =>
      !evContactor,
};

/** The words as they stand in the feature, and what they mean. */
export interface Worded<Look> {
  readonly text: string;
  readonly look: Look;
}
export type Condition = Worded<(at: Moment, world: HarnessWorld) => Finding>;
export type Extent = Worded<(list: Samples, world: HarnessWorld) => Finding>;
export type Change = Worded<(sample: view.Sample) => boolean>;

function wordings<Look>(name: string, table: Record<string, (text: string) => Look>): void {
  const patterns = Object.entries(table).map(([pattern, make]) => [new RegExp(`^${pattern}$`), make] as const);
  const meaning = (text: string): Worded<Look> => {
    const found = patterns.find(([pattern]) => pattern.test(text));
    if (!found) throw new RangeError(`"${text}" is no ${name}`);
    return { text, look: found[1](text) };
  };
  defineParameterType({ name, regexp: new RegExp(Object.keys(table).join("|")), transformer: meaning });
}

wordings("condition", conditions);
wordings("extent", extents);
wordings("change", changes);

/** Each time that the moment came has to be right, and it has to have come. */
export function judgeMoments(world: HarnessWorld, name: string, { text, look }: Condition): void {
  const found = view.moments(world, name);
  const seen = found.map((at) => look(at, world));
  const wrong = seen.find(([, right]) => !right);
  world.judge({
    text: `when ${name}`,
    required: text,
    measured: found.length === 0 ? "it did not come to that" : ((wrong ?? seen[0])?.[0] ?? ""),
    passed: found.length > 0 && !wrong,
    silent: found.length === 0,
  });
}

export function judgePhase(world: HarnessWorld, phase: string, { text, look }: Extent): void {
  const list = view.during(world, phase);
  const [measured, passed] = list.length > 0 ? look(list, world) : ["it did not come to that", false];
  world.judge({ text: `during ${phase}`, required: text, measured, passed, silent: list.length === 0 });
}
