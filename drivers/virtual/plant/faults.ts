/** A defect that the plant can have: what it is, what part of the physics it changes, and its figures with their defaults. */
interface FaultRow {
  readonly gist: string;
  readonly part: "pilot" | "supply" | "path" | "lock" | "isolation" | "contacts";
  readonly figures: Readonly<Record<string, number | string>>;
}

/** Volts, amperes, ohms, milliseconds, degrees Celsius. `contact` is 0 or 1, `pole` "plus" or "minus", `where` "cable" or "inlet". */
export const faults = {
  diodeShort: { gist: "the car's diode conducts both ways: no −12 V plateau", part: "pilot", figures: {} },
  cpPeShort: { gist: "CP is connected to PE: 0 V, state E", part: "pilot", figures: {} },
  peLost: {
    gist: "protective earth is interrupted: the station sees A, the car no pilot, the monitor not the car",
    part: "pilot",
    figures: {},
  },
  cpOpen: { gist: "the CP contact is open: the station sees A, the car no pilot", part: "pilot", figures: {} },
  cpForced: { gist: "a foreign voltage stands on CP", part: "pilot", figures: { volts: 20 } },
  noise: {
    gist: "bursts of disturbance on CP, of random height, length and distance up to these",
    part: "pilot",
    figures: { volts: 3.5, burstMs: 5, gapMs: 20 },
  },
  supplyDead: { gist: "the supply reports on and gives nothing", part: "supply", figures: {} },
  supplyStuckOn: { gist: "the supply does not obey off", part: "supply", figures: {} },
  supplyVoltageOffset: { gist: "the supply regulates to another voltage", part: "supply", figures: { volts: 60 } },
  supplyCurrentOffset: { gist: "the supply regulates to another current", part: "supply", figures: { amperes: 40 } },
  measurementOffset: {
    gist: "the station measures other volts and amperes than there are",
    part: "supply",
    figures: { volts: 0, amperes: 0 },
  },
  dischargeLost: { gist: "nothing discharges the outlet: its voltage stays", part: "path", figures: {} },
  shortCircuit: { gist: "DC+ and DC− are connected in the cable", part: "path", figures: { ohms: 0.05 } },
  evseContactorWelded: { gist: "the station's contactor holds together", part: "path", figures: {} },
  evseContactorStuck: { gist: "the station's contactor does not close", part: "path", figures: {} },
  evContactorWelded: { gist: "the car's contactor holds together", part: "path", figures: {} },
  evContactorStuck: { gist: "the car's contactor does not close", part: "path", figures: {} },
  lockStuck: { gist: "the lock does not engage", part: "lock", figures: {} },
  lockJammed: { gist: "the lock does not release", part: "lock", figures: {} },
  lockLost: { gist: "the lock springs open", part: "lock", figures: {} },
  isolation: {
    gist: "a pole leaks to PE",
    part: "isolation",
    figures: { ohms: 50_000, pole: "plus", where: "inlet" },
  },
  earthShift: {
    gist: "a foreign voltage stands between PE and both poles",
    part: "isolation",
    figures: { volts: 400 },
  },
  imdAbsent: { gist: "there is no isolation monitor", part: "isolation", figures: {} },
  imdSelfTest: { gist: "the monitor fails its self-test", part: "isolation", figures: {} },
  imdSilent: { gist: "the monitor gives no samples", part: "isolation", figures: {} },
  hotContact: { gist: "a contact has a bad surface and warms", part: "contacts", figures: { contact: 0, ohms: 0.02 } },
  contactTemperature: {
    gist: "a contact's sensor shows this temperature",
    part: "contacts",
    figures: { contact: 0, celsius: 95 },
  },
} as const satisfies Record<string, FaultRow>;

export type FaultName = keyof typeof faults;

type Figure<T> = T extends number ? number : string;
/** Figures of a fault, by name. */
export type FaultFigures<Name extends FaultName> = {
  -readonly [K in keyof (typeof faults)[Name]["figures"]]: Figure<(typeof faults)[Name]["figures"][K]>;
};
export type ActiveFaults = { [Name in FaultName]?: FaultFigures<Name> };

const words: Readonly<Record<string, readonly string[]>> = { pole: ["plus", "minus"], where: ["cable", "inlet"] };

export const isFault = (name: string): name is FaultName => Object.hasOwn(faults, name);

/**
 * Figures of a fault, completed from the table.
 * @throws RangeError for an unknown fault or figure, or a figure out of its range
 */
export function figuresOf(name: string, given: object): Record<string, number | string> {
  if (!isFault(name)) throw new RangeError(`there is no fault "${name}"; there are ${Object.keys(faults).join(", ")}`);
  const figures: Record<string, number | string> = { ...faults[name].figures };
  for (const [figure, value] of Object.entries(given)) {
    if (!Object.hasOwn(figures, figure)) throw new RangeError(`fault ${name} has no figure "${figure}"`);
    if (!allowed(figure, value)) throw new RangeError(`fault ${name}: ${figure} cannot be ${value}`);
    figures[figure] = value;
  }
  return figures;
}

function allowed(figure: string, value: unknown): value is number | string {
  const choices = words[figure];
  if (choices) return choices.includes(value as string);
  if (typeof value !== "number" || !Number.isFinite(value)) return false;
  if (figure === "contact") return value === 0 || value === 1;
  return figure === "ohms" || figure.endsWith("Ms") ? value > 0 : true;
}
