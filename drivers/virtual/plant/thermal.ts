import type { Millis } from "../../../core/clock";
import type { ContactConfig } from "./config";
import type { ActiveFaults } from "./faults";

/** How often the temperatures follow the current. */
const every: Millis = 100;

/** The two contacts of the connector, each warmed by its own loss and cooled towards the ambient. */
export class Contacts {
  private readonly celsius: [number, number];
  private since: Millis = 0;
  private hot = false;
  private readonly config: ContactConfig;
  private readonly ohms: number;
  private readonly faults: ActiveFaults;

  constructor(config: ContactConfig, ohms: number, faults: ActiveFaults) {
    this.config = config;
    this.ohms = ohms;
    this.faults = faults;
    this.celsius = [config.ambientCelsius, config.ambientCelsius];
  }

  /** What the sensors show. */
  get temperatures(): readonly [number, number] {
    const shown: [number, number] = [...this.celsius];
    const held = this.faults.contactTemperature;
    if (held) shown[held.contact === 1 ? 1 : 0] = held.celsius;
    return shown;
  }

  /** Time went on; `squares` gives ∫ i² dt in A²s since it was last asked. */
  pass(time: Millis, squares: () => number): void {
    this.since += time;
    if (this.since < every) return;
    const mean = squares() / (this.since / 1000);
    const { ambientCelsius, kelvinPerWatt, joulesPerKelvin } = this.config;
    const decay = Math.exp(-this.since / 1000 / (kelvinPerWatt * joulesPerKelvin));
    this.since = 0;
    for (const at of [0, 1] as const) {
      const bad = this.faults.hotContact?.contact === at ? this.faults.hotContact.ohms : 0;
      const final = ambientCelsius + mean * (this.ohms + bad) * kelvinPerWatt;
      this.celsius[at] = final + (this.celsius[at] - final) * decay;
    }
  }

  /** Answers true once when a contact gets too hot; it must have cooled down before it does so again. */
  tooHot(): boolean {
    const before = this.hot;
    const highest = Math.max(...this.temperatures);
    if (this.hot) this.hot = highest >= this.config.rearmCelsius;
    else this.hot = highest >= this.config.limitCelsius;
    return this.hot && !before;
  }
}
