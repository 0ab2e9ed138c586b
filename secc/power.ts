import type { Expired, LogEffect, Step, TimerEffect } from "../core/machine";
import type { PowerReading } from "../core/power";

/** Where the power path stands, named by what it waits for. `Checked` and later imply a valid isolation. */
export type PowerStage =
  | "Off"
  | "AwaitLock"
  | "AwaitTestVoltage"
  | "AwaitIsolation"
  | "AwaitDischarge"
  | "Checked"
  | "PreCharging"
  | "Delivering"
  | "AwaitCurrentDown"
  /** The supply is off and the contactor still closed: the car looks for a welded contactor of its own. */
  | "AwaitRelease"
  | "AwaitSafeVoltage"
  | "AwaitUnlock"
  | "Faulty";

/** What the session and the controller ask of it. Volts and amperes. */
export type PowerAsk =
  /** `carLimit`: volts that the car has said it bears. */
  | { kind: "cableCheck"; voltage: number; carLimit: number }
  | { kind: "preCharge"; voltage: number; carLimit: number }
  | { kind: "deliver"; voltage: number; current: number; carLimit: number }
  /** Normal stop: current down first, then supply off. */
  | { kind: "rampDown" }
  /** The session is over: off, open, and unlocked once the outlet is safe. */
  | { kind: "release" }
  /** Emergency: off at once, contactor open within 100 ms. */
  | { kind: "emergency"; reason: string };

export type PowerInput = { kind: "ask"; ask: PowerAsk } | { kind: "reading"; reading: PowerReading } | Expired;

export type PowerEffect =
  | { do: "supply"; target: { voltage: number; current: number } | "off" }
  | { do: "contactor"; closed: boolean }
  | { do: "isolation"; on: boolean }
  | { do: "lock"; locked: boolean }
  | TimerEffect
  | LogEffect;

export interface Power {
  readonly stage: PowerStage;
  readonly testVoltage: number;
  /** What was asked of the supply last, and the most that the car bears. */
  readonly target: { readonly voltage: number; readonly current: number };
  readonly carLimit: number;
  readonly fault?: string;
  /** After the current is down: unlock as well. */
  readonly releasing: boolean;
}

export const powerOff: Power = {
  stage: "Off",
  testVoltage: 0,
  target: { voltage: 0, current: 0 },
  carLimit: Number.POSITIVE_INFINITY,
  releasing: false,
};

export const limits = {
  /** A touchable outlet (S08, S21). */
  safeVoltage: 60,
  /** Contactors open without an arc below this (S03). */
  safeCurrent: 1,
  /** Cable check and precharge (S09, S15). */
  testCurrent: 2,
  /** The supply has reached the test voltage. */
  testTolerance: 0.95,
  /** Contacts in °C: from the first the current is reduced, to nothing at the second (S22). */
  warmContact: 70,
  hotContact: 90,
  /** Below this it counts as cooled down again. */
  coolContact: 50,
} as const;

const poll = "power.poll";
const openContactor = "power.open";
const checkTimer = "power.check";
const downTimer = "power.down";
const pollInterval = 50;
/** Supply off to contactor open in an emergency: the current has gone by then, and 100 ms are allowed in all (S02). */
const emergencyOpen = 15;
/** The cable check has failed when it is not finished by then: 38 s are allowed, and fielded cars give up at 30 s. */
const longestCheck = 25_000;
/** A normal stop that has not brought the current down by then does not work: 200 A are gone after 2 s (S03, S05). */
const longestRamp = 2_500;

type PowerStep = Step<Power, PowerEffect>;

/** The power path of a station: one stage at a time, never energised before lock, never unlocked above 60 V. */
export function stepPower(power: Power, input: PowerInput, reading: PowerReading): PowerStep {
  if (input.kind === "ask") return asked(power, input.ask, reading);
  if (input.kind === "expired" && input.timer === openContactor) return opened(power);
  if (input.kind === "expired" && input.timer === checkTimer) return overdue(power);
  if (input.kind === "expired" && input.timer === downTimer) return stillFlowing(power);
  return progressed(power, input.kind === "reading" ? input.reading : reading);
}

function asked(power: Power, ask: PowerAsk, reading: PowerReading): PowerStep {
  switch (ask.kind) {
    case "cableCheck":
      if (power.stage !== "Off") return { state: power, effects: [] };
      return checkCable(ask, reading);
    case "preCharge":
      if (power.stage !== "Checked" && power.stage !== "PreCharging") return { state: power, effects: [] };
      return energise(power, "PreCharging", { ...ask, current: limits.testCurrent });
    case "deliver":
      if (power.stage !== "PreCharging" && power.stage !== "Delivering") return { state: power, effects: [] };
      return energise(power, "Delivering", { ...ask, current: Math.min(ask.current, bearable(reading)) });
    case "rampDown":
      return rampDown(power, false, reading);
    case "release":
      return rampDown(power, true, reading);
    case "emergency":
      return power.stage === "Off" && atRest(reading) ? { state: power, effects: [] } : emergency(power, ask.reason);
  }
}

/** Nothing is on, closed or locked. */
export const atRest = ({ supply, contactor, locked }: PowerReading): boolean => !supply && !contactor && !locked;

const watch: PowerEffect = { do: "arm", timer: poll, ms: pollInterval };

/** A live outlet is watched: the first look is ordered here, each look orders the next. */
function energise(
  power: Power,
  stage: PowerStage,
  ask: { voltage: number; current: number; carLimit: number },
): PowerStep {
  const { carLimit, voltage, current } = ask;
  const target = { voltage, current };
  return {
    state: { ...power, stage, target, carLimit },
    effects: [{ do: "supply", target }, ...(power.stage === stage ? [] : [watch])],
  };
}

/** An outlet that is live already, or may be, by a voltage or a contactor that has not opened, is not charged at (S08). */
function checkCable(ask: { voltage: number; carLimit: number }, reading: PowerReading): PowerStep {
  const live = reading.contactor || !(reading.voltage < limits.safeVoltage);
  if (live) return failed({ ...powerOff, fault: "the outlet is live" }, reading);
  return {
    state: { ...powerOff, stage: "AwaitLock", testVoltage: ask.voltage, carLimit: ask.carLimit },
    effects: [{ do: "lock", locked: true }, { do: "arm", timer: checkTimer, ms: longestCheck }, watch],
  };
}

const failed = (power: Power, reading?: PowerReading): PowerStep => ({
  state: { ...power, stage: "Faulty" },
  effects: [
    { do: "disarm", timer: checkTimer },
    { do: "isolation", on: false },
    { do: "supply", target: "off" },
    { do: "log", level: "error", text: "Cable check failed", fields: { because: power.fault, ...reading } },
  ],
});

const checking: readonly PowerStage[] = ["AwaitLock", "AwaitTestVoltage", "AwaitIsolation", "AwaitDischarge"];

const overdue = (power: Power): PowerStep =>
  checking.includes(power.stage)
    ? failed({ ...power, fault: `not finished: ${power.stage}` })
    : { state: power, effects: [] };

/** Amperes at which a warm contact begins to be spared. */
const deratedFrom = 200;

/** Amperes that the warmer of both contacts may still carry; none when a temperature is not known. */
export function bearable({ temperatures }: PowerReading): number {
  const warmest = Math.max(...temperatures);
  if (warmest < limits.warmContact) return Number.POSITIVE_INFINITY;
  if (!(warmest < limits.hotContact)) return 0;
  return (deratedFrom * (limits.hotContact - warmest)) / (limits.hotContact - limits.warmContact);
}

function rampDown(power: Power, releasing: boolean, reading: PowerReading): PowerStep {
  if (power.stage === "Off" && atRest(reading)) return { state: power, effects: [] };
  const state: Power = { ...power, releasing: releasing || power.releasing };
  if (goingDown.includes(power.stage)) return { state, effects: [watch] };
  return {
    state: { ...state, stage: "AwaitCurrentDown" },
    effects: [
      { do: "isolation", on: false },
      { do: "supply", target: reading.supply ? { voltage: reading.voltage, current: 0 } : "off" },
      { do: "arm", timer: downTimer, ms: longestRamp },
      watch,
    ],
  };
}

const goingDown: readonly PowerStage[] = ["AwaitCurrentDown", "AwaitRelease", "AwaitSafeVoltage", "AwaitUnlock"];

/** The next stronger way to stop: the supply is cut off, and the contactor opens whatever flows (S05). */
const stillFlowing = (power: Power): PowerStep =>
  power.stage === "AwaitCurrentDown" ? emergency(power, "the current does not go down") : { state: power, effects: [] };

const emergency = (power: Power, reason: string): PowerStep => ({
  state: { ...power, stage: "AwaitSafeVoltage", releasing: true, fault: reason },
  effects: [
    { do: "supply", target: "off" },
    { do: "isolation", on: false },
    { do: "arm", timer: openContactor, ms: emergencyOpen },
    watch,
    { do: "log", level: "error", text: "Power path: emergency shutdown", fields: { reason } },
  ],
});

const opened = (power: Power): PowerStep => ({ state: power, effects: [{ do: "contactor", closed: false }] });

const watched: readonly PowerStage[] = ["PreCharging", "Delivering"];

/** Looks at the measured values and goes on when what was waited for has come; otherwise looks again a little later. */
function progressed(power: Power, reading: PowerReading): PowerStep {
  const next = awaited[power.stage]?.(power, reading);
  if (next) return next;
  return { state: power, effects: power.stage in awaited || watched.includes(power.stage) ? [watch] : [] };
}

/** A reading that is not known (NaN) never leads on. */
const awaited: { [Stage in PowerStage]?: (power: Power, reading: PowerReading) => PowerStep | undefined } = {
  AwaitLock: (power, reading) =>
    !reading.locked
      ? undefined
      : {
          state: { ...power, stage: "AwaitTestVoltage" },
          effects: [
            { do: "contactor", closed: true },
            { do: "supply", target: { voltage: power.testVoltage, current: limits.testCurrent } },
            watch,
          ],
        },
  AwaitTestVoltage: (power, reading) =>
    reading.voltage >= power.testVoltage * limits.testTolerance
      ? { state: { ...power, stage: "AwaitIsolation" }, effects: [{ do: "isolation", on: true }, watch] }
      : undefined,
  AwaitIsolation: (power, reading) => isolationKnown(power, reading),
  AwaitDischarge: (power, reading) =>
    reading.voltage < limits.safeVoltage
      ? { state: { ...power, stage: "Checked" }, effects: [{ do: "disarm", timer: checkTimer }] }
      : undefined,
  AwaitCurrentDown: (power, reading) =>
    Math.abs(reading.current) < limits.safeCurrent
      ? {
          state: { ...power, stage: "AwaitRelease" },
          effects: [{ do: "disarm", timer: downTimer }, { do: "supply", target: "off" }, watch],
        }
      : undefined,
  AwaitRelease: (power) =>
    power.releasing
      ? { state: { ...power, stage: "AwaitSafeVoltage" }, effects: [{ do: "contactor", closed: false }, watch] }
      : undefined,
  AwaitSafeVoltage: (power, reading) =>
    reading.voltage < limits.safeVoltage
      ? { state: { ...power, stage: "AwaitUnlock" }, effects: [{ do: "lock", locked: false }, watch] }
      : undefined,
  AwaitUnlock: (_, reading) => (reading.locked ? undefined : { state: powerOff, effects: [] }),
};

/** The monitor stays on when the insulation is good: it is watched while charging as well (S13). */
function isolationKnown(power: Power, reading: PowerReading): PowerStep | undefined {
  if (reading.isolation === "Invalid") return undefined;
  if (reading.isolation !== "Valid") return failed({ ...power, fault: `isolation ${reading.isolation}` }, reading);
  const effects: PowerEffect[] = [{ do: "supply", target: "off" }, watch];
  return { state: { ...power, stage: "AwaitDischarge" }, effects };
}

/** Why charging has to end in good order, if it has to: the insulation has failed or is not measured any more (S13). */
export const unsound = ({ stage }: Power, { isolation }: PowerReading): string | undefined =>
  stage === "Delivering" && isolation !== "Valid" ? `isolation ${isolation}` : undefined;

const lockable: readonly PowerStage[] = [
  "AwaitTestVoltage",
  "AwaitIsolation",
  "AwaitDischarge",
  "Checked",
  "PreCharging",
  "Delivering",
];

/** The lock has opened under power: an emergency (S20). */
export const unlocked = ({ stage }: Power, { locked }: PowerReading): boolean => lockable.includes(stage) && !locked;

/** Stages in which the car has to show C or D. */
const needsC: readonly PowerStage[] = [...checking, ...watched];
export const energised = ({ stage }: Power): boolean => needsC.includes(stage);

/** Nothing flows any more, and the plug is on its way to be let go. */
export const releasing = ({ stage, releasing: on }: Power): boolean =>
  on && (stage === "AwaitSafeVoltage" || stage === "AwaitUnlock");
