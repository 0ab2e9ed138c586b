import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Millis } from "../../../core/clock";
import type { Happening } from "../../../core/trace";
import { readInterface } from "../../../drivers/linux/interfaces";
import { PlantCar, type PlantHappening } from "../../../drivers/plant";
import type { PlantOptions } from "../../../drivers/virtual/plant";
import { defaultConfig } from "../../../secc/config";
import type { BenchLine, BenchOptions } from "../bench";
import { BlindPlant } from "../external/blind-plant";
import { give, type Stimulus } from "../external/stimuli";
import { Inconclusive, NotApplicable } from "../judgement";
import type { RunParameters } from "../parameters";
import { profileOf } from "../profile";
import { type Body, RealBench } from "../real/bench";
import { BlackBox } from "../veth/black-box";
import { frameEvent, PortFrames } from "../veth/frames";
import { filled, isConfigurable, type Launch, stationConfig } from "../veth/launch";
import { ProcessPlant } from "../veth/plant";
import { command } from "../veth/rig";
import { placeOf } from "./place";
import { Stand, type StandAudience } from "./stand";

/** From the line by which the station says that it is ready to the first plug: its modem has its key by then. */
const settling: Millis = 500;

/** @throws EnvironmentError, Inconclusive, NotApplicable */
export async function qca7000Bench(options: BenchOptions, parameters: RunParameters): Promise<Qca7000Bench> {
  const profile = profileOf(parameters.profile);
  const { secc: launch, plant, plugging } = profile;
  if (!launch) throw new Inconclusive(`profile ${parameters.profile} does not say how the station is started`);
  if (!isConfigurable(launch) && Object.keys(options.secc).length > 0)
    throw new NotApplicable(`profile ${parameters.profile} has no way to set up the station`);
  const bench = new Qca7000Bench(await Stand.at(placeOf(profile, parameters)), options, plugging ?? {});
  await bench.open(launch, plant);
  return bench;
}

/** A station behind a QCA7000: its process, its modem and the tester's are on this machine, and nothing of the line is in the bench's hands. */
export class Qca7000Bench extends RealBench implements StandAudience {
  readonly powerline: BenchLine;
  readonly captured = new PortFrames();
  plant!: ProcessPlant | BlindPlant;
  private readonly stand: Stand;
  private readonly plugging: Readonly<Record<string, Stimulus>>;
  /** From the stand's time to that of this scenario. */
  private readonly shift: Millis;
  private box: BlackBox | undefined;
  private ends: PlantCar | undefined;

  constructor(stand: Stand, options: BenchOptions, plugging: Readonly<Record<string, Stimulus>>) {
    super(options);
    this.stand = stand;
    this.plugging = plugging;
    this.shift = Number(stand.origin - this.clock.origin) / 1e6;
    const beyond = (): never => {
      throw new NotApplicable("this bench does not have the power line in its hands");
    };
    this.powerline = {
      ...{ lose: beyond, hang: beyond, spoil: beyond },
      restart: (role) => (role === "evse" ? stand.restartModem() : beyond()),
      loseNothing: () => undefined,
      setPlugged: () => undefined,
    };
  }

  async open(launch: Launch, plant?: PlantOptions): Promise<void> {
    const { stand, trace } = this;
    const { observer, host } = stand;
    stand.audience = this;
    await observer?.reset(plant, this.options.seed);
    const box = await this.start(launch);
    this.box = box;
    host.onReport = (at, deliver) => trace.seenAt(at + this.shift, deliver);
    const address = readInterface(stand.place.iface)?.linkLocal?.address ?? "";
    this.begin(host, await this.testerBody(), { address, stimulus: (what) => box.stimulus(what) });
    await this.run(() => false, settling);
  }

  plug(): void {
    this.act("plug");
    if (this.plant instanceof BlindPlant) this.plant.plug();
    else if (this.stand.observer) this.ask(this.stand.observer.plug());
  }

  unplug(): void {
    this.act("unplug");
    this.plant.unplug();
  }

  override async close(): Promise<void> {
    this.stand.audience = undefined;
    await super.close();
    this.stand.host.reset();
    this.ends?.close();
    if (this.plant instanceof BlindPlant) this.plant.close();
    await this.box?.kill();
  }

  onFrame(dir: "tx" | "rx", at: bigint, frame: Uint8Array): void {
    const t = Number(at - this.clock.origin) / 1e6;
    if (t < 0) return;
    this.captured.take({ node: "secc", dir: dir === "tx" ? "in" : "out", t, frame });
    const seen = frameEvent(dir, frame);
    if (seen) this.trace.recordAt(t, "secc", seen);
  }

  onPlant({ t, node: _node, ...happening }: PlantHappening): void {
    if (happening.type === "power" && this.plant instanceof ProcessPlant) this.plant.told(happening);
    this.trace.recordAt(t + this.shift, "plant", happening);
  }

  onLost(what: string): void {
    this.broken ??= `${what} has gone`;
  }

  /** Pilot and power path of the tester: the plant's, or a simulated one of its own while the station's are wired. */
  private async testerBody(): Promise<Body> {
    const { stand, trace, clock, tester } = this;
    const { observer } = stand;
    if (!observer) {
      const plant = new BlindPlant(tester, trace, clock);
      this.plant = plant;
      return { pilot: plant.evPilot, inlet: plant.inlet };
    }
    const ends = await PlantCar.open({ path: join(stand.place.plant, "ev"), clock });
    this.ends = ends;
    const { pilot, poles: _poles, plugged: _plugged, ...sample } = await observer.sample();
    for (const standing of [pilot, { type: "power", ...sample } as const]) trace.record("plant", standing);
    this.plant = new ProcessPlant({ observer, tester: ends, sample, ask: (it) => this.ask(it) });
    return ends;
  }

  /** What moves the real plug where one is wired: a person who is asked, or whatever the profile names. */
  private act(what: "plug" | "unplug"): void {
    this.trace.record("bench", { type: "stimulus", what });
    const how = this.plugging[what];
    if (!this.stand.observer && how) this.ask(give(what, how));
  }

  private start(launch: Launch): Promise<BlackBox> {
    const { stand, options } = this;
    const { place, folder, observer } = stand;
    if (!observer && !existsSync(place.helper))
      throw new Inconclusive(`neither does a plant run at ${place.plant} nor is a pilot helper at ${place.helper}`);
    const stimuli = join(folder, "stimuli");
    const pilot = observer ? ["--plant", join(place.plant, "evse")] : ["--controller", "hal"];
    const words = launch.command.flatMap((word) => (word === "{pilot}" ? pilot : [word]));
    const [program = "", ...rest] = filled(words, {
      ...{ iface: place.iface, plant: join(place.plant, "evse"), stimuli, "ccs-hil": command },
      ...{ node: process.execPath, port: String(defaultConfig.port), config: stationConfig(options.secc), tokens: "" },
    });
    const helper = { EVSE_HAL_ADAPTER: "esp-uart", ESP_CP_PORT: place.helper };
    const wrong = options.deviation === undefined ? [] : ["--deviation", options.deviation];
    const child = spawn(program, [...rest, ...wrong], {
      env: { ...helper, ...process.env, EVSE_LOG_FORMAT: "json", EVSE_LOG_LEVEL: "INFO" },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const tell = (happening: Happening): void => this.trace.record("secc", happening);
    return BlackBox.start(child, { name: "station", ready: launch.ready, stimuli, tell });
  }
}
