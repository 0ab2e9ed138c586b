import type { Clock, Millis } from "../../core/clock";
import type { Ask, HttpAnswer, HttpRequest } from "../../core/http";
import type { Network } from "../../core/network";
import type { EvsePilot } from "../../core/pilot";
import type { PowerPath } from "../../core/power";
import type { SerialLine } from "../../core/serial-line";
import { Trace } from "../../core/trace";
import { VirtualClock } from "../../drivers/virtual/clock";
import { SeededEntropy } from "../../drivers/virtual/entropy";
import { Plant, type PlantOptions } from "../../drivers/virtual/plant";
import { VirtualPowerline } from "../../drivers/virtual/powerline";
import { defaultConfig as defaultCar, type EvccConfig } from "../../evcc/config";
import { carDeviation } from "../../evcc/deviations";
import { type CarMachine, CarNode, type CarPorts } from "../../evcc/node";
import type { Helper, HttpFault } from "../../secc/api";
import { defaultConfig as defaultStation, type SeccConfig } from "../../secc/config";
import { stationDeviation } from "../../secc/deviations";
import { type StationMachine, StationNode, type StationPorts } from "../../secc/node";
import type { Bench, BenchOptions } from "./bench";
import { recordAnswer } from "./http-requests";
import { Inconclusive } from "./judgement";
import { mutationOf, proxied } from "./proxy";
import type { HelperCable } from "./serial/cable";
import { type VirtuallyHelped, virtualHelper } from "./serial/virtual-helper";
import { virtualHttp } from "./virtual-http";

export interface VirtualBenchOptions {
  readonly seed: number;
  readonly secc?: Partial<SeccConfig>;
  readonly evcc?: Partial<EvccConfig>;
  readonly plant?: PlantOptions;
  readonly wrapSecc?: (machine: StationMachine) => StationMachine;
  /** A faulty network under the station, or under the car. */
  readonly wrapNetwork?: (network: Network) => Network;
  readonly wrapCarNetwork?: (network: Network) => Network;
  readonly wrapEvcc?: (machine: CarMachine) => CarMachine;
  /** Something between the station, or the car, and its ports. */
  readonly betweenSecc?: (ports: StationPorts) => StationPorts;
  readonly betweenEvcc?: (ports: CarPorts) => CarPorts;
  /** The station's pilot is behind a helper, and its end of the serial line does as it is told here. */
  readonly helper?: (line: SerialLine, clock: Clock) => SerialLine;
  /** A faulty HTTP interface of the station. */
  readonly httpFault?: HttpFault;
}

/** The bench of a scenario: the tester's side is gated, the side under test is as it is, or deviates by name. @throws Inconclusive for a name that is none */
export function virtualBench(options: BenchOptions): VirtualBench {
  const { sut, deviation, seed, gateStation, gateCar } = options;
  const station = sut === "secc" && deviation ? stationDeviation(deviation) : undefined;
  const vehicle = sut === "evcc" && deviation ? carDeviation(deviation) : undefined;
  const mutation = deviation === undefined || station || vehicle ? undefined : mutationOf(deviation);
  const known = !deviation || mutation || stationDeviation(deviation) || carDeviation(deviation);
  if (!known) throw new Inconclusive(`nobody is wrong by the name of ${deviation}`);
  return new VirtualBench({
    seed,
    secc: { ...options.secc, ...station?.config },
    evcc: { ...options.evcc, ...vehicle?.config },
    ...(station?.network && { wrapNetwork: station.network }),
    ...(station?.http && { httpFault: station.http }),
    ...(options.needs.includes("@needs-helper") && { helper: station?.serial ?? ((line) => line) }),
    ...(vehicle?.network && { wrapCarNetwork: vehicle.network }),
    ...(mutation && sut === "secc" && { betweenSecc: (ports) => proxied(ports, sut, mutation) }),
    ...(mutation && sut === "evcc" && { betweenEvcc: (ports) => proxied(ports, sut, mutation) }),
    wrapSecc: (it) => (sut === "evcc" ? gateStation(it) : (station?.wrap?.(it) ?? it)),
    wrapEvcc: (it) => (sut === "secc" ? gateCar(it) : (vehicle?.wrap?.(it) ?? it)),
  });
}

const host = (name: string, group: string, index: number) => ({
  name: `${name}${index}`,
  hostMac: `02:00:00:00:${group}:${pair(index)}`,
  mac: `02:B0:52:00:${group}:${pair(index)}`,
});
const stationHost = (index: number) => ({ ...host("secc", "5E", index), role: "evse" }) as const;
const carHost = (index: number) => ({ ...host("evcc", "EE", index), role: "ev" }) as const;
const pair = (index: number): string => index.toString(16).toUpperCase().padStart(2, "0");

/** A driver that waits for answers of a helper is given its turn so often at least, and whenever there is one. */
const slice: Millis = 50;

/** A station, a car and the plant between them in one process and in virtual time. */
export class VirtualBench implements Bench {
  readonly clock = new VirtualClock();
  readonly trace = new Trace(() => this.clock.now());
  readonly plant: Plant & { readonly observed: true };
  readonly powerline: VirtualPowerline;
  readonly serial?: HelperCable;
  secc: StationNode;
  evcc: CarNode;
  /** The car's host on the link, for a connection besides its own. */
  carNetwork: Network | undefined;
  private readonly entropy: SeededEntropy;
  private readonly helped: VirtuallyHelped | undefined;
  /** The station's ends of pilot and power path. */
  private readonly body: { readonly pilot: EvsePilot; readonly power: PowerPath; readonly helper?: Helper };
  private readonly options: VirtualBenchOptions;
  private asking: Promise<Ask> | undefined;
  private stations = 0;
  private cars = 0;

  constructor(options: VirtualBenchOptions) {
    const { clock, trace } = this;
    this.options = options;
    this.entropy = new SeededEntropy(options.seed);
    const { entropy } = this;
    const plant = new Plant({ clock, trace, entropy, ...(options.plant && { config: options.plant }) });
    this.plant = Object.assign(plant, { observed: true } as const);
    clock.process(this.plant);
    this.powerline = new VirtualPowerline({ clock, entropy });
    const helped = options.helper && virtualHelper({ clock, trace, entropy, plant, wrap: options.helper });
    if (helped) this.serial = helped.cable;
    this.helped = helped;
    this.body = helped ?? { pilot: plant.evsePilot, power: plant.powerPath };
    this.secc = this.newStation(options.wrapSecc);
    this.evcc = this.newCar(options.wrapEvcc);
  }

  plug(): void {
    this.trace.record("bench", { type: "stimulus", what: "plug" });
    this.plant.plug();
    this.powerline.setPlugged(true);
  }

  unplug(): void {
    this.trace.record("bench", { type: "stimulus", what: "unplug" });
    this.plant.unplug();
    this.powerline.setPlugged(false);
  }

  /** Another car, with a modem of its own; the old one is gone as if its process had been killed. */
  replaceCar(): void {
    this.evcc.kill();
    this.evcc = this.newCar(undefined);
  }

  /** Lets virtual time pass until `done`, at most `limit`. */
  async run(done: () => boolean, limit: Millis): Promise<boolean> {
    const { clock, helped } = this;
    if (!helped) return clock.runUntil(done, limit);
    const end = clock.now() + limit;
    for (;;) {
      clock.runUntil(() => helped.answered() || done(), Math.min(slice, end - clock.now()));
      await new Promise(setImmediate);
      if (done()) return true;
      if (clock.now() >= end) return false;
    }
  }

  /** Another station, likewise. */
  replaceStation(): void {
    this.secc.kill();
    this.secc = this.newStation(undefined);
  }

  async settled(): Promise<void> {}

  /** The station's HTTP interface is built when it is first asked for. */
  readonly http = async (request: HttpRequest): Promise<HttpAnswer> => {
    const { clock, trace, secc: node, body } = this;
    const { httpFault: fault } = this.options;
    this.asking ??= virtualHttp({ clock, trace, node, ...body, ...(fault && { fault }) });
    const answer = await this.meanwhile((await this.asking)(request));
    recordAnswer(trace, request, answer);
    return answer;
  };

  async close(): Promise<void> {}

  /** An answer that has to be waited for takes its time: that of a helper. */
  private async meanwhile<T>(answer: Promise<T>): Promise<T> {
    let settled = !this.helped;
    const end = (): void => {
      settled = true;
    };
    answer.then(end, end);
    while (!settled) await this.run(() => settled, slice);
    return answer;
  }

  private newStation(wrap: VirtualBenchOptions["wrapSecc"]): StationNode {
    const { clock, trace, entropy, body } = this;
    const modem = this.powerline.modem(stationHost(++this.stations));
    const network = this.options.wrapNetwork?.(modem.network) ?? modem.network;
    const ports = { clock, trace, entropy, pilot: body.pilot, power: body.power, ...modem, network };
    const its = this.options.betweenSecc?.(ports) ?? ports;
    return new StationNode(its, { ...defaultStation, address: modem.network.address, ...this.options.secc }, wrap);
  }

  private newCar(wrap: VirtualBenchOptions["wrapEvcc"]): CarNode {
    const { clock, trace, entropy, plant } = this;
    const modem = this.powerline.modem(carHost(++this.cars));
    this.carNetwork = modem.network;
    const network = this.options.wrapCarNetwork?.(modem.network) ?? modem.network;
    const ports = { clock, trace, entropy, pilot: plant.evPilot, inlet: plant.inlet, ...modem, network };
    const its = this.options.betweenEvcc?.(ports) ?? ports;
    return new CarNode(its, { ...defaultCar, ...this.options.evcc }, wrap);
  }
}
