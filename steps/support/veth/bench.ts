import type { Millis } from "../../../core/clock";
import type { Network } from "../../../core/network";
import type { Happening } from "../../../core/trace";
import { SystemClock } from "../../../drivers/linux/clock";
import { SystemEntropy } from "../../../drivers/linux/entropy";
import type { TimedPassage } from "../../../drivers/linux/modem-control";
import { PlantCar, type PlantHappening, PlantStation } from "../../../drivers/plant";
import type { PlantOptions } from "../../../drivers/virtual/plant";
import { defaultConfig as defaultCar } from "../../../evcc/config";
import { CarNode } from "../../../evcc/node";
import type { MmeName } from "../../../protocol/homeplug";
import { defaultConfig as defaultStation } from "../../../secc/config";
import { StationNode } from "../../../secc/node";
import type { Bench, BenchLine, BenchOptions, CarHands, StationHands } from "../bench";
import { Inconclusive, NotApplicable } from "../judgement";
import type { RunParameters, Sut } from "../parameters";
import { profileOf } from "../profile";
import { BenchTrace } from "./bench-trace";
import { BlackBox } from "./black-box";
import { frameEvent } from "./frames";
import { carConfig, filled, isConfigurable, type Launch, stationConfig } from "./launch";
import { mirrored } from "./mirror";
import { ProcessPlant } from "./plant";
import type { RemoteHost } from "./remote-host";
import { type Audience, command, Rig, sides } from "./rig";

/** How often it is looked whether something has come about that leaves no event. */
const look: Millis = 10;
/** As good as every frame there will be. */
const all = 1_000_000;
/** From the line by which the side under test says that it is ready to the first plug: its modem has its key by then. */
const settling: Millis = 150;

/** @throws EnvironmentError, Inconclusive when this machine cannot have it or the side under test does not start */
export async function vethBench(options: BenchOptions, { profile }: RunParameters): Promise<VethBench> {
  const { [options.sut]: launch, plant } = profileOf(profile);
  if (!launch) throw new Inconclusive(`profile ${profile} does not say how the side under test is started`);
  if (!isConfigurable(launch) && Object.keys(options[options.sut]).some((name) => name !== "stopAt"))
    throw new NotApplicable(`profile ${profile} has no way to set up the side under test`);
  const bench = new VethBench(await Rig.ofThisWorker(), options);
  await bench.open(launch, plant);
  return bench;
}

/** Real interfaces, real time: the side under test is a process in a namespace of its own, the tester acts through another. */
export class VethBench implements Bench, Audience {
  readonly clock = new SystemClock();
  readonly trace: BenchTrace;
  readonly powerline: BenchLine;
  plant!: ProcessPlant;
  secc!: StationHands;
  evcc!: CarHands;
  carNetwork: Network | undefined;
  private readonly rig: Rig;
  private readonly options: BenchOptions;
  private readonly tester: Sut;
  /** From the rig's time to that of this scenario. */
  private readonly shift: Millis;
  private host!: RemoteHost;
  private box: BlackBox | undefined;
  private body!: PlantCar | PlantStation;
  /** What other processes have not answered yet. */
  private readonly asked = new Set<Promise<unknown>>();
  private broken: string | undefined;
  private changed: () => void = () => undefined;

  constructor(rig: Rig, options: BenchOptions) {
    this.rig = rig;
    this.options = options;
    this.tester = options.sut === "secc" ? "evcc" : "secc";
    this.shift = Number(rig.origin - this.clock.origin) / 1e6;
    this.trace = new BenchTrace(this.clock, (node, happening) => {
      const seen = node === this.tester ? mirrored(happening) : undefined;
      return seen && ([options.sut, seen] as const);
    });
    this.powerline = {
      lose: (name: MmeName, times = 1) => {
        if (times > 0) this.ask(rig.modem.do("lose", { name, times: Math.min(times, all) }));
      },
      hang: (role) => this.ask(rig.modem.do("hang", { role })),
      loseNothing: () => this.ask(rig.modem.do("loseNothing")),
      setPlugged: (plugged: boolean) => this.ask(rig.modem.do("setPlugged", { plugged })),
    };
  }

  async open(launch: Launch, plant?: PlantOptions): Promise<void> {
    const { rig, trace, options, tester, clock } = this;
    await rig.reset(options.seed, plant);
    rig.audience = this;
    trace.onEvent(() => this.changed());
    const path = `${rig.folder}/${tester === "evcc" ? "ev" : "evse"}`;
    const body = tester === "evcc" ? PlantCar.open({ path, clock }) : PlantStation.open({ path, clock });
    const [, host, sample] = await Promise.all([this.start(launch), rig.host(tester), rig.observer.sample(), body]);
    const { pilot, poles: _poles, plugged: _plugged, ...power } = sample;
    for (const standing of [pilot, { type: "power", ...power } as const]) trace.record("plant", standing);
    this.host = host;
    this.body = await body;
    host.onReport = (at, deliver) => this.trace.seenAt(at + this.shift, deliver);
    this.plant = new ProcessPlant({
      observer: rig.observer,
      tester: this.body,
      sample: power,
      ask: (it) => this.ask(it),
    });
    if (tester === "evcc") this.car(options.gateCar);
    else this.station(options.gateStation);
    await this.run(() => false, settling);
  }

  plug(): void {
    this.trace.record("bench", { type: "stimulus", what: "plug" });
    this.ask(this.rig.observer.plug());
    this.powerline.setPlugged(true);
  }

  unplug(): void {
    this.trace.record("bench", { type: "stimulus", what: "unplug" });
    this.plant.unplug();
    this.powerline.setPlugged(false);
  }

  /** @throws Inconclusive when the bench itself has failed */
  run(done: () => boolean, limit: Millis): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const deadline = this.clock.now() + limit;
      const end = (act: () => void): void => {
        clearInterval(poll);
        this.changed = () => undefined;
        act();
      };
      const check = (): void => {
        if (this.broken !== undefined) end(() => reject(new Inconclusive(this.broken ?? "")));
        else if (done()) end(() => resolve(true));
        else if (this.clock.now() >= deadline) end(() => resolve(false));
      };
      const poll = setInterval(check, look);
      this.changed = () => queueMicrotask(check);
      check();
    });
  }

  replaceCar(): void {
    this.car();
  }

  replaceStation(): void {
    this.station();
  }

  private car(gate?: BenchOptions["gateCar"]): void {
    const { clock, trace, options, host, body } = this;
    this.evcc?.kill();
    if (!(body instanceof PlantCar)) throw new Inconclusive("the car is the side under test: it cannot be replaced");
    const ports = { clock, trace, entropy: new SystemEntropy(), pilot: body.pilot, inlet: body.inlet };
    const { link, network } = host;
    this.carNetwork = network;
    this.evcc = new CarNode({ ...ports, link, network }, { ...defaultCar, ...options.evcc }, gate);
    this.secc = stationBox(this.box, sides.secc.address, (it) => this.ask(it));
  }

  private station(gate?: BenchOptions["gateStation"]): void {
    const { clock, trace, options, host, body } = this;
    this.secc?.kill();
    if (!(body instanceof PlantStation))
      throw new Inconclusive("the station is the side under test: it cannot be replaced");
    const ports = { clock, trace, entropy: new SystemEntropy(), pilot: body.pilot, power: body.power };
    const { link, network } = host;
    const config = { ...defaultStation, address: network.address, ...options.secc };
    this.secc = new StationNode({ ...ports, link, network }, config, gate);
    this.evcc = carBox(this.box, (it) => this.ask(it));
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.asked);
  }

  async close(): Promise<void> {
    this.rig.audience = undefined;
    if (this.tester === "evcc") this.evcc?.kill();
    else this.secc?.kill();
    this.host?.reset();
    this.body?.close();
    await this.box?.kill();
  }

  onPassage({ port, dir, t, frame }: TimedPassage): void {
    const { sut } = this.options;
    if (port !== sides[sut].port) return;
    const seen = frameEvent(dir === "in" ? "tx" : "rx", frame);
    if (seen) this.trace.recordAt(t + this.shift, sut, seen);
  }

  onPlant({ t, node: _node, ...happening }: PlantHappening): void {
    if (happening.type === "power") this.plant?.told(happening);
    this.trace.recordAt(t + this.shift, "plant", happening);
  }

  onLost(what: string): void {
    this.broken ??= `${what} has gone`;
  }

  private ask(what: Promise<unknown>): void {
    this.asked.add(what);
    what
      .catch((error: Error) => {
        this.broken ??= error.message;
      })
      .finally(() => this.asked.delete(what));
  }

  private async start(launch: Launch): Promise<void> {
    const { rig, options } = this;
    const { sut, deviation } = options;
    const side = sides[sut];
    const stimuli = `${rig.folder}/stimuli`;
    const [program = "", ...words] = filled(launch, {
      iface: side.interface,
      plant: `${rig.folder}/${sut === "secc" ? "evse" : "ev"}`,
      stimuli,
      node: process.execPath,
      "ccs-hil": command,
      port: String(defaultStation.port),
      config: sut === "secc" ? stationConfig(options.secc) : carConfig(options.evcc),
    });
    const wrong = deviation === undefined ? [] : ["--deviation", deviation];
    const child = rig.namespaces.spawn(side.role, program, [...words, ...wrong], {
      env: { ...process.env, EVSE_LOG_FORMAT: "json", EVSE_LOG_LEVEL: "INFO" },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const name = sut === "secc" ? "station" : "car";
    const tell = (happening: Happening): void => this.trace.record(sut, happening);
    this.box = await BlackBox.start(child, { name, ready: launch.ready, stimuli, tell });
  }
}

const closedBox = (): never => {
  throw new Inconclusive("the side under test is a black box: it does only what it does");
};

type Ask = (what: Promise<unknown>) => void;

/** What a person may do to a station that is a process. */
const stationBox = (box: BlackBox | undefined, address: string, ask: Ask): StationHands => ({
  address,
  stimulus: (what) => ask(box?.stimulus(what) ?? closedBox()),
  connection: closedBox,
  announce: closedBox,
  transmit: closedBox,
  kill: closedBox,
});

const carBox = (box: BlackBox | undefined, ask: Ask): CarHands => ({
  stimulus: (what) => ask(box?.stimulus(what) ?? closedBox()),
  connection: closedBox,
  discover: closedBox,
  transmit: closedBox,
  kill: closedBox,
});
