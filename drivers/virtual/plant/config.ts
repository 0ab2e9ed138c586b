import type { Millis } from "../../../core/clock";

/** Everything the physics depends on. Volts, amperes, ohms, farads, watts; times in milliseconds where named `…Ms`. */
export interface PlantConfig {
  readonly pilot: PilotConfig;
  readonly supply: SupplyConfig;
  readonly path: PathConfig;
  readonly actuators: ActuatorConfig;
  readonly isolation: IsolationConfig;
  readonly contacts: ContactConfig;
  readonly battery: BatteryConfig;
  readonly record: RecordConfig;
}

export interface PilotConfig {
  /** Open-circuit amplitude of the generator and its series resistance (IEC 61851-1 annex A). */
  readonly generatorVolts: number;
  readonly generatorOhms: number;
  /** Forward drop of the car's diode. */
  readonly diodeVolts: number;
  /** Car's load behind the diode, by the state it stands for. */
  readonly loadOhms: { readonly B: number; readonly C: number; readonly D: number };
  /** A new state must last this long before the station's receiver reports it; A, E and F are reported at once. */
  readonly debounceMs: Millis;
}

export interface SupplyConfig {
  readonly maxVolts: number;
  readonly maxAmperes: number;
  readonly maxWatts: number;
  /** Slew of the voltage reference, V/s, up and down. */
  readonly voltsPerSecond: number;
  /** Slew of the current reference, A/s, up and down. */
  readonly amperesPerSecond: number;
  /** Slew of the current after `off`, A/s: 200 A are gone in 10 ms. */
  readonly offAmperesPerSecond: number;
  /** Current ripple as a share of the current (peak), and its frequency in Hz. */
  readonly ripple: number;
  readonly rippleHertz: number;
  /** Output capacitance, between the converter and the output diode. */
  readonly farads: number;
  /** Resistor that discharges it when the supply is off or above its reference. */
  readonly dischargeOhms: number;
  /** What remains of the discharge while the supply regulates. */
  readonly bleedOhms: number;
}

export interface PathConfig {
  /** Capacitance of outlet and cable, and of the car's inlet up to its contactor. */
  readonly outletFarads: number;
  readonly inletFarads: number;
  /** Resistance over the outlet: always there, and switched in while the supply is off or the contactor is open. */
  readonly bleedOhms: number;
  readonly dischargeOhms: number;
  /** Resistance over the inlet of a car that is not plugged in. */
  readonly inletBleedOhms: number;
  /** Both conductors of the cable together, and one contact of the connector. */
  readonly cableOhms: number;
  readonly contactOhms: number;
}

export interface ActuatorConfig {
  readonly evseContactor: Travel;
  readonly evContactor: Travel;
  readonly lock: Travel;
  /** A contactor or lock that is not where it was told to be this long after its travel is reported as a fault. */
  readonly feedbackMs: Millis;
}

/** Time an actuator takes to close (engage) and to open (release). */
export interface Travel {
  readonly onMs: Millis;
  readonly offMs: Millis;
}

export interface IsolationConfig {
  /** Resistance of a healthy pole to PE, of the cable side and of the car's side. */
  readonly poleOhms: number;
  /** At least this much is Valid; at least `warningOhms` a Warning; below it a Fault. */
  readonly validOhms: number;
  readonly warningOhms: number;
  readonly selfTestMs: Millis;
  /** From the self-test to the first result, and between results. */
  readonly measureMs: Millis;
  /** Below this voltage at the outlet there is no result. */
  readonly minVolts: number;
  /** Without a sample for this long the last result is Invalid. */
  readonly staleMs: Millis;
}

export interface ContactConfig {
  readonly ambientCelsius: number;
  /** Warming per watt, and heat capacity, of one contact. */
  readonly kelvinPerWatt: number;
  readonly joulesPerKelvin: number;
  /** OverTemperature is reported at the first and armed again below the second. */
  readonly limitCelsius: number;
  readonly rearmCelsius: number;
}

export interface BatteryConfig {
  readonly cellsInSeries: number;
  /** Energy between empty and full at open-circuit voltage, Wh. */
  readonly wattHours: number;
  /** Percent. */
  readonly soc: number;
  readonly ohms: number;
}

/** How finely the power path is written into the trace. */
export interface RecordConfig {
  /** While the supply shuts down, while voltage or current change much, while they change little, while they stand. */
  readonly shutdownMs: Millis;
  readonly fastMs: Millis;
  readonly slowMs: Millis;
  readonly steadyMs: Millis;
  /** Longest time after a shutdown that is written finely. */
  readonly shutdownWindowMs: Millis;
  /** What counts as much: a share of the last voltage, and amperes. */
  readonly voltShare: number;
  readonly amperes: number;
}

/** A 100 kW station with a 400 V car of 60 kWh at 35 %. */
export const defaultConfig: PlantConfig = {
  pilot: {
    generatorVolts: 12,
    generatorOhms: 1000,
    diodeVolts: 0.7,
    loadOhms: { B: 2740, C: 882, D: 246 },
    debounceMs: 10,
  },
  supply: {
    maxVolts: 1000,
    maxAmperes: 200,
    maxWatts: 100_000,
    voltsPerSecond: 500,
    amperesPerSecond: 100,
    offAmperesPerSecond: 20_000,
    ripple: 0.002,
    rippleHertz: 300,
    farads: 500e-6,
    dischargeOhms: 600,
    bleedOhms: 100_000,
  },
  path: {
    outletFarads: 2e-6,
    inletFarads: 1e-6,
    bleedOhms: 200_000,
    dischargeOhms: 5_000,
    inletBleedOhms: 200_000,
    cableOhms: 0.004,
    contactOhms: 0.0002,
  },
  actuators: {
    evseContactor: { onMs: 30, offMs: 15 },
    evContactor: { onMs: 30, offMs: 15 },
    lock: { onMs: 300, offMs: 300 },
    feedbackMs: 100,
  },
  isolation: {
    poleOhms: 10e6,
    validOhms: 500_000,
    warningOhms: 100_000,
    selfTestMs: 500,
    measureMs: 1500,
    minVolts: 50,
    staleMs: 5000,
  },
  contacts: { ambientCelsius: 25, kelvinPerWatt: 3.75, joulesPerKelvin: 160, limitCelsius: 90, rearmCelsius: 50 },
  battery: { cellsInSeries: 96, wattHours: 60_000, soc: 35, ohms: 0.05 },
  record: {
    shutdownMs: 5,
    fastMs: 10,
    slowMs: 100,
    steadyMs: 1000,
    shutdownWindowMs: 2500,
    voltShare: 0.02,
    amperes: 2,
  },
};

/** What a bench says of a plant that differs from the default, section by section. */
export type PlantOptions = { readonly [Section in keyof PlantConfig]?: Partial<PlantConfig[Section]> };

/** @throws RangeError naming a figure that no plant can have */
export function configure(options: PlantOptions = {}): PlantConfig {
  const whole = {} as Record<string, object>;
  for (const section of Object.keys(defaultConfig) as (keyof PlantConfig)[]) {
    whole[section] = { ...defaultConfig[section], ...options[section] };
  }
  for (const section of Object.keys(options)) {
    if (!(section in whole)) throw new RangeError(`plant: there is no section "${section}"`);
  }
  check("plant", whole);
  const { soc } = whole.battery as BatteryConfig;
  if (soc > 100) throw new RangeError(`plant.battery.soc: ${soc} is above 100`);
  return whole as unknown as PlantConfig;
}

const mayBeZero = new Set(
  "debounceMs onMs offMs feedbackMs selfTestMs ripple soc diodeVolts contactOhms cableOhms voltShare amperes".split(
    " ",
  ),
);

function check(path: string, value: object): void {
  for (const [name, entry] of Object.entries(value)) {
    if (typeof entry === "object" && entry !== null) check(`${path}.${name}`, entry);
    else if (!Number.isFinite(entry)) throw new RangeError(`${path}.${name}: ${entry} is not a number`);
    else if (name !== "ambientCelsius" && (entry < 0 || (entry === 0 && !mayBeZero.has(name)))) {
      throw new RangeError(`${path}.${name}: ${entry} is not above 0`);
    }
  }
}
