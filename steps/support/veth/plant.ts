import type { EvPilot, EvsePilot } from "../../../core/pilot";
import type { Inlet, PowerPath } from "../../../core/power";
import type { PowerSample } from "../../../core/trace";
import type { PlantCar, PlantObserver, PlantStation } from "../../../drivers/plant";
import type { ActiveFaults, FaultFigures, FaultName } from "../../../drivers/virtual/plant";
import type { BenchPlant } from "../bench";
import { NotApplicable } from "../judgement";

export interface ProcessPlantOptions {
  readonly observer: PlantObserver;
  readonly tester: PlantCar | PlantStation;
  readonly sample: PowerSample;
  /** Waits for what was asked; what the plant refuses is for the bench to tell. */
  readonly ask: (what: Promise<unknown>) => void;
}

/** A plant in a process of its own, as steps see it. */
export class ProcessPlant implements BenchPlant {
  readonly observed = true;
  readonly present: ActiveFaults = {};
  private readonly observer: PlantObserver;
  private readonly tester: PlantCar | PlantStation;
  private readonly ask: ProcessPlantOptions["ask"];
  private last: PowerSample;

  constructor({ observer, tester, sample, ask }: ProcessPlantOptions) {
    this.observer = observer;
    this.tester = tester;
    this.ask = ask;
    this.last = sample;
  }

  get evsePilot(): EvsePilot {
    return this.station.pilot;
  }

  get powerPath(): PowerPath {
    return this.station.power;
  }

  get evPilot(): EvPilot {
    return this.car.pilot;
  }

  get inlet(): Inlet {
    return this.car.inlet;
  }

  /** What the plant has told last of the power path. */
  sample(): PowerSample {
    return this.last;
  }

  told(sample: PowerSample): void {
    this.last = sample;
  }

  fault<Name extends FaultName>(name: Name, how: boolean | Partial<FaultFigures<Name>> = true): void {
    if (how === false) delete this.present[name];
    else Object.assign(this.present, { [name]: how === true ? {} : how });
    this.ask(this.observer.fault(name, how));
  }

  clear(name?: FaultName): void {
    for (const each of Object.keys(this.present) as FaultName[])
      if (name === undefined || each === name) delete this.present[each];
    this.ask(this.observer.clear(name));
  }

  unplug(how?: "by force"): void {
    this.ask(this.observer.unplug(how));
  }

  private get station(): PlantStation {
    if ("power" in this.tester) return this.tester;
    throw new NotApplicable("the station is the side under test: only it drives its pilot and power path");
  }

  private get car(): PlantCar {
    if ("inlet" in this.tester) return this.tester;
    throw new NotApplicable("the car is the side under test: only it moves its pilot and contactor");
  }
}
