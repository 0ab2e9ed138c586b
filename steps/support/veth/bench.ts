import type { PlcUtil } from "../../../cli/plc-utils.contract";
import type { Millis } from "../../../core/clock";
import type { HttpAnswer, HttpRequest } from "../../../core/http";
import type { Happening } from "../../../core/trace";
import type { TimedPassage } from "../../../drivers/linux/modem-control";
import { PlantCar, type PlantHappening, PlantStation } from "../../../drivers/plant";
import type { PlantOptions } from "../../../drivers/virtual/plant";
import type { MmeName } from "../../../protocol/homeplug";
import { defaultConfig as defaultStation } from "../../../secc/config";
import type { BenchLine, BenchOptions, ForeignMatch } from "../bench";
import { recordAnswer } from "../http-requests";
import { Inconclusive, NotApplicable } from "../judgement";
import type { RunParameters } from "../parameters";
import { profileOf } from "../profile";
import { RealBench } from "../real/bench";
import type { RemoteHost } from "../real/remote-host";
import type { HelperCable } from "../serial/cable";
import { BlackBox } from "./black-box";
import { frameEvent, PortFrames } from "./frames";
import { cabledHelper, type Helper, type HelperEnds, helperAt, helperProblem } from "./helper";
import { carConfig, filled, type Helped, isConfigurable, type Launch, stationConfig } from "./launch";
import { ProcessPlant } from "./plant";
import { reachable } from "./reachable";
import { type Audience, command, Rig, sides } from "./rig";

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

/** Real interfaces: the side under test is a process in a namespace of its own, the tester acts through another. */
export class VethBench extends RealBench implements Audience {
  readonly powerline: BenchLine;
  readonly captured = new PortFrames();
  plant!: ProcessPlant;
  private readonly rig: Rig;
  /** From the rig's time to that of this scenario. */
  private readonly shift: Millis;
  private hands: RemoteHost | undefined;
  private box: BlackBox | undefined;
  private helper: Helper | undefined;
  private serving: Launch["http"];
  private ends: PlantCar | PlantStation | undefined;

  constructor(rig: Rig, options: BenchOptions) {
    super(options);
    this.rig = rig;
    this.shift = Number(rig.origin - this.clock.origin) / 1e6;
    this.powerline = {
      lose: (name: MmeName, times = 1) => {
        if (times > 0) this.ask(rig.modem.do("lose", { name, times: Math.min(times, all) }));
      },
      hang: (role) => this.ask(rig.modem.do("hang", { role })),
      spoil: (role, fault) => this.ask(rig.modem.do("spoil", { role, fault })),
      restart: (role) => this.ask(rig.modem.do("restart", { port: sides[role === "evse" ? "secc" : "evcc"].port })),
      loseNothing: () => this.ask(rig.modem.do("loseNothing")),
      setPlugged: (plugged: boolean) => this.ask(rig.modem.do("setPlugged", { plugged })),
    };
  }

  /** What was begun is ended where it does not come to a bench: the next one finds the place free. @throws Inconclusive, EnvironmentError */
  async open(launch: Launch, plant?: PlantOptions): Promise<void> {
    try {
      await this.put(launch, plant);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  private async put(launch: Launch, plant?: PlantOptions): Promise<void> {
    const { rig, trace, options, tester, clock } = this;
    await rig.reset(options.seed, plant);
    rig.audience = this;
    const path = `${rig.folder}/${tester === "evcc" ? "ev" : "evse"}`;
    const parts = [
      this.start(launch),
      rig.host(tester),
      rig.observer.sample(),
      tester === "evcc" ? PlantCar.open({ path, clock }) : PlantStation.open({ path, clock }),
    ] as const;
    const [begun, , , bound] = await Promise.allSettled(parts);
    if (begun.status === "fulfilled") this.box = begun.value;
    if (bound.status === "fulfilled") this.ends = bound.value;
    const [box, host, sample, ends] = await Promise.all(parts);
    const { pilot, poles: _poles, plugged: _plugged, ...power } = sample;
    for (const standing of [pilot, { type: "power", ...power } as const]) trace.record("plant", standing);
    this.hands = host;
    host.onReport = (at, deliver) => trace.seenAt(at + this.shift, deliver);
    this.plant = new ProcessPlant({
      observer: rig.observer,
      tester: ends,
      sample: power,
      ask: (it) => this.ask(it),
    });
    const { address } = sides[options.sut];
    this.begin(host, ends, { address, stimulus: (what) => box.stimulus(what) });
    await this.run(() => false, settling);
  }

  /** Of the side under test. */
  get pid(): number | undefined {
    return this.box?.pid;
  }

  /** From the call of its command to the line by which it says that it is ready. */
  get startedAfter(): Millis {
    return this.box?.startedAfter ?? Number.NaN;
  }

  readonly foreignMatch = (program: PlcUtil): ForeignMatch => this.rig.foreignMatch(program);

  plug(): void {
    this.trace.record("bench", { type: "stimulus", what: "plug" });
    this.ask(this.rig.observer.plug());
    this.powerline.setPlugged(true);
  }

  /** Asked from within the station's own namespace: nobody else may reach it. */
  readonly http = async (request: HttpRequest): Promise<HttpAnswer> => {
    const port = this.serving?.port;
    if (port === undefined) throw new Inconclusive("the station was started without an HTTP interface");
    const answer = await this.rig.client().ask(request, port);
    recordAnswer(this.trace, request, answer);
    return answer;
  };

  readonly listening = (): readonly string[] => (this.pid === undefined ? [] : reachable(this.pid));

  unplug(): void {
    this.trace.record("bench", { type: "stimulus", what: "unplug" });
    this.plant.unplug();
    this.powerline.setPlugged(false);
  }

  override async close(): Promise<void> {
    // Once it answers, it has told all that has passed until now.
    await this.rig.modem.do("loseNothing").catch(() => undefined);
    this.rig.audience = undefined;
    await super.close();
    this.hands?.reset();
    this.ends?.close();
    await this.box?.kill();
    await this.helper?.end();
  }

  onPassage({ port, dir, t, frame }: TimedPassage): void {
    const { sut } = this.options;
    const at = t + this.shift;
    // What is left of the scenario before.
    if (at < 0) return;
    const node = port === sides.secc.port ? "secc" : "evcc";
    this.captured.take({ node, dir, t: at, frame });
    const seen = node === sut ? frameEvent(dir === "in" ? "tx" : "rx", frame) : undefined;
    if (seen) this.trace.recordAt(at, sut, seen);
  }

  onPlant({ t, node: _node, ...happening }: PlantHappening): void {
    if (happening.type === "power") this.plant?.told(happening);
    this.trace.recordAt(t + this.shift, "plant", happening);
  }

  onLost(what: string): void {
    this.broken ??= `${what} has gone`;
  }

  /** The serial line between the station and its pilot helper, where a scenario is to have it in its hands. */
  get serial(): HelperCable | undefined {
    return this.helper?.cable;
  }

  private async start(launch: Launch): Promise<BlackBox> {
    const { rig, options } = this;
    const { sut, deviation, needs } = options;
    const side = sides[sut];
    const stimuli = `${rig.folder}/stimuli`;
    const plant = `${rig.folder}/${sut === "secc" ? "evse" : "ev"}`;
    const serial = `${rig.folder}/serial`;
    this.serving = needs.includes("@needs-http") ? launch.http : undefined;
    const helped = await this.help(launch, { plant, serial });
    const all = [...launch.command, ...(helped?.command ?? []), ...(this.serving?.command ?? [])];
    const places = {
      iface: side.interface,
      plant,
      serial,
      stimuli,
      node: process.execPath,
      "ccs-hil": command,
      port: String(defaultStation.port),
      config: sut === "secc" ? stationConfig(options.secc) : carConfig(options.evcc),
      tokens: rig.tokens,
    };
    const [program = "", ...words] = filled(all, places);
    const { environment = {} } = helped ?? {};
    const variables = Object.entries(environment).map(([name, word]) => [name, filled([word], places)[0]]);
    const wrong = deviation === undefined ? [] : ["--deviation", deviation];
    const child = rig.namespaces.spawn(side.role, program, [...words, ...wrong], {
      env: { ...process.env, ...Object.fromEntries(variables), EVSE_LOG_FORMAT: "json", EVSE_LOG_LEVEL: "INFO" },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const name = sut === "secc" ? "station" : "car";
    const tell = (happening: Happening): void => this.trace.record(sut, happening);
    return BlackBox.start(child, { name, ready: (this.serving ?? launch).ready, stimuli, tell });
  }

  /** Puts a helper before the station; where a scenario asks for one its line is in the tester's hands. */
  private async help({ helper }: Launch, ends: HelperEnds): Promise<Helped | undefined> {
    const asked = this.options.needs.includes("@needs-helper");
    if (!helper || helperProblem !== undefined || !(asked || helper.always)) return undefined;
    this.helper = await (asked
      ? cabledHelper(this.clock, ends)
      : helperAt(ends, () => this.onLost("the pilot helper")));
    return helper;
  }
}
