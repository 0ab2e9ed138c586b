import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Endpoint } from "../../../core/network";
import { type Kinds, ProfileFault, valuesOf } from "../../../requirements";
import type { BenchLine, BenchOptions } from "../bench";
import { Inconclusive, NotApplicable } from "../judgement";
import type { RunParameters, Sut } from "../parameters";
import { type Profile, profileOf } from "../profile";
import { RealBench } from "../real/bench";
import { RemoteHost } from "../real/remote-host";
import { BlindPlant } from "./blind-plant";
import { fixedAddress } from "./fixed-address";
import { give, isStimulus, type Stimulus } from "./stimuli";

/** A side under test that is already there: how it is reached, and what a person can do to it. */
export interface External {
  readonly sut: Sut;
  /** The tester's interface. */
  readonly iface: string;
  /** `slac`: over a power-line modem; `none`: the network is there. */
  readonly link: "slac" | "none";
  /** A station that is not to be asked for by SDP. */
  readonly address?: string;
  readonly port?: number;
  /** By name: `authorise`, `deauthorise`, `stop`, and `plug`, `unplug` where somebody or something has to do that. */
  readonly stimuli?: Readonly<Record<string, Stimulus>>;
}

/** What may be said of a side under test that is already there, besides its stimuli. */
const kinds: Kinds = {
  sut: { kind: "choice", of: ["secc", "evcc"] },
  iface: { kind: "text", most: 15 },
  link: { kind: "choice", of: ["none", "slac"] },
  address: { kind: "text", most: 64 },
  port: { kind: "number", from: 1, to: 65_535, unit: "" },
};

/**
 * The profile's side under test with what the command line says over it.
 * @throws ProfileFault for what nobody knows or cannot be; Inconclusive when it does not say what it has to
 */
export function externalOf(profile: Profile, parameters: RunParameters): External {
  const given = { ...profile.external, ...parameters.external };
  const { stimuli = {}, ...others } = given;
  valuesOf("external", kinds, {}, others);
  const shapeless = Object.entries(stimuli).filter(([, stimulus]) => !isStimulus(stimulus));
  if (shapeless.length > 0)
    throw new ProfileFault(
      "external",
      shapeless.map(([name]) => `external.stimuli.${name} must have a command, an http call or a prompt`),
    );
  const { iface, link = "none", sut = "secc", ...rest } = given;
  if (!iface) throw new Inconclusive("the profile does not say external.iface, the tester's interface");
  if ((rest.address === undefined) !== (rest.port === undefined))
    throw new Inconclusive("external.address and external.port belong together");
  return { sut, iface, link, ...rest };
}

export async function externalBench(options: BenchOptions, parameters: RunParameters): Promise<ExternalBench> {
  if (Object.keys(options[options.sut]).some((name) => name !== "stopAt"))
    throw new NotApplicable("the profile has no way to set up the side under test");
  if (options.deviation !== undefined) throw new NotApplicable("a foreign side under test has no deviations of ours");
  const bench = new ExternalBench(options, externalOf(profileOf(parameters.profile), parameters));
  await bench.open();
  return bench;
}

const agent = join(__dirname, "..", "real", "agent.ts");

/** A foreign side under test on an interface of this machine. */
export class ExternalBench extends RealBench {
  readonly plant: BlindPlant;
  readonly powerline: BenchLine;
  private readonly external: External;
  private hands: RemoteHost | undefined;
  private agent: ReturnType<typeof spawn> | undefined;

  constructor(options: BenchOptions, external: External) {
    super(options);
    this.external = external;
    this.plant = new BlindPlant(this.tester, this.trace, this.clock);
    const noModem = (): never => {
      throw new NotApplicable("this bench does not have the power line in its hands");
    };
    this.powerline = {
      lose: noModem,
      hang: noModem,
      spoil: noModem,
      restart: noModem,
      loseNothing: () => undefined,
      setPlugged: () => undefined,
    };
  }

  async open(): Promise<void> {
    const { iface, link, address, port } = this.external;
    const words = ["-r", "ts-node/register", agent, iface, String(this.clock.origin), link];
    this.agent = spawn(process.execPath, words, {
      cwd: join(__dirname, "..", "..", ".."),
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      serialization: "advanced",
    });
    const host = await RemoteHost.start(this.agent).catch((error: Error) => {
      throw new Inconclusive(`the tester at ${iface}: ${error.message}`);
    });
    this.hands = host;
    host.onReport = (at, deliver) => this.trace.seenAt(at, deliver);
    const fixed: Endpoint | undefined = address === undefined || port === undefined ? undefined : { address, port };
    const network = fixed && this.tester === "evcc" ? fixedAddress(host.network, fixed) : host.network;
    const { evPilot, evsePilot, inlet, powerPath } = this.plant;
    const body = this.tester === "evcc" ? { pilot: evPilot, inlet } : { pilot: evsePilot, power: powerPath };
    this.begin({ network, ...(link === "slac" && { link: host.link }) }, body, {
      address: address ?? "",
      stimulus: (what) => this.act(what),
    });
  }

  plug(): void {
    this.trace.record("bench", { type: "stimulus", what: "plug" });
    if (this.external.stimuli?.plug) this.ask(this.act("plug"));
    this.plant.plug();
  }

  unplug(): void {
    this.trace.record("bench", { type: "stimulus", what: "unplug" });
    if (this.external.stimuli?.unplug) this.ask(this.act("unplug"));
    this.plant.unplug();
  }

  override async close(): Promise<void> {
    await super.close();
    this.plant.close();
    this.hands?.reset();
    this.agent?.disconnect();
  }

  protected override carConfig() {
    return { link: this.external.link };
  }

  protected override stationConfig() {
    return { link: this.external.link };
  }

  private async act(what: string): Promise<void> {
    const stimulus = this.external.stimuli?.[what];
    if (!stimulus) throw new NotApplicable(`the profile has no stimulus for "${what}"`);
    this.trace.record(this.options.sut, { type: "stimulus", what });
    await give(what, stimulus);
  }
}
