import { physical } from "../../protocol/v2g";
import type { StationDeviation } from ".";
import { believesTheLock, deafToPilot, measures, withoutFault } from "./power-wrapping";
import { all, does, onSend, without, wrapped } from "./wrapping";

/** Does not lock, and believes it has. */
const neverLocks = all(believesTheLock, without(does("lock")));

/** Stations that break a rule of safety. */
export const safety: readonly StationDeviation[] = [
  {
    name: "charges-without-ventilation",
    gist: "takes state D for state C",
    requirement: "HIL-CP09",
    config: { ventilation: true },
  },
  {
    name: "leaves-its-contactor-closed",
    gist: "never opens its contactor",
    requirement: "IEC61851-1-A.6-10.2",
    wrap: without((effect) => effect.do === "contactor" && !effect.closed),
  },
  {
    name: "charges-on-at-impossible-volts",
    gist: "charges on when no pilot can have caused what stands on the wire",
    requirement: "HIL-CP11",
    wrap: deafToPilot("F"),
  },
  {
    name: "calls-again-at-once",
    gist: "calls a vehicle as soon as its pilot is whole again",
    requirement: "HIL-CP14",
    wrap: wrapped.effects((effects) =>
      effects.map((effect) =>
        effect.do === "arm" && effect.timer === "CP_recovery" ? { ...effect, ms: 100 } : effect,
      ),
    ),
  },
  {
    name: "forgets-the-heat",
    gist: "charges again while a contact is still hot",
    requirement: "HIL-S22",
    wrap: wrapped.states(({ supervision: { heat: _, ...supervision }, ...state }) => ({ ...state, supervision })),
  },
  {
    name: "does-not-measure-before-charging",
    gist: "takes an outlet without a session for dead",
    requirement: "HIL-S08",
    scenarios: ["The outlet is live"],
    wrap: measures((_, stage) => (stage === "Off" || stage === "AwaitDischarge" ? { voltage: 0 } : {})),
  },
  {
    name: "does-not-measure-the-current-of-the-cable-check",
    gist: "takes a load for a cable",
    requirement: "IEC61851-23-6.3.1.109",
    scenarios: ["A load between DC+ and DC−"],
    wrap: measures((_, stage) => (stage === "AwaitTestVoltage" || stage === "AwaitIsolation" ? { current: 0 } : {})),
  },
  {
    name: "does-not-compare-with-its-target",
    gist: "does not remember for how long its supply has missed its target",
    requirement: "HIL-S18",
    scenarios: ["The supply gives <how> than is asked for"],
    wrap: wrapped.states((state) => ({ ...state, supervision: { ...state.supervision, since: {} } })),
  },
  {
    name: "bears-no-mismatch",
    gist: "measures 10 A too much",
    requirement: "HIL-S18",
    scenarios: ["The supply gives nearly what is asked for"],
    wrap: measures(({ current }, stage) => (stage === "Delivering" ? { current: current + 10 } : {})),
  },
  {
    name: "has-no-over-voltage-protection",
    gist: "notices no over-voltage",
    requirement: "IEC61851-23-6.3.1.106.2",
    wrap: all(
      withoutFault("OverVoltage"),
      measures(({ voltage }, stage) => (stage === "Delivering" ? { voltage: Math.min(voltage, 450) } : {})),
    ),
  },
  {
    name: "does-not-look-at-the-limit-of-the-vehicle",
    gist: "gives whatever volts there are",
    requirement: "IEC61851-23-6.3.1.106.3",
    scenarios: ["The vehicle lowers its limit below the volts that there are"],
    wrap: wrapped.states((state) => ({ ...state, power: { ...state.power, carLimit: Number.POSITIVE_INFINITY } })),
  },
  {
    name: "bears-no-volts-above-the-limit",
    gist: "stops at the first sight of volts above the vehicle's limit",
    requirement: "IEC61851-23-6.3.1.106.3",
    scenarios: ["For a short time"],
    wrap: wrapped.states((state, { seen }) => {
      const since = Object.fromEntries(Object.keys(state.supervision.since).map((name) => [name, seen.now - 10_000]));
      return { ...state, supervision: { ...state.supervision, since } };
    }),
  },
  {
    name: "ramps-down-in-an-emergency",
    gist: "takes the current away by 100 A/s, whatever happens",
    requirement: "HIL-S04",
    wrap: wrapped.effects((effects, { before }, { power }) =>
      effects.map((effect) => {
        if (effect.do === "arm" && effect.timer === "power.open") return { ...effect, ms: 2_000 };
        const cut = effect.do === "supply" && before.power.stage === "Delivering" && power.stage === "AwaitSafeVoltage";
        return cut ? { do: "supply", target: { voltage: 400, current: 0 } } : effect;
      }),
    ),
  },
  {
    name: "hides-its-emergencies",
    gist: "shows X1 after an emergency, as after any session",
    requirement: "HIL-S28",
    wrap: wrapped.effects((effects, _, { at }) =>
      effects.map((effect) =>
        at === "AwaitUnplug" && effect.do === "drive" && effect.drive.out === "f"
          ? { ...effect, drive: { out: "x1" } }
          : effect,
      ),
    ),
  },
  {
    name: "does-not-look-at-earth",
    gist: "measures only what stands between the poles",
    requirement: "HIL-S14",
    wrap: measures(() => ({ poles: [0, 0] })),
  },
  {
    name: "reports-its-target",
    gist: "tells the current that it has asked of its supply",
    requirement: "HIL-S19",
    wrap: onSend((message, { power }) =>
      message.name === "CurrentDemandRes"
        ? { ...message, body: { ...message.body, EVSEPresentCurrent: physical(power.target.current, "A") } }
        : message,
    ),
  },
  {
    name: "waits-for-the-current-for-ever",
    gist: "knows no stronger way to stop",
    requirement: "HIL-S05",
    scenarios: ["The current does not go down in a normal stop"],
    wrap: without((effect) => effect.do === "arm" && effect.timer === "power.down"),
  },
  {
    name: "trusts-its-supply",
    gist: "leaves the contactor closed in an emergency until the outlet is dead",
    requirement: "HIL-S05",
    scenarios: ["The supply does not switch off in an emergency"],
    wrap: without((effect) => effect.do === "arm" && effect.timer === "power.open"),
  },
  {
    name: "feeds-an-unlocked-vehicle",
    gist: "does without its lock",
    requirement: "HIL-S27",
    scenarios: ["A session in good order", "A session that is cut off"],
    wrap: neverLocks,
  },
  {
    name: "feeds-whoever-comes",
    gist: "authorises every customer by itself",
    requirement: "HIL-S27",
    scenarios: ["A customer who is never authorised"],
    config: { authorisation: "free" },
  },
];
