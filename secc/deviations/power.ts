import { physical } from "../../protocol/v2g";
import type { PowerStage } from "../power";
import type { StationDeviation } from ".";
import { believesTheLock, deafToPilot, measures, type Wrap, withoutFault } from "./power-wrapping";
import { all, deafTo, onResponse, onSend, without, wrapped } from "./wrapping";

/** Asks something else of its supply in a stage. */
const supplies = (
  stages: readonly PowerStage[],
  change: (target: { voltage: number; current: number }) => { voltage: number; current: number } | "off",
): Wrap =>
  wrapped.effects((effects, _, { power }) =>
    effects.map((effect) =>
      effect.do === "supply" && effect.target !== "off" && stages.includes(power.stage)
        ? { ...effect, target: change(effect.target) }
        : effect,
    ),
  );

const skipsTheCheck = wrapped.states((state) =>
  state.power.stage === "AwaitLock" ? { ...state, power: { ...state.power, stage: "Checked" } } : state,
);

/** Unlocks when power delivery ends, at whatever voltage. */
const unlocksEarly = wrapped.effects((effects, { before }, { power }) =>
  before.power.stage === "Delivering" && power.stage !== "Delivering"
    ? [...effects, { do: "lock", locked: false }]
    : effects,
);

/** Stations that are careless with pilot, power and lock. */
export const power: readonly StationDeviation[] = [
  {
    name: "ends-without-an-answer",
    gist: "does not answer SessionStopReq",
    requirement: "HIL-OP02",
    wrap: onSend((message) => (message.name === "SessionStopRes" ? undefined : message)),
  },
  {
    name: "calls-with-10-percent",
    gist: "oscillates at 10 % instead of 5 %",
    requirement: "IEC61851-1-CP-duty",
    wrap: wrapped.effects((effects) =>
      effects.map((effect) =>
        effect.do === "drive" && effect.drive.out === "x2"
          ? { ...effect, drive: { ...effect.drive, dutyPercent: 10 } }
          : effect,
      ),
    ),
  },
  {
    name: "skips-the-cable-check",
    gist: "reports a cable check that has not been made",
    requirement: "IEC61851-23-CC.4.1.4",
    wrap: skipsTheCheck,
  },
  {
    name: "tests-with-too-little",
    gist: "checks the cable with 80 % of the test voltage",
    requirement: "IEC61851-23-CC.4.1.2",
    wrap: wrapped.states((state, { before }) =>
      before.power.stage === "Off" && state.power.stage === "AwaitLock"
        ? { ...state, power: { ...state.power, testVoltage: 0.8 * state.power.testVoltage } }
        : state,
    ),
  },
  {
    name: "pre-charges-to-too-little",
    gist: "pre-charges to 80 % of what is asked for",
    requirement: "HIL-S15",
    wrap: supplies(["PreCharging"], ({ voltage, current }) => ({ voltage: 0.8 * voltage, current })),
  },
  {
    name: "gives-too-little",
    gist: "gives 80 % of the current that is asked for",
    requirement: "IEC61851-23-CC.6.3",
    wrap: supplies(["Delivering"], ({ voltage, current }) => ({ voltage, current: 0.8 * current })),
  },
  {
    name: "reports-what-was-asked-for",
    gist: "reports the target as the present current",
    requirement: "V2G2-260",
    scenarios: ["Volts and amperes of the outlet"],
    wrap: onResponse("CurrentDemandRes", { EVSEPresentCurrent: physical(120, "A") }),
  },
  {
    name: "counts-too-much",
    gist: "its meter runs 20 % fast",
    requirement: "HIL-S26",
    wrap: onResponse("CurrentDemandRes", (({ MeterInfo }: { MeterInfo: { MeterReading: number } }) => ({
      MeterInfo: { ...MeterInfo, MeterReading: Math.round(1.2 * MeterInfo.MeterReading) },
    })) as (body: never) => object),
  },
  {
    name: "opens-under-load",
    gist: "opens its contactor when the vehicle begins to ramp down",
    requirement: "HIL-S03",
    scenarios: ["The vehicle ramps down before it stops"],
    wrap: wrapped.effects((effects) =>
      effects.some(
        (it) => it.do === "supply" && it.target !== "off" && it.target.voltage > 0 && it.target.current === 0,
      )
        ? [...effects, { do: "contactor", closed: false }]
        : effects,
    ),
  },
  {
    name: "stops-abruptly",
    gist: "switches its supply off under load at PowerDeliveryReq",
    requirement: "HIL-S03",
    scenarios: ["The vehicle stops without ramping down"],
    wrap: supplies(["AwaitCurrentDown"], () => "off"),
  },
  {
    name: "energises-before-the-lock",
    gist: "does not wait for the lock",
    requirement: "IEC61851-23-CC.5.3",
    wrap: believesTheLock,
  },
  {
    name: "energises-without-the-lock",
    gist: "does not look whether the lock engages",
    requirement: "HIL-S20",
    scenarios: ["The lock does not engage"],
    wrap: all(believesTheLock, withoutFault("LockLost")),
  },
  {
    name: "charges-on-without-the-lock",
    gist: "does not look at the lock while charging",
    requirement: "HIL-S20",
    scenarios: ["The lock springs open while charging"],
    wrap: all(believesTheLock, withoutFault("LockLost")),
  },
  {
    name: "unlocks-at-the-end-of-power-delivery",
    gist: "unlocks a live outlet",
    requirement: "HIL-S21",
    wrap: unlocksEarly,
  },
  {
    name: "unlocks-a-live-inlet",
    gist: "unlocks in spite of a vehicle that has not opened",
    requirement: "HIL-S23",
    wrap: unlocksEarly,
  },
  {
    name: "does-not-notice-the-plug-is-gone",
    gist: "looks neither at state A in a session nor at a lock that is broken open",
    requirement: "IEC61851-23-9.4",
    wrap: all(deafToPilot("A"), believesTheLock),
  },
  {
    name: "charges-on-without-a-pilot",
    gist: "does not look at a lost pilot in a session",
    requirement: "IEC61851-23-CC.5.4",
    wrap: deafToPilot("A", "F"),
  },
  {
    name: "charges-on-in-state-E",
    gist: "does not look at state E in a session",
    requirement: "HIL-CP02",
    wrap: all(
      deafToPilot("E"),
      wrapped.seen((seen) => ({
        ...seen,
        pilot: { ...seen.pilot, state: seen.pilot.state === "E" ? "C" : seen.pilot.state },
      })),
    ),
  },
  {
    name: "opens-its-contactor-late",
    gist: "opens its contactor 200 ms after the supply",
    requirement: "IEC61851-1-A.6-8.1",
    wrap: wrapped.effects((effects) =>
      effects.map((effect) => (effect.do === "arm" && effect.timer === "power.open" ? { ...effect, ms: 200 } : effect)),
    ),
  },
  {
    name: "stops-at-every-bounce",
    gist: "takes the shortest fall to B for the end",
    requirement: "HIL-CP06",
    wrap: wrapped.effects((effects) =>
      effects.map((effect) => (effect.do === "arm" && effect.timer === "CP_debounce" ? { ...effect, ms: 0 } : effect)),
    ),
  },
  {
    name: "talks-to-a-vehicle-without-a-diode",
    gist: "does not look at the negative half wave",
    requirement: "HIL-CP01",
    wrap: wrapped.seen((seen) => ({ ...seen, pilot: { ...seen.pilot, low: -12 } })),
  },
  {
    name: "checks-the-cable-for-ever",
    gist: "lets a cable check go on as long as the vehicle likes",
    requirement: "HIL-TM14",
    wrap: without((effect) => effect.do === "arm" && effect.timer === "power.check"),
  },
  {
    name: "does-not-watch-the-insulation",
    gist: "does not look at the insulation while charging",
    requirement: "IEC61851-23-CC.5.1",
    wrap: measures((_, stage) => (stage === "Delivering" ? { isolation: "Valid" } : {})),
  },
  {
    name: "does-not-look-at-temperatures",
    gist: "charges on with hot contacts",
    requirement: "IEC61851-23-CC.5.2",
    wrap: all(
      measures(() => ({ temperatures: [25, 25] })),
      withoutFault("OverTemperature"),
    ),
  },
  {
    name: "does-not-look-at-its-contactor",
    gist: "checks the cable with a contactor that has welded",
    requirement: "HIL-S08",
    scenarios: ["The station's contactor has welded"],
    wrap: all(
      measures((_, stage) => (stage === "Off" ? { contactor: false } : {})),
      withoutFault("ContactorWelded"),
    ),
  },
  {
    name: "tests-with-all-its-current",
    gist: "checks the cable with 200 A and without protection",
    requirement: "IEC61851-23-6.3.1.109",
    scenarios: ["DC+ and DC− touch"],
    wrap: all(
      supplies(["AwaitTestVoltage"], ({ voltage }) => ({ voltage, current: 200 })),
      withoutFault("ShortCircuit", "OverCurrent"),
      measures((_, stage) => (stage === "AwaitTestVoltage" || stage === "AwaitIsolation" ? { current: 0 } : {})),
    ),
  },
  {
    name: "charges-on-with-too-much-current",
    gist: "does not look at its over-current protection",
    requirement: "HIL-S18",
    scenarios: ["The supply gives more than is asked for"],
    wrap: withoutFault("OverCurrent"),
  },
  {
    name: "charges-on-without-a-connection",
    gist: "does not notice that the connection has gone",
    requirement: "HIL-TC03",
    scenarios: ["In the charging loop"],
    wrap: deafTo(({ kind }) => kind === "closed"),
  },
  {
    name: "never-asks-to-stop",
    gist: "does not tell the vehicle of the operator's wish",
    requirement: "HIL-S06",
    scenarios: ["The operator stops the station in the charging loop"],
    wrap: deafTo(({ kind }) => kind === "stop"),
  },
];
