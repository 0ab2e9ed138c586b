import type { Clock, Millis } from "../../core/clock";
import type { Ask } from "../../core/http";
import type { Endpoint, Network } from "../../core/network";
import type { EvPilot, EvsePilot } from "../../core/pilot";
import type { Inlet, PowerPath } from "../../core/power";
import type { PowerSample, Trace } from "../../core/trace";
import type { ModemFault } from "../../drivers/virtual/modem-faults";
import type { ActiveFaults, FaultFigures, FaultName } from "../../drivers/virtual/plant";
import type { EvccConfig } from "../../evcc/config";
import type { CarMachine } from "../../evcc/node";
import type { MmeName } from "../../protocol/homeplug";
import type { V2gConnection } from "../../protocol/v2g";
import type { Captured } from "../../reports/port-capture";
import type { SeccConfig } from "../../secc/config";
import type { StationMachine, StationStimulus } from "../../secc/node";
import type { Sut } from "./parameters";
import type { HelperCable } from "./serial/cable";

/** What a scenario asks of the bench it runs on. */
export interface BenchOptions {
  readonly sut: Sut;
  readonly seed: number;
  /** Settings of the side under test that differ from a certification profile's. */
  readonly secc: Partial<SeccConfig>;
  readonly evcc: Partial<EvccConfig>;
  /** Name of a deviation that the side under test is given. */
  readonly deviation?: string;
  /** What the scenario needs besides, by the tags `@needs-…` that it bears. */
  readonly needs: readonly string[];
  /** Changes the tester's machine, to hold it where a step wants it; the other side's is never touched. */
  readonly gateStation: (machine: StationMachine) => StationMachine;
  readonly gateCar: (machine: CarMachine) => CarMachine;
}

/**
 * What steps may do to the world of a scenario, and all that they may see of it: one bench for every place where scenarios run. The
 * side under test is told nothing but what a person may tell it; all else there is for the tester's side.
 */
export interface Bench {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly plant: BenchPlant;
  readonly powerline: BenchLine;
  readonly secc: StationHands;
  readonly evcc: CarHands;
  /** The tester's host on the car's side, for a connection besides the car's own. */
  readonly carNetwork: Network | undefined;
  /**
   * Ports at which the kernel lets the side under test be reached from its cable (`TCP 61341`); left out where nobody can look. Told besides
   * what answers, because a port may be asked in vain and still be open.
   */
  readonly listening?: () => readonly string[];
  /** The serial line between the station and its pilot helper, where its pilot is behind one. */
  readonly serial?: HelperCable | undefined;
  plug(): void;
  unplug(): void;
  /** How late the bench itself has been at most since its scenario began; left out where time waits for it. */
  readonly lateness?: Millis;
  /** Lets time pass until `done`, at most `limit`. */
  run(done: () => boolean, limit: Millis): Promise<boolean>;
  /** The tester's car, or station, is another one from here on; the old one is gone as if its process had been killed. */
  replaceCar(): void;
  replaceStation(): void;
  /** Begins one match of another implementation in the tester's place. Undefined where the bench cannot start one. */
  readonly foreignMatch?: (program: "pev" | "evse") => ForeignMatch;
  /** What was asked of others in a step has been done. */
  settled(): Promise<void>;
  /** Asks the HTTP interface of the station; the answer goes into the trace. Undefined where the bench has no way to it. */
  readonly http?: Ask;
  /** Frames as the modems have seen them at their ports, where they are processes that tell. */
  readonly captured?: Captured;
  /** The scenario is over. */
  close(): Promise<void>;
}

/** A program of others, as long as it lives. */
export interface ForeignMatch {
  /** Exit code, when it has ended. */
  readonly code: number | undefined;
  /** It has said that it waits for the other side. */
  readonly waits: boolean;
  /** Its own modem has not done as it was told: whatever it says of the other side is worth nothing. */
  readonly hasNoModem: boolean;
  readonly lastWords: string;
}

/** The physics between the connectors, and the tester's ends of it. */
export interface BenchPlant {
  readonly evsePilot: EvsePilot;
  readonly evPilot: EvPilot;
  readonly powerPath: PowerPath;
  readonly inlet: Inlet;
  /** False: nobody sees pilot and power path of the side under test, and asking for them makes a scenario not applicable. */
  readonly observed: boolean;
  /** Faults that are there now, with their figures. */
  readonly present: Readonly<ActiveFaults>;
  sample(): PowerSample;
  fault<Name extends FaultName>(name: Name, how?: boolean | Partial<FaultFigures<Name>>): void;
  clear(name?: FaultName): void;
  unplug(how?: "by force"): void;
}

/** The power line between the modems. */
export interface BenchLine {
  /** Loses the next `times` frames of that name on the line, whoever sends them. */
  lose(name: MmeName, times?: number): void;
  /** Hosts of that role fall silent over IPv6, and their modems do not. */
  hang(role: "ev" | "evse"): void;
  /** Modems of that role misbehave so towards their hosts. */
  spoil(role: "ev" | "evse", fault: ModemFault): void;
  /** Modems of that role start anew: their keys are gone, and they say nothing for a while. */
  restart(role: "ev" | "evse"): void;
  /** What was to be lost is not, no host hangs, and every modem is in order. */
  loseNothing(): void;
  setPlugged(plugged: boolean): void;
}

/** A station: as the tester's, wrong on purpose where asked; as the side under test, only what a person may do. */
export interface StationHands {
  readonly address: string;
  stimulus(what: StationStimulus): void;
  connection(): V2gConnection | undefined;
  announce(bytes: Uint8Array, to: Endpoint): void;
  transmit(frame: Uint8Array): void;
  kill(): void;
}

/** A car, likewise. */
export interface CarHands {
  stimulus(what: "stop"): void;
  connection(): V2gConnection | undefined;
  discover(bytes: Uint8Array): void;
  transmit(frame: Uint8Array): void;
  kill(): void;
}
